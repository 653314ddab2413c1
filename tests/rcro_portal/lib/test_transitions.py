"""``move``: a compare-and-swap by the table of steps, with one row of the audit log, on real rows of real apps."""

import pytest
from django.db import transaction

from events.models import Commitment, Event, EventTransition, Outcome
from events.models.event import EventStatus
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.transitions import columns, move, timeline
from rcro_portal.models import RecordChange
from reports.models import Letter
from tests.factories.centers import UserFactory
from tests.factories.events import EventFactory
from tests.factories.moments import ANNOUNCED_AT, STARTS_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db


def announce(event: Event, **more: object) -> None:
    move(event, "announced", by=event.planned_by, at=ANNOUNCED_AT, transitions=EventTransition, **more)


def test_step_writes_state_fields_and_trace() -> None:
    event, other, by = EventFactory(place=""), EventFactory(), UserFactory()
    move(event, "announced", by=by, at=ANNOUNCED_AT, note="по плану", transitions=EventTransition, place="зал")
    row = Event.objects.get(pk=event.pk)
    assert (row.status, row.place) == (event.status, event.place) == ("announced", "зал")
    assert Event.objects.get(pk=other.pk).status == "draft"
    trace = EventTransition.objects.get()
    assert (trace.event, trace.before, trace.after) == (event, "draft", "announced")
    assert (trace.by, trace.at, trace.note) == (by, ANNOUNCED_AT, "по плану")
    change = RecordChange.objects.latest("pk")
    assert (change.by, change.why, change.after) == (by, "по плану", {"status": "announced", "place": "зал"})


def test_row_is_told_by_the_columns_of_its_table() -> None:
    row = EventTransition(
        pk=7, event_id=3, before="draft", after="announced", by_id=5, at=ANNOUNCED_AT, note="по плану"
    )
    assert columns(row) == {
        "id": 7,
        "event_id": 3,
        "before": "draft",
        "after": "announced",
        "by_id": 5,
        "at": ANNOUNCED_AT,
        "note": "по плану",
    }


def test_portal_itself_is_nobody() -> None:
    event = EventFactory()
    move(event, "announced", by=None, at=ANNOUNCED_AT, transitions=EventTransition)
    assert EventTransition.objects.get().by is None


def test_step_that_the_table_does_not_have() -> None:
    event = EventFactory()
    for after in ("held", "draft", "no such state"):
        with refused(WrongStep):
            move(event, after, by=None, at=ANNOUNCED_AT, transitions=EventTransition)
    assert event.status == "draft"


def test_second_of_two_gets_wrong_step_and_its_object_stays_as_it_was() -> None:
    event = EventFactory()
    late = Event.objects.get(pk=event.pk)
    announce(event)
    with refused(WrongStep):
        announce(late, place="другое место")
    assert (late.status, late.place) == ("draft", event.place)


def test_step_holds_only_for_what_was_seen() -> None:
    event = EventFactory(place="зал")
    with refused(WrongStep):
        announce(event, seen={"place": "двор"})
    with refused(WrongStep):
        announce(event, seen={"ends_at": STARTS_AT})
    announce(event, seen={"place": "зал", "ends_at": None})
    assert Event.objects.get().status == "announced"


def test_what_is_rolled_back_leaves_no_trace() -> None:
    event = EventFactory()
    with transaction.atomic():
        announce(event)
        transaction.set_rollback(True)
    assert (Event.objects.get().status, EventTransition.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("model", [Event, Outcome, Commitment, Letter])
def test_tables_of_steps_name_known_states_only(model: type) -> None:
    known = set(dict(model._meta.get_field("status").choices))
    assert set(model.TRANSITIONS) == known
    assert {after for steps in model.TRANSITIONS.values() for after in steps} <= known


@pytest.mark.parametrize("model", [Event, Outcome, Commitment, Letter])
def test_rows_begin_in_a_state_that_nothing_but_a_return_leads_to(model: type) -> None:
    default = model._meta.get_field("status").default
    assert default == next(iter(model.TRANSITIONS))


def test_timeline_names_each_step_and_who_took_it() -> None:
    event, by = EventFactory(), UserFactory()
    move(event, "announced", by=by, at=ANNOUNCED_AT, note="по плану", transitions=EventTransition)
    EventTransition.objects.create(event=event, before="announced", after="announced", at=STARTS_AT, note="Перенесено")
    move(event, "cancelled", by=None, at=STARTS_AT, transitions=EventTransition)
    rows = timeline(EventTransition.objects.order_by("pk"), EventStatus, {EventStatus.CANCELLED: "annulled"})
    portal = {"who": "портал", "at": STARTS_AT, "note": ""}
    assert rows == [
        {"title": "Объявлено", "who": by, "at": ANNOUNCED_AT, "note": "по плану", "tone": ""},
        {"title": "Перенесено", **portal, "tone": ""},
        {"title": "Отменено", **portal, "tone": "annulled"},
    ]
