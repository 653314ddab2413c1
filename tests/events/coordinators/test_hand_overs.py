"""Registrations for coming events follow the coordinator of the centre; what it owes stays the centre's."""

import datetime
from typing import Any

import pytest

from centers.models import Coordinator, Invitation, Person
from events.attendance import registrations
from events.coordinators import hand_overs
from events.models import Attendance, Commitment, Event
from rcro_portal.lib.notices import telling
from tests import clock
from tests.factories.centers import CenterFactory, PersonFactory, UserFactory, coordinator, staff
from tests.factories.events import AttendanceFactory, CommitmentFactory, announced
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def registered(event: Event) -> list[Person]:
    return [row.person for row in event.attendances.registered().order_by("pk")]


def coming(days: int, **fields: Any) -> Event:
    return announced(starts_at=clock.now() + days * DAY, **fields)


def handed(center: Any, on: datetime.date, **said: Any) -> Coordinator:
    said = {"to": PersonFactory(), "by": staff("methodist"), "at": clock.now(), **said}
    return hand_overs.hand_over(center=center, on=on, **said)


@pytest.mark.any_moment
def test_registration_moves_and_debts_stay() -> None:
    center, event, at = CenterFactory(), coming(3), clock.now()
    former = coordinator(center)
    registrations.register(event=event, center=center, person=former.person, by=former, at=at)
    owed = CommitmentFactory(center=center)
    successor = UserFactory()
    handed(center, clock.today(), to=successor.person)
    assert registered(event) == [successor.person]
    change = event.attendance_changes.latest("pk")
    assert (change.why, change.about.partition(",")[0]) == (hand_overs.WHY, successor.person.surname_first)
    day = clock.today()
    assert list(Commitment.objects.visible_to(successor, day)) == [owed]
    assert not Commitment.objects.visible_to(former, day).exists()


@pytest.mark.any_moment
def test_place_in_the_waiting_list_moves_and_a_seat_that_becomes_free_is_the_next_ones() -> None:
    center, event, at = CenterFactory(), coming(3, seats=1), clock.now()
    former, others = coordinator(center), [coordinator() for _ in range(2)]
    for number, user in enumerate((former, *others)):
        here = center if user == former else CenterFactory()
        said = {"event": event, "center": here, "person": user.person, "by": user}
        registrations.register(at=at + number * datetime.timedelta(minutes=1), **said)
    # Whoever takes over waits already: their own turn stays, the former one's seat goes to the first.
    handed(center, clock.today(), to=others[1].person)
    found = event.attendances.order_by("pk").values_list("person", "presence")
    assert list(found) == [
        (former.person_id, "absent"),
        (others[0].person_id, "registered"),
        (others[1].person_id, "waiting"),
    ]


@pytest.mark.any_moment
def test_registration_waits_for_the_first_day() -> None:
    center, at = CenterFactory(), clock.now()
    sooner, later = coming(2), coming(9)
    former = coordinator(center)
    for event in (sooner, later):
        registrations.register(event=event, center=center, person=former.person, by=former, at=at)
    post = handed(center, clock.today() + 5 * DAY)
    assert (registered(sooner), registered(later)) == ([former.person], [former.person])
    assert hand_overs.settle(at=at + 5 * DAY) == 1
    assert (registered(sooner), registered(later)) == ([former.person], [post.person])
    with nothing_changes():
        assert hand_overs.settle(at=at + 5 * DAY) == 0


def test_successor_who_registered_already_is_there_once() -> None:
    center, event = CenterFactory(), coming(3)
    former, successor = coordinator(center).person, PersonFactory()
    AttendanceFactory(event=event, center=center, person=former, presence="registered")
    AttendanceFactory(event=event, center=None, person=successor, capacity="guest", presence="registered")
    handed(center, clock.today(), to=successor)
    assert registered(event) == [successor]
    assert Attendance.objects.filter(event=event).count() == 2


def test_whoever_stays_elsewhere_keeps_that_registration() -> None:
    """One person coordinates two centres and gives one of them away."""
    kept, given, event = CenterFactory(), CenterFactory(), coming(3)
    person = coordinator(kept).person
    Coordinator.objects.create(center=given, person=person, since=clock.today() - 99 * DAY)
    AttendanceFactory(event=event, center=kept, person=person, presence="registered")
    handed(given, clock.today())
    assert registered(event) == [person]


def test_successor_is_invited_in_the_same_step(mailoutbox: list) -> None:
    center, day, at = CenterFactory(), clock.today() + 20 * DAY, clock.now()
    coordinator(center)
    post = handed(center, day, invite_at="shubina@school.example")
    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.makes_administrator) == (post.person, False)
    telling.tell_due(now=at)
    assert "Приглашение" not in "".join(message.subject for message in mailoutbox)
    morning = datetime.datetime.combine(day, datetime.time(9), tzinfo=at.tzinfo)
    telling.tell_due(now=morning)
    assert mailoutbox[-1].to == ["shubina@school.example"]
    assert invitation.expires_at > morning + 13 * DAY


def test_centre_without_a_coordinator_gets_one_and_the_registrations_left() -> None:
    center, event = CenterFactory(), coming(3)
    former = coordinator(center)
    AttendanceFactory(event=event, center=center, person=former.person, presence="registered")
    Coordinator.objects.update(until=clock.today() - DAY)
    assert hand_overs.settle(at=clock.now()) == 0
    post = hand_overs.appoint(
        center=center, since=clock.today(), person=PersonFactory(), by=staff("methodist"), at=clock.now()
    )
    assert registered(event) == [post.person]
