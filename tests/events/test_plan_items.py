"""What became of an item of the plan, and the order in which items stand."""

import datetime

import pytest

from events.models import PlanItem
from events.models.event import EventStatus
from events.models.plan_item import PlanState, TermPrecision, plan_key
from rcro_portal.lib import written_terms
from tests.factories.events import EventFactory, PlanItemFactory
from tests.factories.moments import STARTS_AT

pytestmark = pytest.mark.django_db

DAY = STARTS_AT.date()
BEFORE, AFTER = DAY - datetime.timedelta(days=30), DAY + datetime.timedelta(days=30)


def state(item: PlanItem, day: datetime.date) -> str:
    return str(PlanItem.objects.with_state(day).get(pk=item.pk).state)


def tied(item: PlanItem, **fields: object) -> None:
    EventFactory(plan_item=item, schedule=item.schedule, **fields)


def test_item_without_event() -> None:
    item, words = PlanItemFactory(), PlanItemFactory(first_on=None, precision=TermPrecision.WORDS)
    assert (state(item, BEFORE), state(item, DAY), state(item, AFTER)) == (
        PlanState.AHEAD,
        PlanState.AHEAD,
        PlanState.OVERDUE,
    )
    assert state(words, AFTER) == PlanState.NO_DAY
    words.done_on = DAY
    words.save()
    assert state(words, AFTER) == PlanState.HELD


def test_event_of_another_day_moves_the_item_until_that_day_has_passed() -> None:
    item = PlanItemFactory(first_on=BEFORE)
    tied(item, status=EventStatus.ANNOUNCED)
    assert state(item, BEFORE) == PlanState.MOVED
    assert state(item, AFTER) == PlanState.OVERDUE
    item.events.update(status=EventStatus.HELD)
    assert state(item, AFTER) == PlanState.HELD


def test_earlier_is_not_elsewhere_where_only_the_last_day_is_said() -> None:
    until = PlanItemFactory(first_on=AFTER, precision=TermPrecision.UNTIL)
    day = PlanItemFactory(first_on=AFTER)
    tied(until)
    tied(day)
    assert (state(until, BEFORE), state(day, BEFORE)) == (PlanState.AHEAD, PlanState.MOVED)


def test_item_is_called_off_with_the_last_of_its_events() -> None:
    item = PlanItemFactory()
    tied(item, status=EventStatus.CANCELLED)
    assert state(item, BEFORE) == PlanState.CALLED_OFF
    tied(item)
    assert state(item, BEFORE) == PlanState.AHEAD


def test_items_stand_by_the_numbers_of_sections_and_items() -> None:
    places = [("I. Конкурсы", "2"), ("I. Конкурсы", "10"), ("V. Сборы", "1"), ("Раздел IX", "1")]
    keys = [plan_key(" ".join(place)) for place in places]
    assert keys == sorted(keys)
    assert plan_key("Истоки") == "истоки"


def test_columns_of_a_term() -> None:
    term = written_terms.read("I квартал", 2026)
    columns = PlanItem.term_columns("I квартал", term)
    item = PlanItemFactory(**columns)
    assert (item.first_on, item.last_on) == (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    assert PlanItemFactory(**PlanItem.term_columns("по заявкам", None)).first_on is None
