"""What letter № 941 costs a methodist's hands, from marking who came to «Направить на согласование»."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from bench.figures import FIGURES
from centers.models import User
from events.attendance import attendance
from events.models import Attendance, Event, StockParagraph
from events.outcomes import outcomes as verbs
from events.outcomes import terms
from rcro_portal.demo import centers, events, olympiad, outcomes, paragraphs, projects, source
from rcro_portal.lib.russian import long_date
from reports.models import Letter
from tests import without_triggers
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.effort import Methodist
from tests.factories.centers import PASSWORD
from tests.factories.events import held
from tests.factories.reports import LetterheadFactory
from tests.reports import paper

LIMITS = {figure.name: figure.limit for figure in FIGURES}
METHODIST, TERM_IN_THE_LETTER = "belozerova@rcro.example", "5 октября 2020 г."
TERM = "через 2 недели"
SPRING = datetime.date(2020, 3, 12)


@pytest.fixture
def webinar(transactional_db: None, demo: None) -> dict[str, Any]:
    """The network as it was, the webinar of which nothing is known yet but that it was held, the webinar in spring."""
    for part in (centers, projects, events, olympiad, paragraphs):
        part.load()
    for row in source.read("letterheads"):
        LetterheadFactory(**row | {name: "\n".join(row[name]) for name in ("institution", "reference")})
    (written,) = (row for row in outcomes.in_order() if row["event"] == "webinar-2020-09")
    with without_triggers.dropped():
        Attendance.objects.filter(event=outcomes.event_of(written)).delete()
    User.objects.filter(email=METHODIST).update(password=make_password(PASSWORD))
    webinar_in_spring(outcomes.event_of(written), written)
    return written


def webinar_in_spring(event: Event, written: dict[str, Any]) -> None:
    """As office work is: the same people of the staff in the same order, the same figures by that day; other texts."""
    by = User.objects.get(email=METHODIST)
    starts_at = event.starts_at.replace(year=SPRING.year, month=SPRING.month, day=SPRING.day)
    columns = {"kind": event.kind, "department": event.department, "schedule": event.schedule}
    before = verbs.begin(event=held(starts_at=starts_at, planned_by=by, **columns), by=by, at=starts_at)
    until, people = f"{event.first_day}", source.people()
    for figure in written["figures"]:
        asked = {
            name: SPRING.isoformat() if value == until else value
            for name, value in outcomes.plain(figure["parameters"]).items()
        }
        verbs.add_figure(of=before, **figure | {"parameters": asked})
    talks = [
        talk | {"speaker": people[talk["speaker"]], "title": "О планах на год", "text": "Иной текст."}
        for talk in written["talks"]
    ]
    other = {"text": "Иной текст.", "due_on": None}
    verbs.save(
        of=before,
        version=before.version,
        talks=talks,
        problems=[{"text": "Иной текст."} for _ in written["problem_areas"]],
        decisions=[decision | other for decision in written["decisions"]],
        problem_source=written["problem_source"],
        by=by,
        at=starts_at,
    )


def test_letter_941_costs_no_more_presses_and_letters(
    webinar: dict[str, Any], visits: Visits, record_property: Callable[[str, object], None]
) -> None:
    (due_on,) = (quick.day for quick in terms.quick() if quick.words == TERM)
    event = outcomes.event_of(webinar)
    kept = dict(StockParagraph.objects.for_event(event).values_list("title", "text"))
    page = visits().page
    acts.log_in(page, User.objects.get(email=METHODIST))
    page.goto(f"/events/{event.pk}/")
    methodist = Methodist(page, webinar, paragraphs=kept, term=TERM)
    methodist.mark(who_came(event))
    methodist.write_outcome()
    methodist.file()

    assert said_by(Letter.objects.get()) == [
        text.replace(TERM_IN_THE_LETTER, plain(long_date(due_on, "г."))) for text in said_in_2020()
    ]
    for name, value in {"clicks_941": methodist.hand.clicks, "characters_941": methodist.hand.characters}.items():
        record_property(name, value)
        assert value <= LIMITS[name], name


def who_came(event: Event) -> list[str]:
    """As the platform names them."""
    (row,) = (row for row in source.read("events") if row["key"] == "webinar-2020-09")
    people = {str(center): person for center, person in attendance.coordinators(event).items() if person}
    return [people[name].full_name for name in row["present"]]


def said_by(letter: Letter) -> list[str]:
    return [plain(text) for element, text in letter.snapshot.content if element == "paragraph"]


def said_in_2020() -> list[str]:
    return [plain(text) for element, text in paper.letter_941() if element == "paragraph"]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")
