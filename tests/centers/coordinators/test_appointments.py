"""Coordinators by days: appointed, handed over, ended and taken back; the persons are told of each."""

import datetime

import pytest

from centers.coordinators import appointments
from centers.models import Center, Coordinator, Invitation, Person, User
from rcro_portal.lib.notices import telling
from rcro_portal.lib.records import Moved
from rcro_portal.models import Notice
from tests import clock
from tests.factories.centers import (
    CenterFactory,
    CoordinatorFactory,
    PersonFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.moments import LONG_AGO
from tests.untouched import refused

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def terms(center: Center) -> list[tuple[Person, datetime.date, datetime.date | None]]:
    return [(post.person, post.since, post.until) for post in center.coordinators.order_by("since", "pk")]


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.standing().values_list("reason", "email"))


def roles(user: User, day: datetime.date) -> frozenset[str]:
    return User.objects.get(pk=user.pk).roles_on(day)


def test_hand_over_ends_one_post_and_begins_the_next() -> None:
    center, by, today = CenterFactory(), staff("methodist"), clock.today()
    former, successor = coordinator(center), UserFactory()
    appointments.hand_over(center=center, to=successor.person, on=today, by=by, at=clock.now(), title="завуч")
    assert terms(center) == [(former.person, LONG_AGO, today - DAY), (successor.person, today, None)]
    assert (roles(former, today), roles(successor, today)) == (frozenset(), {"coordinator"})
    assert roles(former, today - DAY) == {"coordinator"}
    assert told() == [("coordinator_appointed", successor.email), ("coordinator_released", former.email)]


def test_both_are_told_in_words_that_fit(mailoutbox: list) -> None:
    center = CenterFactory(organization__short_name="Лицей № 3")
    former, successor = coordinator(center).person, PersonFactory(surname="Шубина", given_name="Вера", patronymic="")
    appointments.hand_over(center=center, to=successor, on=clock.today(), by=staff("methodist"), at=clock.now())
    telling.tell_due(now=clock.now())
    said = {message.to[0]: message.body.replace("\u00a0", " ") for message in mailoutbox}
    assert "действуют по 26 ноября 2026 года включительно. Дальше центр ведёт Шубина Вера." in said[former.email]
    assert "С 27 ноября 2026 года Вы координатор центра: Лицей № 3." in said[successor.email]


def test_nothing_happens_before_the_day() -> None:
    center, by, day = CenterFactory(), staff("methodist"), clock.today() + 10 * DAY
    former, successor = coordinator(center), UserFactory()
    appointments.hand_over(center=center, to=successor.person, on=day, by=by, at=clock.now())
    assert [roles(one, day - DAY) for one in (former, successor)] == [{"coordinator"}, frozenset()]
    assert [roles(one, day) for one in (former, successor)] == [frozenset(), {"coordinator"}]


def test_hand_over_wants_somebody_to_hand_over() -> None:
    center, by, today, at = CenterFactory(), staff("methodist"), clock.today(), clock.now()
    other = PersonFactory()
    with refused(appointments.NobodyToFollow):
        appointments.hand_over(center=center, to=other, on=today, by=by, at=at)
    post = CoordinatorFactory(center=center)
    with refused(appointments.TheSamePerson):
        appointments.hand_over(center=center, to=post.person, on=today, by=by, at=at)
    with refused(appointments.Occupied):
        appointments.appoint(center=center, person=other, since=today, by=by, at=at)
    appointments.hand_over(center=center, to=other, on=today + 9 * DAY, by=by, at=at)
    with refused(appointments.Occupied):
        appointments.hand_over(center=center, to=other, on=today, by=by, at=at)


def test_post_is_ended_once() -> None:
    post, by, today = CoordinatorFactory(), staff("methodist"), clock.today()
    with refused(appointments.NotYet):
        appointments.end(post=post, last=LONG_AGO - DAY, by=by, at=clock.now())
    stale = Coordinator.objects.get(pk=post.pk)
    appointments.end(post=post, last=today, by=by, at=clock.now(), why="Уволилась")
    with refused(Moved):
        appointments.end(post=stale, last=today - DAY, by=by, at=clock.now())
    assert terms(post.center) == [(post.person, LONG_AGO, today)]
    appointments.appoint(center=post.center, person=PersonFactory(), since=today + DAY, by=by, at=clock.now())


def test_appointment_is_taken_back_before_its_day() -> None:
    center, by, today, at = CenterFactory(), staff("methodist"), clock.today(), clock.now()
    former, successor = coordinator(center), PersonFactory()
    post = appointments.hand_over(center=center, to=successor, on=today + DAY, by=by, at=at)
    appointments.take_back(post=post, by=by, at=at)
    assert terms(center) == [(former.person, LONG_AGO, None)]
    assert told() == [("coordinator_reinstated", former.email)]
    begun = Coordinator.objects.get()
    with refused(appointments.BegunAlready):
        appointments.take_back(post=begun, by=by, at=at)


def test_what_was_mailed_already_is_mended_by_mail(mailoutbox: list) -> None:
    center, by, at = CenterFactory(), staff("methodist"), clock.now()
    former, successor = coordinator(center), PersonFactory()
    post = appointments.hand_over(center=center, to=successor, on=clock.today() + DAY, by=by, at=at)
    telling.tell_due(now=at)
    appointments.take_back(post=post, by=by, at=at)
    telling.tell_due(now=at)
    mended = [(message.to[0], message.subject.partition(" РВЦИ")[0]) for message in mailoutbox[2:]]
    assert sorted(mended) == sorted(
        [(former.email, "Вы остаётесь координатором"), (successor.email, "Назначение координатором")]
    )
    assert not Invitation.objects.exists()


def test_colleague_is_made_a_coordinator_by_the_administrator_alone() -> None:
    colleague, methodist = staff("clerk").person, staff("methodist")
    assert "администратор" in appointments.may_be(colleague, methodist)
    assert appointments.may_be(colleague, administrator()) == ""
    assert appointments.may_be(PersonFactory(), methodist) == ""


def test_who_had_left_before_is_not_brought_back() -> None:
    """Their end was an act of its own: the taking back of the next appointment gives nobody an office again."""
    post, by, today, at = CoordinatorFactory(), staff("methodist"), clock.today(), clock.now()
    appointments.end(post=post, last=today, by=by, at=at)
    following = appointments.appoint(center=post.center, person=PersonFactory(), since=today + DAY, by=by, at=at)
    appointments.take_back(post=following, by=by, at=at)
    assert terms(post.center) == [(post.person, LONG_AGO, today)]


def test_first_of_two_to_come_is_taken_back() -> None:
    center, by, today, at = CenterFactory(), staff("methodist"), clock.today(), clock.now()
    first = appointments.appoint(center=center, person=PersonFactory(), since=today + DAY, by=by, at=at)
    second = appointments.hand_over(center=center, to=PersonFactory(), on=today + 9 * DAY, by=by, at=at)
    appointments.take_back(post=first, by=by, at=at)
    appointments.take_back(post=Coordinator.objects.get(pk=second.pk), by=by, at=at)
    assert terms(center) == []


def test_who_stays_stays_as_long_as_before() -> None:
    center, by, today, at = CenterFactory(), staff("methodist"), clock.today(), clock.now()
    former = CoordinatorFactory(center=center, until=today + 90 * DAY)
    post = appointments.hand_over(center=center, to=PersonFactory(), on=today + DAY, by=by, at=at)
    appointments.take_back(post=post, by=by, at=at)
    assert terms(center) == [(former.person, LONG_AGO, today + 90 * DAY)]
