"""What a letter is told of figures of prep sessions: people or participations, and numbers that lists contradict."""

import pytest

from events.models import OutcomeFigure
from reports.composing import place_lint
from reports.composing.findings import Finding, Place
from tests.factories.centers import DegreeFactory
from tests.factories.events import EventFactory
from tests.factories.moments import tomsk
from tests.factories.olympiad import PrepSessionFactory, SessionLecturerFactory

pytestmark = pytest.mark.django_db
YEAR = {"since": "2000-01-01", "until": "2099-12-31"}


def findings(query: str) -> list[Finding]:
    row = OutcomeFigure(name="смены", query=query, parameters=YEAR)
    return list(place_lint.of_figures([Place("summary", "Были [[смены]].", "Итоги")], {"смены": row}))


def come(new_pupils: int | None) -> None:
    """Thirty pupils at a session of a season that ended in the period."""
    event = EventFactory(status="held", starts_at=tomsk(11, 5, 10, year=2019))
    PrepSessionFactory(event=event, pupils=30, new_pupils=new_pupils)


def test_participations_are_not_called_people() -> None:
    come(30)
    come(10)
    (found,) = findings("session_pupils")
    words = "Показатель «смены» считает участия, а не людей. Людей считает «Обучающиеся на сменах, человек»: сейчас 40."
    assert (found.blocks, found.words) == (False, words)
    assert findings("session_pupil_participations") == []


@pytest.mark.parametrize("new_pupils", [30, None])
def test_nothing_is_said_where_each_came_once_or_nobody_knows(new_pupils: int | None) -> None:
    come(new_pupils)
    assert findings("session_pupils") == []


def test_a_number_that_lists_contradict_is_not_filed() -> None:
    told = PrepSessionFactory(event=EventFactory(status="held"), lecturers=1, doctors=0, candidates=0)
    DegreeFactory(person=SessionLecturerFactory(session=told).person)
    first, _ = findings("session_candidates")
    assert (first.blocks, "кандидатов наук названо 1" in first.words) == (True, True)


def test_people_over_a_session_that_says_nothing_of_them_are_not_filed() -> None:
    PrepSessionFactory(event=EventFactory(status="held"), pupils=30, new_pupils=None)
    (found,) = findings("session_pupils_once")
    assert (found.blocks, "впервые в сезоне" in found.words) == (True, True)
