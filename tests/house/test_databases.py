"""Tests that are not run on PostgreSQL where time is short are named, exist, and race with nobody."""

from tests.databases import SAME_CASES, SAME_ON_BOTH
from tests.house.tree import ROOT

CAN_DIFFER = ("transaction=True", "connection.vendor", "IntegrityError", "threading", "nulls_", "search.find")


def test_what_is_left_out_exists_and_gives_a_reason() -> None:
    assert [name for name in SAME_ON_BOTH if not (ROOT / name).is_file()] == []
    assert [name for name, reason in SAME_ON_BOTH.items() if len(reason) < 20] == []
    cases = [(name, case) for name, cases in SAME_CASES.items() for case in cases]
    assert [case for name, case in cases if f"def {case}(" not in _source(name)] == []


def test_races_triggers_and_constraints_are_never_left_out() -> None:
    found = {name: [word for word in CAN_DIFFER if word in _source(name)] for name in SAME_ON_BOTH}
    assert {name: words for name, words in found.items() if words} == {}


def _source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
