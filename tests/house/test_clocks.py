"""No test knows the hour, day or year of the machine: the portal's clock in tests is ``tests.clock``."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import name, python_files, syntax

# The last two parts of a call that reads a clock; with an argument ``localdate`` and ``localtime`` read none.
CLOCKS = {
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
    "clock.machine",
}
CONVERTERS = {"timezone.localdate", "timezone.localtime", "time.localtime", "time.gmtime"}
# In these folders the portal's clock goes with the machine's.
REAL = ("tests/browser/", "tests/faults/")  # real web servers, workers, and files as old as the machine says
REASONS = {
    "tests/clock.py": "It is the door to the machine's clock.",
    "tests/conftest.py": "Keys for tests that live by the machine's clock.",
    "tests/gost_authority.py": "OpenSSL puts the machine's moment into a signature.",
    "tests/house/test_or_end.py": "find judges a file's age by the machine's moment.",
    "tests/imap.py": "TLS judges the server's certificate by the machine's moment.",
    "tests/reports/signing/test_gost.py": "OpenSSL puts the machine's moment into a signature.",
    "tests/reports/letters/test_outside_pages.py": "OpenSSL puts the machine's moment into a signature.",
    "tests/reports/letters/test_second_person.py": "OpenSSL puts the machine's moment into a signature.",
    "tests/smtp.py": "TLS judges the server's certificate by the machine's moment.",
    "tests/reports/letters/test_outside_signatures.py": "OpenSSL puts the machine's moment into a signature.",
}


def test_tests_read_no_clock_of_the_machine() -> None:
    """Ask ``tests.clock.now`` or ``today``, name a moment, or give a reason above."""
    read = {name(path): words for path in _tests() if (words := sorted(_read(syntax(path))))}
    assert {file: words for file, words in read.items() if file not in REASONS} == {}
    assert {file for file in REASONS if file not in read} == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("timezone.now()", ["timezone.now in line 1"]),
        ("x = [timezone.now]", ["timezone.now in line 1"]),
        ("timezone.localdate()", ["timezone.localdate in line 1"]),
        ("timezone.localdate(at)", []),
        ("django.utils.timezone.localtime()", ["timezone.localtime in line 1"]),
        ("dt.datetime.now(dt.UTC)", ["datetime.now in line 1"]),
        ("\ndate.today()", ["date.today in line 2"]),
        ("time.time()", ["time.time in line 1"]),
        ("time.monotonic()", []),
        ("from time import time", ["time.time in line 1"]),
        ("from django.utils.timezone import now as clock", ["timezone.now in line 1"]),
        ("clock.now()", []),
    ],
)
def test_what_reads_a_clock(source: str, found: list[str]) -> None:
    assert sorted(_read(ast.parse(source))) == found


def _tests() -> Iterator[Path]:
    ours = (path for path in python_files(tests=True) if name(path).startswith("tests/"))
    return (path for path in ours if not name(path).startswith(REAL))


def _read(tree: ast.Module) -> Iterator[str]:
    given = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and (node.args or node.keywords)}
    for node in ast.walk(tree):
        for called in _names(node):
            if called in CLOCKS and not (called in CONVERTERS and id(node) in given):
                yield f"{called} in line {node.lineno}"


def _names(node: ast.AST) -> list[str]:
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
            return [f"{owner}.{node.attr}"]
        case ast.ImportFrom(module=str(module)):
            return [f"{module.rpartition('.')[2]}.{one.name}" for one in node.names]
    return []
