"""Who registered, who was there, who stood in for a coordinator."""

import datetime

import pytest

from centers.models import Center
from events import attendance
from events.models import Attendance, Event
from events.models.attendance import Capacity, Presence
from events.models.event import EventStatus
from reports import figures
from tests.factories.centers import CenterFactory, PersonFactory, coordinator, staff
from tests.factories.events import EventFactory, announced, held
from tests.factories.moments import ANNOUNCED_AT, HELD_AT, STARTS_AT
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
EARLY = STARTS_AT - datetime.timedelta(seconds=1)


def rows(event: Event) -> list[tuple[object, ...]]:
    found = Attendance.objects.filter(event=event).order_by("center")
    return [(row.center, row.person, row.capacity, row.presence, row.marked_by, row.marked_at) for row in found]


def people_of(*centers: Center) -> dict[Center, object]:
    return {center: PersonFactory() for center in centers}


def test_coordinator_registers_once() -> None:
    event, center = announced(), CenterFactory()
    user = coordinator(center)
    first = attendance.register(event=event, center=center, person=user.person, by=user, at=ANNOUNCED_AT)
    assert rows(event) == [(center, user.person, "coordinator", "registered", user, ANNOUNCED_AT)]
    with nothing_changes():
        again = attendance.register(event=event, center=center, person=user.person, by=user, at=EARLY)
    assert again == first


@pytest.mark.parametrize(
    ("event", "at"),
    [
        (lambda: EventFactory(), ANNOUNCED_AT),
        (lambda: announced(), STARTS_AT),
        (lambda: held(), ANNOUNCED_AT),
        (lambda: EventFactory(status=EventStatus.CANCELLED), ANNOUNCED_AT),
    ],
    ids=["a draft", "begun already", "held", "cancelled"],
)
def test_event_that_is_not_open_takes_no_registration(event: type, at: datetime.datetime) -> None:
    closed, center = event(), CenterFactory()
    user = coordinator(center)
    with refused(attendance.NotOpen):
        attendance.register(event=closed, center=center, person=user.person, by=user, at=at)


def test_mark_says_of_each_centre_whether_it_was_there_and_holds_the_event() -> None:
    event, methodist = announced(), staff("methodist")
    here, away = CenterFactory(), CenterFactory()
    people = people_of(here, away)
    assert attendance.mark(event=event, coordinators=people, present=[here], by=methodist, at=HELD_AT) == 1
    assert rows(event) == [
        (here, people[here], "coordinator", "present", methodist, HELD_AT),
        (away, people[away], "coordinator", "absent", methodist, HELD_AT),
    ]
    assert Event.objects.get(pk=event.pk).status == EventStatus.HELD
    assert [(step.after, step.by, step.at) for step in event.steps.order_by("pk")][-1] == ("held", methodist, HELD_AT)


def test_marking_again_corrects_and_adds_no_row() -> None:
    event, methodist = held(), staff("methodist")
    first, second = CenterFactory(), CenterFactory()
    people = people_of(first, second)
    attendance.mark(event=event, coordinators=people, present=[first], by=methodist, at=HELD_AT)
    attendance.mark(event=event, coordinators=people, present=[second], by=methodist, at=HELD_AT)
    assert [row[3] for row in rows(event)] == [Presence.ABSENT, Presence.PRESENT]
    assert event.steps.count() == 2


def test_centre_that_is_not_asked_about_is_not_counted() -> None:
    event, stranger = held(), CenterFactory()
    marked = attendance.mark(event=event, coordinators={}, present=[stranger], by=event.planned_by, at=HELD_AT)
    assert (marked, rows(event)) == (0, [])


def test_coordinator_of_two_centres_is_present_for_either() -> None:
    event, first, second = held(), CenterFactory(), CenterFactory()
    person = PersonFactory()
    both = {first: person, second: person}
    attendance.mark(event=event, coordinators=both, present=[first], by=event.planned_by, at=HELD_AT)
    assert [(row[1], row[3]) for row in rows(event)] == [(person, Presence.PRESENT)]


def test_representative_is_present_but_no_coordinator() -> None:
    event, center, person, methodist = held(), CenterFactory(), PersonFactory(), staff("methodist")
    attendance.mark_representative(event=event, center=center, person=person, by=methodist, at=HELD_AT)
    assert rows(event) == [(center, person, Capacity.REPRESENTATIVE, Presence.PRESENT, methodist, HELD_AT)]
    assert figures.count("present_coordinators", {"event": event.pk}).value == 0


@pytest.mark.parametrize(
    ("event", "at"),
    [
        (lambda: announced(), EARLY),
        (lambda: EventFactory(), HELD_AT),
        (lambda: EventFactory(status=EventStatus.CANCELLED), HELD_AT),
    ],
    ids=["not begun", "a draft", "cancelled"],
)
def test_nobody_is_marked_at_an_event_that_was_not_held(event: type, at: datetime.datetime) -> None:
    early, center, person = event(), CenterFactory(), PersonFactory()
    with refused(attendance.NotHeldYet):
        attendance.mark(event=early, coordinators={center: person}, present=[center], by=early.planned_by, at=at)
    with refused(attendance.NotHeldYet):
        attendance.mark_representative(event=early, center=center, person=person, by=early.planned_by, at=at)


def test_present_coordinators_are_counted_by_people() -> None:
    event = held()
    centers = [CenterFactory() for _ in range(3)]
    attendance.mark(event=event, coordinators=people_of(*centers), present=centers[:2], by=event.planned_by, at=HELD_AT)
    assert figures.count("present_coordinators", {"event": event.pk}).value == 2
