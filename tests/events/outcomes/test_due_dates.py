"""A term on a day off goes to the next working day by one press, as a save of the whole page."""

import datetime

import pytest
from django.test import Client

from events.models import Outcome
from events.outcomes import due_dates
from rcro_portal.lib.drafts.writing import TextChanged
from tests.factories.centers import CenterFactory, staff
from tests.factories.events import DecisionFactory, ready_outcome
from tests.factories.moments import WRITTEN_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db
SUNDAY, MONDAY = datetime.date(2027, 4, 11), datetime.date(2027, 4, 12)


def on_a_sunday() -> Outcome:
    """The second decision is due on a Sunday and owed by one centre."""
    outcome = ready_outcome()
    decision = DecisionFactory(outcome=outcome, due_on=SUNDAY, text="накормить снегирей")
    decision.owed_by.set([CenterFactory()])
    return outcome


def terms_of(outcome: Outcome) -> list[datetime.date]:
    return list(outcome.decisions.order_by("position", "pk").values_list("due_on", flat=True))


def test_term_moves_and_everything_else_stays() -> None:
    outcome = on_a_sunday()
    first, second = outcome.decisions.order_by("position", "pk")
    owing = list(second.owed_by.all())
    by = outcome.edited_by
    given = due_dates.postpone(of=outcome, decision=1, version=outcome.version, by=by, at=WRITTEN_AT)
    outcome = Outcome.objects.get(pk=outcome.pk)
    kept, moved = outcome.decisions.order_by("position", "pk")
    assert (given, outcome.version) == (MONDAY, 2)
    assert (kept.text, kept.due_on) == (first.text, first.due_on)
    assert (moved.text, moved.due_on, list(moved.owed_by.all())) == ("накормить снегирей", MONDAY, owing)
    assert outcome.talks.get().text == "в сети работают [[центры]]"


def test_text_that_somebody_else_changed_is_not_touched() -> None:
    outcome = on_a_sunday()
    with refused(TextChanged):
        due_dates.postpone(of=outcome, decision=1, version=7, by=outcome.edited_by, at=WRITTEN_AT)
    assert SUNDAY in terms_of(outcome)


@pytest.mark.parametrize("decision", [0, 2, 999])
def test_term_on_a_working_day_or_of_no_decision_is_refused(decision: int) -> None:
    outcome = on_a_sunday()
    with refused(due_dates.NotOnADayOff):
        due_dates.postpone(of=outcome, decision=decision, version=1, by=outcome.edited_by, at=WRITTEN_AT)


def test_one_press_on_the_check_page(client: Client) -> None:
    outcome = on_a_sunday()
    client.force_login(staff("methodist", outcome.event.department))
    page = client.get(f"/outcomes/{outcome.pk}/check/").content.decode()
    assert "Срок 11.04.2027 – воскресенье. Поставить 12.04.2027?" in page
    answer = client.post(f"/outcomes/{outcome.pk}/postpone/", {"decision": "1", "version": "1"}, follow=True)
    assert answer.redirect_chain == [(f"/outcomes/{outcome.pk}/check/", 302)]
    page = answer.content.decode()
    assert "Срок решения: 12.04.2027." in page
    assert "воскресенье" not in page
    assert client.post(f"/outcomes/{outcome.pk}/postpone/", {"decision": "x"}).status_code == 409
