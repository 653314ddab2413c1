"""Many events of the list changed at once."""

from typing import Any

import pytest
from django.test import Client

from events.models import Event
from events.views.event_bulk import ON_ITS_PAGE
from rcro_portal.models import BulkEdit, RecordChange
from tests.factories.centers import DepartmentFactory, coordinator, staff
from tests.factories.events import EventFactory, PlanItemFactory, PlanScheduleFactory, announced, held
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
BULK = "/events/bulk/"


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


def looked_at(client: Client, *events: Event, **sent: Any) -> tuple[Any, dict[str, Any]]:
    sent = {"row": [event.pk for event in events], "why": "Реорганизация", "key": "3" * 32, **sent}
    with nothing_changes():
        page = client.post(BULK, sent)
    return page, {**sent, "seen": page.context["seen"]}


def refusals(page: Any) -> list[str]:
    return [line.refusal for line in page.context["lines"]]


def test_department_and_kind_of_what_is_still_planned_are_changed_and_taken_back(methodist: Client) -> None:
    draft, coming, over = EventFactory(), announced(), held()
    other = DepartmentFactory(name="отдел олимпиад")
    page, sent = looked_at(methodist, draft, coming, over, department=other.pk, kind="meeting")
    assert sorted(refusals(page)) == ["", "", "Мероприятие уже проведено: в плане его не меняют."]
    methodist.post(BULK, sent)
    changed = Event.objects.filter(department=other, kind="meeting")
    assert set(changed) == {draft, coming}
    told = RecordChange.objects.filter(table="events_event", act="update", why="Реорганизация")
    assert set(told.values_list("record", flat=True)) == {draft.pk, coming.pk}
    methodist.post(BULK, {"undo": BulkEdit.objects.get().pk})
    assert not changed.all()


def test_looking_asks_no_row_by_itself(methodist: Client, django_assert_num_queries: Any) -> None:
    items = PlanItemFactory.create_batch(3)
    events = [EventFactory(schedule=item.schedule, plan_item=item) for item in items]
    for some in (events[:1], events):
        with django_assert_num_queries(8):
            methodist.post(BULK, {"row": [event.pk for event in some], "why": "Вид", "kind": "meeting"})


def test_what_those_who_come_would_hear_of_is_changed_on_the_events_page(methodist: Client) -> None:
    page, _ = looked_at(methodist, announced(form="online"), EventFactory(form="online"), form="on_site")
    assert sorted(refusals(page)) == ["", ON_ITS_PAGE]


def test_kind_and_plan_agree_with_the_event(methodist: Client) -> None:
    page, _ = looked_at(methodist, EventFactory(), kind="body_meeting")
    assert refusals(page) == ["Напишите, чьё это заседание."]
    page, _ = looked_at(methodist, EventFactory(), schedule=PlanScheduleFactory(year=2031).pk)
    assert "Выберите план-график того же года." in refusals(page)[0]


def test_a_coordinator_changes_no_events(client: Client) -> None:
    client.force_login(coordinator())
    assert client.post(BULK, {"row": announced().pk, "kind": "meeting", "why": "Так"}).status_code == 403
