"""People once against participations: of sessions, by those who were new in a season and by names of lecturers."""

import datetime
from typing import Any

import pytest

from events.models.event import EventStatus
from reports import figures
from tests.factories.centers import DegreeFactory, PersonFactory
from tests.factories.events import EventFactory
from tests.factories.olympiad import PrepSessionFactory, SessionLecturerFactory

pytestmark = pytest.mark.django_db
SEASON = {"since": "2025-09-01", "until": "2026-08-31"}
AUTUMN, WINTER = "2025-11-10T05:00Z", "2026-01-12T05:00Z"


def session(starts_at: str, **counts: Any) -> Any:
    moment = datetime.datetime.fromisoformat(starts_at)
    event = EventFactory(kind="prep_session", status=EventStatus.HELD, starts_at=moment)
    return PrepSessionFactory(event=event, **{"doctors": 0, "candidates": 0, **counts})


def test_two_sessions_give_participations_and_people() -> None:
    first = session(AUTUMN, pupils=30, new_pupils=30, educators=4, new_educators=4)
    second = session(WINTER, pupils=28, new_pupils=5, educators=6, new_educators=2)
    keys = [first.pk, second.pk]
    found = {
        code: figures.count(code, SEASON)
        for code in (
            *("session_pupil_participations", "session_pupils_once"),
            *("session_educator_participations", "session_educators_once"),
        )
    }
    assert found == {
        "session_pupil_participations": (58, keys),
        "session_pupils_once": (35, keys),
        "session_educator_participations": (10, keys),
        "session_educators_once": (6, keys),
    }
    nouns = [figures.query(code).noun.after(found[code].value, "nominative") for code in list(found)[:2]]
    assert nouns == ["58 участий", "35 человек"]
    assert figures.against("session_pupils_once", SEASON) == []


def test_what_nobody_has_said_stands_against_the_number() -> None:
    for number in range(5):
        told = session(f"2025-11-{10 + number}T05:00Z", pupils=30, new_pupils=None)
    session(WINTER, pupils=0, new_pupils=None)
    against = figures.against("session_pupils_once", SEASON)
    assert len(against) == 4
    assert "Не сказано, сколько обучающихся впервые в сезоне." in against[0]
    assert (against[3], told.event.topic in against[0]) == ("И ещё о сменах: 2.", False)


def test_a_lecturer_of_two_sessions_is_one_person_with_the_higher_degree() -> None:
    first, second = session(AUTUMN, lecturers=2, candidates=1), session(WINTER, lecturers=2, doctors=1, candidates=1)
    risen, other = PersonFactory(), PersonFactory()
    DegreeFactory(person=risen, rank="candidate")
    DegreeFactory(person=risen, rank="doctor", since=datetime.date(2025, 12, 1))
    DegreeFactory(person=other, rank="candidate", since=datetime.date(2026, 1, 12))
    for one in (first, second):
        for person in (risen, other):
            SessionLecturerFactory(session=one, person=person)
    assert figures.count("session_lecturers_once", SEASON) == (2, [risen.pk, other.pk])
    assert figures.count("session_doctors_once", SEASON) == (1, [risen.pk])
    # Held from the first day of the second session.
    assert figures.count("session_candidates_once", SEASON) == (1, [other.pk])
    assert figures.count("session_lecturers", SEASON).value == 4
    assert figures.against("session_lecturers_once", SEASON) == []


def test_degrees_named_above_the_counts_stand_against_every_figure_of_them() -> None:
    told = session(AUTUMN, lecturers=1)
    DegreeFactory(person=SessionLecturerFactory(session=told).person)
    for code in ("session_lecturers", "session_doctors", "session_candidates"):
        (against,) = figures.against(code, SEASON)
        assert "По именам кандидатов наук названо 1, а в числах – 0." in against


def test_every_query_that_counts_participations_leads_to_the_one_of_people() -> None:
    leading = {code: known.once for code, known in figures.QUERIES.items() if known.once}
    assert len(leading) == 7
    assert all(not figures.query(once).sums_counts for once in leading.values())
