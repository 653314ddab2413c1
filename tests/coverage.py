"""Which branches of verbs and machines the tests go: ``script/test -p tests.coverage``, as ``.ci/run`` does.

SlipCover counts by ``sys.monitoring``, where a line is told of once and costs nothing from then on; what it costs is
three seconds of each process, which compiles these modules itself. A branch is a way out of ``if``, ``for``, ``while``
or ``match``. What only workers and web servers go through, processes of their own, is not counted; nor is a function
whose name speaks of PostgreSQL, since the count is taken on SQLite.
"""

import ast
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from slipcover.importer import SlipcoverMetaPathFinder
from slipcover.slipcover import Slipcover, merge_coverage

# Of all branches, in percent.
REQUIRED = 95
ROOT = Path(__file__).parents[1]
# Verbs and machines are what is no page, no form, no table and no door for Django or Celery.
APPS = ("centers", "events", "olympiad", "projects", "reports")
CELLAR = "rcro_portal/lib"
OTHERS = (
    "*/migrations/*",
    "*/models/*",
    "*/views/*",
    "*/views.py",
    "*/forms.py",
    "*_forms.py",
    "*/urls.py",
    "*/admin.py",
    "*/apps.py",
    "*/adapters.py",
    "*/tasks.py",
)
# Of the process that started the others; what each of them counted lies there.
FOLDER = "RCRO_COVERAGE_DIR"
WORKER = "PYTEST_XDIST_WORKER"


def is_counted(path: str) -> bool:
    """Whether the file at this path of the repository has verbs or a machine."""
    if not path.endswith(".py"):
        return False
    return path.startswith(CELLAR) or (path.split("/")[0] in APPS and not any(fnmatch(path, other) for other in OTHERS))


class Ours:
    """SlipCover asks it of each module before it is loaded."""

    def matches(self, filename: str) -> bool:
        path = Path(filename)
        return path.is_relative_to(ROOT) and is_counted(path.relative_to(ROOT).as_posix())


def begin() -> Slipcover:
    """Counts in this process whatever is loaded from here on."""
    os.environ.setdefault(FOLDER, tempfile.mkdtemp(prefix="rcro-coverage-"))
    counting = Slipcover(branch=True)
    sys.meta_path.insert(0, SlipcoverMetaPathFinder(counting, Ours()))
    return counting


COUNTING = begin()


def merged() -> dict[str, dict]:
    """Of each counted file what any process went through; one that nobody loaded went nowhere."""
    COUNTING.source = [str(ROOT / folder) for folder in (*APPS, CELLAR)]
    whole = COUNTING.get_coverage()
    for part in Path(os.environ[FOLDER]).iterdir():
        merge_coverage(whole, json.loads(part.read_text("utf-8")))
    return {path: _on_sqlite(path, found) for path, found in sorted(whole["files"].items()) if is_counted(path)}


def _on_sqlite(path: str, found: dict) -> dict:
    """Without the functions that PostgreSQL alone goes through."""
    source = (ROOT / path).read_text("utf-8")
    if "postgresql" not in source:
        return found
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]
    others = [range(one.lineno, one.end_lineno or 0) for one in functions if "postgresql" in one.name]
    kinds = ("executed_branches", "missing_branches")
    return {kind: [way for way in found[kind] if not any(way[0] in lines for lines in others)] for kind in kinds}


def package(path: str) -> str:
    """Rooms of ``reports`` and machines of the cellar by themselves, the other apps whole."""
    return "/".join(path.split("/")[:-1][: 3 if path.startswith(CELLAR) else 2])


class Tally:
    """Branches that were gone, and all there are, per package and in all."""

    def __init__(self, files: dict[str, dict]) -> None:
        self.files = files
        self.gone: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        for path, found in files.items():
            gone, missing = len(found["executed_branches"]), len(found["missing_branches"])
            for name in (package(path), ""):
                self.gone[name] += gone
                self.all[name] += gone + missing

    def percent(self, name: str = "") -> float:
        return 100 * self.gone[name] / (self.all[name] or 1)

    def lines(self) -> Iterator[str]:
        for name in (*sorted(filter(self.all.get, self.all.keys() - {""})), ""):
            yield f"{self.percent(name):6.1f} %  {self.gone[name]:5} of {self.all[name]:5}  {name or 'in all'}"

    def missing(self) -> Iterator[str]:
        """Lines from which, and to which, nobody went; 0 is the end of the function."""
        for path, found in self.files.items():
            if found["missing_branches"]:
                yield f"{path}: " + " ".join(f"{start}-{end}" for start, end in found["missing_branches"])


TALLY = pytest.StashKey[Tally]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each process leaves what it counted; the one that started them fails a whole run that goes too few branches."""
    if WORKER in os.environ:
        part = Path(os.environ[FOLDER]) / f"{os.environ[WORKER]}.json"
        part.write_text(json.dumps(COUNTING.get_coverage()), "utf-8")
        return
    tally = session.config.stash[TALLY] = Tally(merged())
    shutil.rmtree(os.environ[FOLDER])
    whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS and not session.config.option.keyword
    if whole and session.exitstatus == pytest.ExitCode.OK and tally.percent() < REQUIRED:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    tally = config.stash[TALLY]
    terminalreporter.section(f"branches of verbs and machines, {REQUIRED} % wanted")
    for line in (*tally.lines(), *(tally.missing() if config.option.verbose > 0 else ())):
        terminalreporter.write_line(line)
