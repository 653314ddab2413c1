"""Who registered, who was there, who stood in for a coordinator."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from centers.models import Center, Coordinator
from events.attendance import attendance, registrations
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
QUERIES = 9
EARLY = STARTS_AT - datetime.timedelta(seconds=1)


def rows(event: Event) -> list[tuple[object, ...]]:
    found = Attendance.objects.filter(event=event).order_by("center")
    return [(row.center, row.person, row.capacity, row.presence, row.marked_by, row.marked_at) for row in found]


def people_of(*centers: Center) -> dict[Center, object]:
    return {center: PersonFactory() for center in centers}


def test_coordinator_registers_once() -> None:
    event, center = announced(), CenterFactory()
    user = coordinator(center)
    first = registrations.register(event=event, center=center, person=user.person, by=user, at=ANNOUNCED_AT)
    assert rows(event) == [(center, user.person, "coordinator", "registered", user, ANNOUNCED_AT)]
    with nothing_changes():
        again = registrations.register(event=event, center=center, person=user.person, by=user, at=EARLY)
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
    with refused(registrations.NotOpen):
        registrations.register(event=closed, center=center, person=user.person, by=user, at=at)


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
    registrations.register(event=event, center=center, person=user.person, by=user, at=ANNOUNCED_AT)
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


def send(client: Client, event: Event, *ticks: str) -> dict[str, Any]:
    """Presses on one page, as its script sends them."""
    path = f"/events/{event.pk}/attendance/ticks/"
    answer = client.post(path, {"tick": ticks}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return answer.json()


def tick(post: Coordinator, present: bool = True, seen: str = "") -> str:
    return f"{post.center_id}:{present:d}:{seen}"


def test_two_pages_opened_at_once_never_undo_each_other(methodist: Client) -> None:
    event, first, second = announced(), CoordinatorFactory(), CoordinatorFactory()
    other = Client()
    other.force_login(staff("methodist"))
    assert "Отмечено участников: <span data-count>0" in page(methodist, event)
    assert send(methodist, event, tick(first))["count"] == 1
    shown = send(other, event, tick(second))
    assert shown["count"] == 2
    assert [one["present"] for one in shown["marks"].values()] == [True, True]
    assert other.get(f"/events/{event.pk}/attendance/marks/").json()["marks"] == shown["marks"]
    assert figures.count("present_coordinators", {"event": event.pk}).value == 2


def test_all_are_marked_and_the_absent_taken_off_again(methodist: Client) -> None:
    """In one order for all; of several presses on one line the last counts. The page lies by municipality."""
    event, posts = announced(), [CoordinatorFactory(), CoordinatorFactory(), CoordinatorFactory()]
    CenterFactory()
    assert page(methodist, event).count('name="tick"') == 3 * 3
    said = send(methodist, event, *map(tick, posts))
    assert (said["words"], said["count"]) == ("Отмечено центров: 3.", 3)
    assert said["done"] == [[post.center_id, True] for post in posts]
    seen = {post: said["marks"][str(post.center_id)]["seen"] for post in posts}
    away = [tick(post, False, seen[post]) for post in posts[:2]]
    assert send(methodist, event, *away, tick(posts[0], True, seen[posts[0]]))["words"] == (
        f"Отметка снята: {posts[1].person.surname_first}"
    )
    assert page(methodist, event).count('aria-checked="true"') == 2


def test_tick_that_is_sent_again_changes_nothing(methodist: Client) -> None:
    """Its answer was lost on the way."""
    event, post = held(), CoordinatorFactory()
    send(methodist, event, tick(post))
    with nothing_changes():
        assert send(methodist, event, tick(post))["words"] == "Отметки стоят так уже."


def test_late_tick_goes_over_nobody_elses_mark(methodist: Client) -> None:
    """Pressed without a connection, it comes after a colleague has marked and taken the mark off again."""
    event, post, other = held(), CoordinatorFactory(), staff("head")
    attendance.mark(event=event, center=post.center, person=post.person, by=other, at=HELD_AT)
    attendance.unmark(event=event, person=post.person, by=other, at=HELD_AT + HOUR)
    with nothing_changes():
        said = send(methodist, event, tick(post))["words"]
    name = post.person.surname_first
    assert said == f"{name}: эту отметку уже изменил другой человек ({other}) – отсутствует."
    with nothing_changes():
        assert "в списке больше нет" in send(methodist, event, f"{post.center_id + 1}:1:")["words"]


@pytest.mark.parametrize("ticks", [[], ["1"], ["x:1:"], ["1:2:"], ["1:1:<"], ["1:1:"] * 501])
def test_ticks_that_nobody_can_have_sent(ticks: list[str], methodist: Client) -> None:
    event = announced()
    with nothing_changes():
        assert methodist.post(f"/events/{event.pk}/attendance/ticks/", {"tick": ticks}).status_code == 409


def test_page_of_many_centres_asks_no_more_than_of_one(
    methodist: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    event = announced()
    for number in (1, 3):
        for _ in range(number):
            post = CoordinatorFactory()
            attendance.mark_representative(
                event=event, center=post.center, person=PersonFactory(), by=event.planned_by, at=HELD_AT
            )
        page(methodist, event)
        with django_assert_num_queries(QUERIES):
            page(methodist, event)


def test_only_those_who_registered_are_said_to_have(methodist: Client) -> None:
    event, said, silent = announced(), CoordinatorFactory(), CoordinatorFactory()
    registrations.register(event=event, center=said.center, person=said.person, by=event.planned_by, at=ANNOUNCED_AT)
    version = f"registered-coordinator-{ANNOUNCED_AT.timestamp():.6f}"
    assert send(methodist, event, tick(said, seen=version), tick(silent))["count"] == 2
    assert page(methodist, event).count(">заявлен<") == 1


def test_representative_can_be_taken_off(methodist: Client) -> None:
    event, center, person = held(), CenterFactory(), PersonFactory(surname="Чайкина")
    attendance.mark_representative(event=event, center=center, person=person, by=event.planned_by, at=HELD_AT)
    assert "Чайкина" in page(methodist, event)
    methodist.post(f"/events/{event.pk}/attendance/unmark/", {"person": person.pk}, follow=True)
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
    answer = methodist.post(f"/events/{event.pk}/attendance/ticks/", {"tick": tick(post)}, follow=True)
    assert answer.redirect_chain == [(f"/events/{event.pk}/attendance/", 302)]
    assert "Участвует: " in answer.content.decode()


def test_representative_of_a_centre_is_named_in_its_line(methodist: Client) -> None:
    event, post = held(), CoordinatorFactory()
    asked = methodist.get(f"/events/{event.pk}/attendance/?center={post.center_id}").content.decode()
    assert re.search(rf'name="center" value="{post.center_id}"\s+checked', asked)
    person = PersonFactory(surname="Чайкина")
    attendance.mark_representative(event=event, center=post.center, person=person, by=event.planned_by, at=HELD_AT)
    assert "представитель: <span>Чайкина" in page(methodist, event)
