"""What letter № 941 costs a methodist's hands, from marking who came to «Направить на согласование»."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from bench.figures import FIGURES
from centers.models import User
from events.models import Attendance
from rcro_portal.demo import centers, events, olympiad, outcomes, projects, source
from rcro_portal.lib.russian import long_date
from reports.models import Letter
from tests import without_triggers
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.effort import Methodist
from tests.factories.centers import PASSWORD
from tests.factories.reports import LetterheadFactory
from tests.reports import paper

LIMITS = {figure.name: figure.limit for figure in FIGURES}
METHODIST, TERM_IN_THE_LETTER = "belozerova@rcro.example", "5 октября 2020 г."


@pytest.fixture
def webinar(transactional_db: None, demo: None) -> dict[str, Any]:
    """The network as it was, and the webinar of which nothing is known yet but that it was held."""
    for part in (centers, projects, events, olympiad):
        part.load()
    for row in source.read("letterheads"):
        LetterheadFactory(**row | {name: "\n".join(row[name]) for name in ("institution", "reference")})
    (written,) = (row for row in outcomes.in_order() if row["event"] == "webinar-2020-09")
    with without_triggers.dropped():
        Attendance.objects.filter(event=outcomes.event_of(written)).delete()
    User.objects.filter(email=METHODIST).update(password=make_password(PASSWORD))
    return written


def test_letter_941_costs_no_more_presses_and_letters(
    webinar: dict[str, Any], visits: Visits, record_property: Callable[[str, object], None]
) -> None:
    (event,) = (row for row in source.read("events") if row["key"] == webinar["event"])
    due_on = timezone.localdate() + datetime.timedelta(days=14)
    page = visits().page
    acts.log_in(page, User.objects.get(email=METHODIST))
    page.goto(f"/events/{outcomes.event_of(webinar).pk}/")
    methodist = Methodist(page, webinar, day=event["starts_at"].date(), due_on=due_on)
    methodist.mark(event["present"])
    methodist.write_outcome()
    methodist.file()

    assert said_by(Letter.objects.get()) == [
        text.replace(TERM_IN_THE_LETTER, plain(long_date(due_on, "г."))) for text in said_in_2020()
    ]
    for name, value in {"clicks_941": methodist.hand.clicks, "characters_941": methodist.hand.characters}.items():
        record_property(name, value)
        assert value <= LIMITS[name], name


def said_by(letter: Letter) -> list[str]:
    return [plain(text) for element, text in letter.snapshot.content if element == "paragraph"]


def said_in_2020() -> list[str]:
    return [plain(text) for element, text in paper.letter_941() if element == "paragraph"]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")
