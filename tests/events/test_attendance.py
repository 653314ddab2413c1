"""Who registered, who was there, who stood in for a coordinator."""

import datetime

import pytest
from django.test import Client

from centers.models import Center
from events import attendance
from events.models import Attendance, Event
from events.models.attendance import Capacity, Presence
from events.models.event import EventStatus
from reports import figures
from tests.factories.centers import CenterFactory, CoordinatorFactory, PersonFactory, coordinator, staff
from tests.factories.events import EventFactory, announced, held
from tests.factories.moments import ANNOUNCED_AT, HELD_AT, STARTS_AT
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
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


def test_mark_writes_one_centre_and_holds_the_event() -> None:
    event, methodist, here, away = announced(), staff("methodist"), CenterFactory(), CenterFactory()
    person = PersonFactory()
    attendance.mark(event=event, center=here, person=person, by=methodist, at=HELD_AT)
    assert rows(event) == [(here, person, "coordinator", "present", methodist, HELD_AT)]
    assert not Attendance.objects.filter(center=away).exists()
    assert Event.objects.get(pk=event.pk).status == EventStatus.HELD
    assert [(step.after, step.by, step.at) for step in event.transitions.order_by("pk")][-1] == (
        "held",
        methodist,
        HELD_AT,
    )


def test_marking_again_changes_nothing() -> None:
    event, center, person, other = held(), CenterFactory(), PersonFactory(), staff("methodist")
    attendance.mark(event=event, center=center, person=person, by=event.planned_by, at=HELD_AT)
    with nothing_changes():
        attendance.mark(event=event, center=center, person=person, by=other, at=HELD_AT + HOUR)


def test_unmark_takes_off_one_mark_and_leaves_the_others() -> None:
    event, methodist = held(), staff("methodist")
    first, second = people_of(CenterFactory(), CenterFactory()).items()
    for center, person in (first, second):
        attendance.mark(event=event, center=center, person=person, by=event.planned_by, at=HELD_AT)
    attendance.unmark(event=event, person=first[1], by=methodist, at=HELD_AT + HOUR)
    assert rows(event) == [
        (*first, "coordinator", "absent", methodist, HELD_AT + HOUR),
        (*second, "coordinator", "present", event.planned_by, HELD_AT),
    ]
    with nothing_changes():
        attendance.unmark(event=event, person=first[1], by=event.planned_by, at=HELD_AT + 2 * HOUR)


def test_whoever_registered_stays_registered_whatever_is_marked() -> None:
    event, center = announced(), CenterFactory()
    user, methodist = coordinator(center), staff("methodist")
    attendance.register(event=event, center=center, person=user.person, by=user, at=ANNOUNCED_AT)
    attendance.mark(event=event, center=center, person=user.person, by=methodist, at=HELD_AT)
    attendance.unmark(event=event, person=user.person, by=methodist, at=HELD_AT)
    assert Attendance.objects.values_list("presence", "registered_at").get() == ("absent", ANNOUNCED_AT)


def test_coordinator_of_two_centres_is_one_person_there() -> None:
    event, first, second = held(), CenterFactory(), CenterFactory()
    person = PersonFactory()
    for center in (first, second):
        attendance.mark(event=event, center=center, person=person, by=event.planned_by, at=HELD_AT)
    assert [(row[0], row[1], row[3]) for row in rows(event)] == [(first, person, Presence.PRESENT)]


def test_coordinators_without_a_mark_were_absent_once_the_event_is_held() -> None:
    """Whoever was represented too; not those of other days, nor a mark taken off somebody who is no coordinator."""
    event, methodist = announced(), staff("methodist")
    here, away, represented = (CoordinatorFactory() for _ in range(3))
    CoordinatorFactory(until=STARTS_AT.date() - datetime.timedelta(days=1))
    assert attendance.absent(event) == {}
    attendance.mark(event=event, center=here.center, person=here.person, by=methodist, at=HELD_AT)
    for center, person in ((represented.center, PersonFactory()), (away.center, stranger := PersonFactory())):
        attendance.mark_representative(event=event, center=center, person=person, by=methodist, at=HELD_AT)
    attendance.unmark(event=event, person=stranger, by=methodist, at=HELD_AT)
    assert attendance.absent(event) == {away.person: away.center, represented.person: represented.center}
    attendance.unmark(event=event, person=here.person, by=methodist, at=HELD_AT)
    assert attendance.absent(event).keys() == {here.person, away.person, represented.person}


def test_two_first_marks_hold_the_event_once() -> None:
    """The second one read the event before the first had held it."""
    event, methodist = announced(), staff("methodist")
    stale = Event.objects.get(pk=event.pk)
    for read in (event, stale):
        attendance.mark(event=read, center=CenterFactory(), person=PersonFactory(), by=methodist, at=HELD_AT)
    assert event.attendances.present().count() == 2
    assert event.transitions.filter(after="held").count() == 1


def test_coordinator_who_came_becomes_no_representative_unseen() -> None:
    """As of another centre, or typed by name: the mark would go, and the letter's figure with it."""
    event, person, other = held(), PersonFactory(), CenterFactory()
    attendance.mark(event=event, center=CenterFactory(), person=person, by=event.planned_by, at=HELD_AT)
    with refused(attendance.CameThemselves):
        attendance.mark_representative(event=event, center=other, person=person, by=event.planned_by, at=HELD_AT + HOUR)


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
        attendance.mark(event=early, center=center, person=person, by=early.planned_by, at=at)
    with refused(attendance.NotHeldYet):
        attendance.unmark(event=early, person=person, by=early.planned_by, at=at)
    with refused(attendance.NotHeldYet):
        attendance.mark_representative(event=early, center=center, person=person, by=early.planned_by, at=at)


def test_present_coordinators_are_counted_by_people() -> None:
    event = held()
    for center, person in people_of(CenterFactory(), CenterFactory()).items():
        attendance.mark(event=event, center=center, person=person, by=event.planned_by, at=HELD_AT)
    assert figures.count("present_coordinators", {"event": event.pk}).value == 2


# -- The page -----------------------------------------------------------------------------------------


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


def page(client: Client, event: Event) -> str:
    return client.get(f"/events/{event.pk}/attendance/").content.decode()


def send(client: Client, event: Event, act: str, **fields: int) -> str:
    """A press on one page: only what that page knows is sent."""
    answer = client.post(f"/events/{event.pk}/attendance/{act}/", fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_pages_opened_at_once_never_undo_each_other(methodist: Client) -> None:
    event, first, second = announced(), CoordinatorFactory(), CoordinatorFactory()
    other = Client()
    other.force_login(staff("methodist"))
    assert "Отмечено участников: 0" in page(methodist, event)
    assert "Отмечено участников: 0" in page(other, event)
    assert "Отмечено участников: 1" in send(methodist, event, "mark", center=first.center_id)
    shown = send(other, event, "mark", center=second.center_id)
    assert "Отмечено участников: 2" in shown
    assert shown.count('aria-checked="true"') == 2
    assert figures.count("present_coordinators", {"event": event.pk}).value == 2


def test_mark_offers_its_undo(methodist: Client) -> None:
    event, post = announced(), CoordinatorFactory()
    shown = send(methodist, event, "mark", center=post.center_id)
    assert f"Участвует: {post.person.surname_first}, {post.center}." in shown
    assert f'name="person" value="{post.person_id}"' in shown
    shown = send(methodist, event, "unmark", person=post.person_id)
    assert "Отмечено участников: 0" in shown
    assert f"Отметка снята: {post.person.surname_first}." in shown
    assert f'name="center" value="{post.center_id}"' in shown


def test_only_those_who_registered_are_said_to_have(methodist: Client) -> None:
    event, said, silent = announced(), CoordinatorFactory(), CoordinatorFactory()
    attendance.register(event=event, center=said.center, person=said.person, by=event.planned_by, at=ANNOUNCED_AT)
    for post in (said, silent):
        send(methodist, event, "mark", center=post.center_id)
    assert page(methodist, event).count(">заявлен<") == 1


def test_representative_can_be_taken_off(methodist: Client) -> None:
    event, center, person = held(), CenterFactory(), PersonFactory(surname="Чайкина")
    attendance.mark_representative(event=event, center=center, person=person, by=event.planned_by, at=HELD_AT)
    assert "Чайкина" in page(methodist, event)
    send(methodist, event, "unmark", person=person.pk)
    assert "Чайкина" not in page(methodist, event)


def test_event_without_a_coordinator_is_held_by_its_own_act(methodist: Client) -> None:
    event = announced()
    CoordinatorFactory()
    assert "Координаторов не было" in page(methodist, event)
    assert methodist.post(f"/events/{event.pk}/hold/").status_code == 302
    assert Event.objects.get(pk=event.pk).status == EventStatus.HELD
    assert "Координаторов не было" not in page(methodist, event)


def test_without_scripts_a_mark_comes_back_to_the_page(methodist: Client) -> None:
    event, post = announced(), CoordinatorFactory()
    answer = methodist.post(f"/events/{event.pk}/attendance/mark/", {"center": post.center_id}, follow=True)
    assert answer.redirect_chain == [(f"/events/{event.pk}/attendance/", 302)]
    assert "Участвует: " in answer.content.decode()
