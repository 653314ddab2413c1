"""What a letter is told of figures of prep sessions: people or participations, and numbers that lists contradict."""

import pytest

from events.models import OutcomeFigure
from reports.composing import place_lint
from reports.composing.findings import Finding, Place
from tests.factories.centers import DegreeFactory
from tests.factories.events import EventFactory
from tests.factories.olympiad import PrepSessionFactory, SessionLecturerFactory

pytestmark = pytest.mark.django_db
YEAR = {"since": "2000-01-01", "until": "2099-12-31"}


def findings(query: str) -> list[Finding]:
    row = OutcomeFigure(name="смены", query=query, parameters=YEAR)
    return list(place_lint.of_figures([Place("summary", "Были [[смены]].", "Итоги")], {"смены": row}))


def test_participations_are_not_called_people() -> None:
    (found,) = findings("session_pupils")
    assert (found.blocks, "Это участия, а не люди" in found.words) == (False, True)
    assert findings("session_pupil_participations") == []


def test_a_number_that_lists_contradict_is_not_filed() -> None:
    told = PrepSessionFactory(event=EventFactory(status="held"), lecturers=1, doctors=0, candidates=0)
    DegreeFactory(person=SessionLecturerFactory(session=told).person)
    first, _ = findings("session_candidates")
    assert (first.blocks, "кандидатов наук названо 1" in first.words) == (True, True)


def test_people_over_a_session_that_says_nothing_of_them_are_not_filed() -> None:
    PrepSessionFactory(event=EventFactory(status="held"), pupils=30, new_pupils=None)
    (found,) = findings("session_pupils_once")
    assert (found.blocks, "впервые в сезоне" in found.words) == (True, True)
