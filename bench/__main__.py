"""Takes all figures, each a line ``name value limit`` or all as ``--json``. Status 1 unless every limit is kept."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from bench.figures import FIGURES, FIRST_VISITS, Figure
from bench.place import NotMeasured, place, run

SECONDS_TO_MEASURE = 600


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one list of objects with name, value, limit, ok")
    parser.add_argument("--browser", action="store_true", help="first visits by a slow line on a slow processor")
    asked = parser.parse_args()
    as_json, results = asked.json, []
    for result in _results(FIRST_VISITS if asked.browser else FIGURES):
        results.append(result)
        if not as_json:
            print(_line(result), flush=True)
    if as_json:
        print(json.dumps([{key: one[key] for key in ("name", "value", "limit", "ok")} for one in results], indent=2))
    return 0 if all(result["ok"] for result in results) else 1


def _results(figures: list[Figure]) -> Iterator[dict[str, Any]]:
    """Modules that measure in the same kind of database share one place, which is filled once."""
    for database in dict.fromkeys(figure.database for figure in figures):
        wanted = [figure for figure in figures if figure.database == database]
        yield from (_result(figure, value) for figure, value in _values(database, wanted))


def _values(database: str, wanted: list[Figure]) -> Iterator[tuple[Figure, float | None]]:
    try:
        with place(database) as environment:
            for module in dict.fromkeys(figure.measure for figure in wanted):
                taken = _taken(module, environment)
                yield from ((figure, taken.get(figure.name)) for figure in wanted if figure.measure == module)
    except NotMeasured as error:
        print(error, file=sys.stderr)
        yield from ((figure, None) for figure in wanted)


def _taken(module: str, environment: dict[str, str]) -> dict[str, float]:
    """What the module measured; nothing where it failed, and why on stderr."""
    try:
        return json.loads(run([sys.executable, "-m", module], environment, SECONDS_TO_MEASURE))
    except (NotMeasured, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return {}


def _result(figure: Figure, value: float | None) -> dict[str, Any]:
    return {
        "name": figure.name,
        "value": value,
        "limit": figure.limit,
        "ok": figure.accepts(value),
        "sign": figure.sign,
    }


def _line(result: dict[str, Any]) -> str:
    value = "not-measured" if result["value"] is None else f"{result['value']:.4g}"
    return f"{result['name']} {value} {result['sign']}{result['limit']:g}"


if __name__ == "__main__":
    sys.exit(main())
