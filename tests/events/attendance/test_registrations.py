"""Who is to come: seats and the waiting list, substitutes, withdrawals, the closing moment; the pages of that."""

import datetime
import re

import pytest
from django.test import Client

from centers.models import Center, Person, User
from events.attendance import registrations, terms
from events.models import Attendance, Event
from tests import clock
from tests.factories.centers import EmploymentFactory, PersonFactory, coordinator, staff
from tests.factories.events import AttendanceFactory, announced
from tests.factories.moments import ANNOUNCED_AT, STARTS_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
CLOSES_AT = STARTS_AT - 24 * HOUR
NEW = {"surname": "Чайкина", "given_name": "Вера", "gender": "f", "post": "методист"}
QUERIES = 7


def comes(event: Event, at: datetime.datetime = ANNOUNCED_AT, **fields: object) -> Attendance:
    """A coordinator registers."""
    user = coordinator(**fields)
    center = Center.objects.coordinated_by(user.person, clock.today()).get()
    return registrations.register(event=event, center=center, person=user.person, by=user, at=at)


def presences(event: Event) -> list[str]:
    return list(event.attendances.order_by("pk").values_list("presence", flat=True))


def withdraw(row: Attendance, at: datetime.datetime = CLOSES_AT, **said: object) -> None:
    row.refresh_from_db()
    registrations.withdraw(row=row, why="Заболела", by=row.marked_by, at=at, **said)


# -- Seats --------------------------------------------------------------------------------------------


def test_whoever_comes_when_the_seats_are_taken_waits_and_moves_up_in_turn() -> None:
    event = announced(seats=1)
    first, second, third = [comes(event, ANNOUNCED_AT + number * HOUR) for number in range(3)]
    assert presences(event) == ["registered", "waiting", "waiting"]
    assert registrations.seats_of(event) == (1, 2, 1)
    withdraw(first)
    assert presences(event) == ["withdrawn", "registered", "waiting"]
    second.refresh_from_db()
    assert (second.registered_at, second.waiting_since) == (CLOSES_AT, None)
    assert [(row.about.split(",")[0], row.became, row.why) for row in event.attendance_changes.order_by("-pk")[:2]] == [
        (second.person.surname_first, "заявлен на участие", registrations.MOVED_UP),
        (first.person.surname_first, "участие отозвано", "Заболела"),
    ]
    withdraw(third)
    assert presences(event) == ["withdrawn", "registered", "withdrawn"]


def test_more_seats_bring_up_those_who_wait_and_fewer_than_are_taken_are_refused() -> None:
    event, methodist = announced(seats=1), staff("methodist")
    for number in range(3):
        comes(event, ANNOUNCED_AT + number * HOUR)
    event.refresh_from_db()
    terms.change(event=event, by=methodist, at=CLOSES_AT, seats=2)
    assert presences(event) == ["registered", "registered", "waiting"]
    with refused(terms.FewerSeats, "Уже заявлено: 2. Мест не может быть меньше."):
        terms.change(event=event, by=methodist, at=CLOSES_AT, seats=1)
    terms.change(event=event, by=methodist, at=CLOSES_AT, seats=None)
    assert presences(event) == ["registered"] * 3


def test_whoever_withdrew_may_come_again_and_stands_last() -> None:
    event = announced(seats=1)
    first, second = comes(event), comes(event, ANNOUNCED_AT + HOUR)
    withdraw(first)
    again = registrations.register(
        event=event, center=first.center, person=first.person, by=first.marked_by, at=CLOSES_AT
    )
    assert (again.pk, again.presence, again.waiting_since) == (first.pk, "waiting", CLOSES_AT)
    second.refresh_from_db()
    assert second.presence == "registered"


# -- The closing moment -------------------------------------------------------------------------------


def test_centres_register_and_withdraw_until_it_closes_and_staff_until_it_begins() -> None:
    event = announced(registration_closes_at=CLOSES_AT)
    row = comes(event, CLOSES_AT - HOUR)
    words = "Приём заявок закрыт 11.03.2026 в 15:00. Позвоните методисту: он может внести изменения."
    with refused(registrations.Closed, words):
        registrations.register(event=event, center=row.center, person=row.person, by=row.marked_by, at=CLOSES_AT)
    with refused(registrations.Closed, words):
        withdraw(row)
    withdraw(row, STARTS_AT - HOUR, by_staff=True)
    with refused(registrations.NotOpen):
        withdraw(row, STARTS_AT, by_staff=True)


def test_second_withdrawal_is_told_so() -> None:
    row = comes(announced())
    withdraw(row)
    with refused(registrations.NotComing):
        withdraw(row)


# -- Substitutes and other people ---------------------------------------------------------------------


def test_substitute_has_the_seat_and_nobody_moves_up() -> None:
    event = announced(seats=1)
    row, waits = comes(event), comes(event, ANNOUNCED_AT + HOUR)
    new = Person(surname="Чайкина", given_name="Вера", gender="f")
    came = registrations.substitute(row=row, person=new, post="методист", by=row.marked_by, at=CLOSES_AT)
    assert (came.presence, came.capacity, came.post) == ("registered", "representative", "методист")
    assert (came.center, came.registered_at) == (row.center, CLOSES_AT)
    row.refresh_from_db()
    waits.refresh_from_db()
    assert (row.presence, waits.presence) == ("withdrawn", "waiting")
    again = registrations.substitute(row=waits, person=PersonFactory(), by=waits.marked_by, at=CLOSES_AT)
    assert (again.presence, again.waiting_since) == ("waiting", ANNOUNCED_AT + HOUR)
    with refused(registrations.OfOthers):
        registrations.substitute(row=came, person=again.person, by=row.marked_by, at=CLOSES_AT)


def test_somebody_of_another_centre_is_not_taken_over() -> None:
    event, user = announced(), coordinator()
    there = comes(event)
    center = Center.objects.coordinated_by(user.person, clock.today()).get()
    said = {"event": event, "center": center, "person": there.person, "by": user, "at": ANNOUNCED_AT}
    with refused(registrations.OfOthers):
        registrations.register(capacity="participant", **said)


# -- Pages --------------------------------------------------------------------------------------------


@pytest.fixture
def event() -> Event:
    return announced(starts_at=clock.now() + 72 * HOUR, topic="Открытая лаборатория", seats=2)


@pytest.fixture
def user() -> User:
    return coordinator(person__surname="Зимина")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(event: Event, **params: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in params.items())
    return f"/events/{event.pk}/registrations/" + (f"?{query}" if query else "")


def new(event: Event) -> str:
    return f"/events/{event.pk}/registrations/new/"


def test_coordinator_registers_several_people_at_once(event: Event, user: User) -> None:
    center = Center.objects.coordinated_by(user.person, clock.today()).get()
    employee = EmploymentFactory(organization=center.organization, person__surname="Котова").person
    client = client_of(user)
    assert "Котова" in client.get(page(event)).content.decode()
    answer = client.post(new(event), {"who": [user.person_id, employee.pk], **NEW}, follow=True).content.decode()
    assert "Заявлены: Зимина" in answer
    assert "Мест нет, в листе ожидания: Чайкина В." in answer
    rows = event.attendances.order_by("pk")
    assert [(row.person.surname, row.capacity, row.post, row.presence) for row in rows] == [
        ("Зимина", "coordinator", "заместитель директора", "registered"),
        ("Котова", "participant", "учитель физики", "registered"),
        ("Чайкина", "participant", "методист", "waiting"),
    ]


def test_registration_that_closes_while_the_form_is_open_says_so_and_keeps_what_was_typed(
    event: Event, user: User
) -> None:
    client = client_of(user)
    assert client.get(page(event)).status_code == 200
    Event.objects.update(registration_closes_at=clock.now())
    answer = client.post(new(event), {**NEW, "given_name": "Вероника"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Приём заявок закрыт" in text
    assert 'value="Чайкина"' in text
    assert 'value="Вероника"' in text
    assert not event.attendances.exists()


def test_empty_form_says_what_is_missing(event: Event, user: User) -> None:
    answer = client_of(user).post(new(event), {})
    assert answer.status_code == 422
    assert "Отметьте, кто участвует, или впишите имя нового человека." in answer.content.decode()


def test_coordinator_reaches_nobody_of_another_centre(event: Event, user: User) -> None:
    """Neither by the key of a row, nor by that of a centre, nor by that of somebody who works there."""
    there = comes(event)
    stranger = EmploymentFactory().person
    client = client_of(user)
    for act in ("withdraw", "substitute"):
        address = f"/events/{event.pk}/registrations/{there.pk}/{act}/"
        assert client.get(address).status_code == client.post(address, {"why": "так"}).status_code == 404
    assert client.get(page(event, center=there.center_id)).status_code == 404
    assert client.post(new(event), {"center": there.center_id, "who": there.person_id}).status_code == 404
    assert client.post(new(event), {"who": stranger.pk}).status_code == 422
    assert there.person.surname not in client.get(page(event)).content.decode()
    assert presences(event) == ["registered"]


def test_coordinator_withdraws_and_substitutes_their_own(event: Event, user: User) -> None:
    client = client_of(user)
    client.post(f"/events/{event.pk}/register/")
    row = event.attendances.get()
    address = f"/events/{event.pk}/registrations/{row.pk}/"
    assert client.post(f"{address}withdraw/", {"why": ""}).status_code == 422
    assert client.post(f"{address}substitute/", NEW).status_code == 302
    assert [(one.person.surname, one.presence) for one in event.attendances.order_by("pk")] == [
        ("Зимина", "withdrawn"),
        ("Чайкина", "registered"),
    ]
    came = event.attendances.get(presence="registered")
    address = f"/events/{event.pk}/registrations/{came.pk}/withdraw/"
    Event.objects.update(registration_closes_at=clock.now())
    late = client.post(address, {"why": "Уехала"})
    assert late.status_code == 409
    assert "Уехала" in late.content.decode()
    Event.objects.update(registration_closes_at=None)
    assert client.post(address, {"why": "Уехала"}).status_code == 302
    came.refresh_from_db()
    assert came.presence == "withdrawn"
    text = client.get(f"/events/{event.pk}/registrations/").text
    assert f"Заявка отозвана: {came.person.surname_first}" in text
    assert ".." not in text


def test_methodist_sees_everybody_by_municipality_in_a_steady_number_of_queries(
    event: Event, django_assert_num_queries: object
) -> None:
    client = client_of(staff("methodist"))
    comes(event, clock.now())
    client.get(page(event))
    with django_assert_num_queries(QUERIES):
        client.get(page(event))
    for number in range(1, 4):
        comes(event, clock.now() + number * HOUR)
    with django_assert_num_queries(QUERIES):
        text = client.get(page(event)).content.decode()
    assert "Заявлено: <strong>2</strong> из 2" in text
    assert sorted(re.findall(r"в листе ожидания, № (\d)", text)) == ["1", "2"]


def test_methodist_registers_for_a_centre_after_it_closed(event: Event) -> None:
    Event.objects.update(registration_closes_at=clock.now())
    there = coordinator()
    center = Center.objects.coordinated_by(there.person, clock.today()).get()
    answer = client_of(staff("methodist")).post(new(event), {"center": center.pk, "who": there.person_id})
    assert (answer.status_code, answer.url) == (302, page(event, center=center.pk))
    assert presences(event) == ["registered"]


def test_link_is_seen_by_staff_and_those_who_come(event: Event, user: User) -> None:
    Event.objects.update(link="https://meet.example.ru/a1")
    address, client = f"/events/{event.pk}/", client_of(user)
    assert "meet.example.ru" in client_of(staff("head")).get(address).content.decode()
    hidden = client.get(address).content.decode()
    assert "meet.example.ru" not in hidden
    assert "Ссылка появится здесь, когда вас заявят." in hidden
    client.post(f"/events/{event.pk}/register/")
    assert "meet.example.ru" in client.get(address).content.decode()
    event.attendances.update(presence="waiting", waiting_since=clock.now())
    assert "meet.example.ru" not in client.get(address).content.decode()


def test_those_who_registered_are_marked_in_the_capacity_in_which_they_did() -> None:
    """Neither coordinators, whom the list of centres shows, nor strangers, nor twice."""
    event, methodist = announced(starts_at=clock.now() - HOUR), staff("methodist")
    center = coordinator().person.coordinated.get().center
    people = {
        name: AttendanceFactory(event=event, center=center, presence=presence, capacity=capacity, waiting_since=since)
        for name, presence, capacity, since in (
            ("own", "registered", "coordinator", None),
            ("substitute", "registered", "representative", None),
            ("waits", "waiting", "participant", clock.now()),
            ("gone", "withdrawn", "participant", None),
        )
    }
    client = client_of(methodist)
    shown = client.get(f"/events/{event.pk}/attendance/").content.decode()
    assert "Заявлены, кроме координаторов" in shown
    sent = {"person": [row.person_id for row in people.values()]}
    assert client.post(f"/events/{event.pk}/attendance/expected/", {}).status_code == 422
    for _ in range(2):
        assert client.post(f"/events/{event.pk}/attendance/expected/", sent).status_code == 302
    rows = event.attendances.present().order_by("pk")
    assert [(row.pk, row.capacity) for row in rows] == [
        (people["substitute"].pk, "representative"),
        (people["waits"].pk, "participant"),
    ]
    assert Event.objects.get().status == "held"
    assert event.attendance_changes.count() == 2
