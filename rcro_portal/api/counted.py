"""Figures of the registry for systems: those over a year, a period or a day; of a single event or request none."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from reports import figures

OVER = ("year", "period", "day")
# What the registry narrows by besides and a system can name.
NARROWED = ("municipality",)
OPEN = {code: known for code, known in figures.QUERIES.items() if known.over in OVER}


def known() -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "title": one.title,
            "describes": one.describes,
            "parameters": list(figures.PARAMETERS[one.over]),
            "narrowed": [name for name in NARROWED if name in one.narrowed],
        }
        for code, one in OPEN.items()
    ]


def faults(code: str, params: QueryDict) -> list[dict[str, str]]:
    one = OPEN[code]
    wanted = figures.PARAMETERS[one.over]
    may = {*wanted, *(name for name in NARROWED if name in one.narrowed)}
    words = {name: f"Этот показатель считается по: {', '.join(sorted(may))}." for name in params if name not in may}
    words |= {name: "Без этого параметра показатель не считается." for name in wanted if not params.get(name)}
    words |= {name: "Этот параметр указывают один раз." for name, values in params.lists() if len(values) > 1}
    return [{"parameter": name, "words": said} for name, said in words.items()]


def now(code: str, params: Mapping[str, str]) -> dict[str, Any]:
    """Raises UnknownFigure where a value makes no sense."""
    value = figures.count(code, params).value
    one = OPEN[code]
    return {
        "code": code,
        "over": figures.over_words(code, params),
        "value": value / 100 if one.hundredths else value,
        "words": figures.words(code, value, "nominative"),
    }
