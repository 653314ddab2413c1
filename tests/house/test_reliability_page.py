"""docs/reliability.md names only tests, modules and pages that exist."""

import re
from collections.abc import Iterator

from tests.house.tree import ROOT, functions

PAGE = ROOT / "docs/reliability.md"
TEXT = PAGE.read_text(encoding="utf-8")
NAMED = re.compile(r"\b(tests/[\w/]+\.py)::(\w+)")
FILE = re.compile(r"`(\w[\w./-]*/[\w.-]+\.\w+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]+))?\)")
LIMITED = ("holds within limits: ", "does not hold: ")


def rows(begin: str) -> Iterator[list[str]]:
    """Cells of the rows of the tables whose head begins so."""
    for table in re.findall(rf"^\| {begin}.*\n\|[-|]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE):
        yield from ([cell.strip() for cell in row.strip("|").split(" | ")] for row in table.splitlines())


def anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_test_that_is_named_exists() -> None:
    named = set(NAMED.findall(TEXT))
    there = {(file, one.name) for file, _ in named if (ROOT / file).is_file() for one in functions(ROOT / file)}
    assert len(named) > 100
    assert named - there == set()


def test_every_file_that_is_named_exists() -> None:
    assert [file for file in FILE.findall(TEXT) if not (ROOT / file).is_file()] == []


def test_every_link_leads_somewhere() -> None:
    for file, anchor in LINK.findall(TEXT):
        path = PAGE.parent / file
        assert path.is_file(), file
        assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), (file, anchor)


def test_every_fault_has_a_test_and_a_verdict() -> None:
    faults = list(rows("fault"))
    assert len(faults) > 40
    for fault, _, tests, verdict in faults:
        assert NAMED.search(tests), fault
        assert verdict == "holds" or verdict.startswith(LIMITED), fault


def test_no_requirement_is_judged_twice() -> None:
    judged = [one for numbers, _, _ in rows("requirements") for one in numbers.split(", ")]
    assert len(judged) > 200
    assert [one for one in set(judged) - {"all"} if judged.count(one) > 1] == []
    assert {verdict for _, verdict, _ in rows("requirements")} <= {"met", "not met", "not applicable"}
