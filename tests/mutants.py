"""Mistakes put into a module or package, one at a time, and whether these tests see each: ``script/mutants``, by hand.

mutmut says what a mistake may be. Its own runner starts pytest, Django and a database for each, which takes a hundred
times what the tests of one line do. So here the tests run once, to see which of them go through which line; then a copy
of this process per mistake runs those alone, the quickest first, on its own copy of a database in memory.
"""

import gc
import os
import re
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol
from libcst import FunctionDef, SimpleString
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper
from mutmut.mutation.file_mutation import Mutation, create_mutations

TOOL, LINE = sys.monitoring.PROFILER_ID, sys.monitoring.events.LINE
# A mistake may make a loop endless.
AT_MOST_SECONDS = 120
# What may become of a mistake.
SEEN, LEFT, UNREACHED, ALIEN = "seen", "seen by no test", "reached by no test", "cannot be put in"
ALIEN_STATUS = 3
PANGO_WITH_A_THREAD = 15_600
# Words for people are compared by the tests of their pages.
WORDS = re.compile("[А-яЁё]")


@dataclass(frozen=True)
class Mutant:
    """``was`` and ``is_`` are what stands in ``code`` from the first of ``lines`` on, before and after."""

    lines: range
    was: str
    is_: str
    code: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--mutate", required=True, action="append", type=Path, help="the module or the package: reports/permissions.py"
    )
    parser.addoption("--at-most", default=150, type=int, help="so many mistakes, spread evenly over all there are")
    parser.addoption("--of-lines", default="1-9999", help="mistakes in these alone: 120-140")


def pytest_configure() -> None:
    from django.conf import settings

    settings.DATABASES["default"]["TEST"]["NAME"] = ":memory:"


# -- Mistakes ---------------------------------------------------------------------------------------


def mutants(path: Path) -> list[Mutant]:
    """Of what functions do, in the order of the file; neither tables outside them nor values that arguments have."""
    source = path.read_bytes()
    module, mutations, *_ = create_mutations(str(path), source.decode())
    spans = MetadataWrapper(module, unsafe_skip_copy=True).resolve(ByteSpanPositionProvider)
    now = _by_name(compile(source, "mutant", "exec"))
    made: dict[str, Mutant] = {}
    for mutation in _meant(mutations):
        first = spans[mutation.original_node].start
        last = first + spans[mutation.original_node].length
        code = (source[:first] + module.code_for_node(mutation.mutated_node).encode() + source[last:]).decode()
        if _compiles(code) and _by_name(compile(code, "mutant", "exec")) != now:
            lines = range(source.count(b"\n", 0, first) + 1, source.count(b"\n", 0, last) + 2)
            made[code] = Mutant(lines, *_told(source.decode(), code, lines), code)
    return sorted(made.values(), key=lambda mutant: mutant.lines.start)


def _meant(mutations: list[Mutation]) -> Iterator[Mutation]:
    """One mistake per text of the code, none in words for people."""
    texts: set[int] = set()
    for mutation in mutations:
        node = mutation.original_node
        if not isinstance(mutation.contained_by_top_level_function, FunctionDef):
            continue
        if isinstance(node, SimpleString):
            if id(node) in texts or WORDS.search(node.value):
                continue
            texts.add(id(node))
        yield mutation


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _told(source: str, code: str, lines: range) -> tuple[str, str]:
    """The lines before and after."""
    more = code.count("\n") - source.count("\n")
    was, is_ = (text.splitlines()[lines.start - 1 : lines.stop - 1 + off] for text, off in ((source, 0), (code, more)))
    return "\n".join(was), "\n".join(is_)


def modules(config: pytest.Config) -> list[Path]:
    """Those that are named, and all of the packages that are."""
    named: list[Path] = config.getoption("--mutate")
    return [module for path in named for module in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


def chosen(config: pytest.Config) -> list[tuple[Path, Mutant]]:
    first, last = map(int, config.getoption("--of-lines").split("-"))
    found = ((path, mutant) for path in modules(config) for mutant in mutants(path))
    all_ = [(path, mutant) for path, mutant in found if first <= mutant.lines.start <= last]
    most = min(len(all_), config.getoption("--at-most"))
    print(f"\n{len(all_)} mistakes, {most} of them tried", flush=True)
    return [all_[at * len(all_) // most] for at in range(most)]


# -- In their place ---------------------------------------------------------------------------------


def functions(path: str) -> list[FunctionType]:
    """Of the module at this path, whoever has got hold of them."""
    return [thing for thing in gc.get_objects() if type(thing) is FunctionType and thing.__code__.co_filename == path]


def put_in(path: str, mutant: Mutant) -> None:
    now = _by_name(compile(Path(path).read_text("utf-8"), path, "exec"))
    then = _by_name(compile(mutant.code, path, "exec"))
    for function in functions(path):
        old = function.__code__
        at = [code.co_firstlineno for code in now[old.co_qualname]].index(old.co_firstlineno)
        function.__code__ = then[old.co_qualname][at]


def _by_name(code: CodeType) -> dict[str, list[CodeType]]:
    """All code within, in the order of the file, under its qualified name."""
    found = defaultdict(list)
    for part in code.co_consts:
        if isinstance(part, CodeType):
            found[part.co_qualname].append(part)
            for name, parts in _by_name(part).items():
                found[name] += parts
    return found


# -- Tests ------------------------------------------------------------------------------------------


class Watched:
    """The tests by the lines of these modules that they go through, the quickest first. A red test ends the whole."""

    def __init__(self, session: pytest.Session, paths: set[str]) -> None:
        self.seen: dict[pytest.Item, set[tuple[str, int]]] = {}
        took: dict[pytest.Item, float] = {}
        sys.monitoring.use_tool_id(TOOL, "mutants")
        sys.monitoring.register_callback(TOOL, LINE, self._line)
        for path in paths:
            for function in functions(path):
                sys.monitoring.set_local_events(TOOL, function.__code__, LINE)
        for item in session.items:
            self.now = self.seen[item] = set()
            sys.monitoring.restart_events()
            began = time.monotonic()
            if not passes(item):
                pytest.exit(f"{item.nodeid} fails without any mistake.", returncode=2)
            took[item] = time.monotonic() - began
        sys.monitoring.free_tool_id(TOOL)
        self.quick = sorted(session.items, key=took.__getitem__)
        print(f"{len(took)} tests, {sum(took.values()):.0f} s", flush=True)

    def _line(self, code: CodeType, number: int) -> object:
        self.now.add((code.co_filename, number))
        return sys.monitoring.DISABLE

    def through(self, mutant: Mutant, path: str) -> list[pytest.Item]:
        lines = {(path, number) for number in mutant.lines}
        return [item for item in self.quick if not self.seen[item].isdisjoint(lines)]


def passes(item: pytest.Item) -> bool:
    """As if something of the session were to come, so that what is made once for all tests stays."""
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=item.session))


def verdict(mutant: Mutant, path: str, tests: list[pytest.Item]) -> str:
    """What became of the mistake in a copy of this process: SEEN, LEFT, or ALIEN where it could not be put in."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(AT_MOST_SECONDS)
        _try(mutant, path, tests)
    return {0: LEFT, ALIEN_STATUS << 8: ALIEN}.get(os.waitpid(child, 0)[1], SEEN)


def _try(mutant: Mutant, path: str, tests: list[pytest.Item]) -> None:
    status = ALIEN_STATUS
    try:
        put_in(path, mutant)
        draw_anew()
        status = 1
        status = int(not all(passes(item) for item in tests))
    finally:
        os._exit(status)


def draw_anew() -> None:
    """The copy has a press of its own; from Pango 1.56 on it would wait for a thread that only its parent has."""
    rendering = sys.modules.get("reports.typesetting.rendering")
    if rendering is not None and _pango() < PANGO_WITH_A_THREAD:
        rendering._made_press.cache_clear()


def _pango() -> int:
    from weasyprint.text.ffi import pango

    return int(pango.pango_version())


def pytest_runtestloop(session: pytest.Session) -> bool:
    paths = {path: str(path.resolve()) for path in modules(session.config)}
    watched = Watched(session, set(paths.values()))
    verdicts: Counter[str] = Counter()
    for path, mutant in chosen(session.config):
        tests = watched.through(mutant, paths[path])
        verdicts[what := verdict(mutant, paths[path], tests) if tests else UNREACHED] += 1
        print(".", end="", flush=True)
        if what != SEEN:
            print(
                f"\n{path}:{mutant.lines.start}: {what}, {len(tests)} tests\n- {mutant.was}\n+ {mutant.is_}", flush=True
            )
    print("\n" + ", ".join(f"{number} {what}" for what, number in verdicts.items()), flush=True)
    return True
