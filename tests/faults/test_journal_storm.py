"""A thousand acts of clerk and director over New Year: no double, no unexplained gap, no date that falls."""

import contextlib
import datetime
import queue
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from reports.journal import invariants as journal_invariants
from reports.models import RegisterEntry, RegisterYear
from reports.operations import invariants
from tests.factories import letters as walked
from tests.factories.moments import tomsk
from tests.factories.reports import Office
from tests.faults import journalling
from tests.faults.together import at_once, copies

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
NEW_YEARS_EVE = tomsk(12, 31, 23, 59) + datetime.timedelta(seconds=59)
LETTERS = sum(journalling.MIX[kind][0] for kind in journalling.WITH_LETTERS)


def planned(office: Office) -> list[str]:
    letters = copies(walked.approved(office), office, LETTERS)
    return journalling.acts(letter.pk for letter in letters)


def check_journal() -> None:
    assert [*journal_invariants.registers(), *invariants.numbers_of_letters()] == []
    places = list(RegisterEntry.objects.values_list("year", "sequence"))
    assert len(places) == len(set(places)) == journalling.numbers()
    counters = dict(RegisterYear.objects.values_list("year", "last_sequence"))
    assert set(counters) == {2026, 2027}
    assert counters[2026] - 940 + counters[2027] == journalling.numbers()
    rows = RegisterEntry.objects.values_list("status", "letter")
    states = Counter((status, letter is None) for status, letter in rows)
    assert states == {
        ("registered", False): 160,
        ("annulled", False): 80,
        ("registered", True): 300 + 100 + 180 + 60,
        ("reserved", True): 60,
        ("annulled", True): 140,
    }


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's writers are processes: see the next test")
def test_thousand_acts_over_sixteen_connections(office: Office) -> None:
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for act in planned(office):
        waiting.put(act)
    hand = journalling.Hand(office.clerk, office.director, NEW_YEARS_EVE)

    def work() -> int:
        with contextlib.suppress(queue.Empty):
            while True:
                hand.do(waiting.get_nowait())
        return connection.connection.get_backend_pid()

    assert len(set(at_once(*[work] * 16))) == 16
    check_journal()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's writers are threads: see the test before")
def test_thousand_acts_by_four_processes(office: Office, tmp_path: Path) -> None:
    told, go = planned(office), tmp_path / "go"
    processes = [
        journalling.start(
            office.clerk.pk, office.director.pk, go, NEW_YEARS_EVE, tmp_path / f"acts-{part}", told[part::4]
        )
        for part in range(4)
    ]
    go.touch()
    for process in processes:
        _, complaints = process.communicate()
        assert process.returncode == 0, complaints
    check_journal()
