"""Two rows become one: everything follows, nobody gains a right, and it can be undone while nothing has changed."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from centers import powers
from centers.accounts import invitations
from centers.models import Coordinator, Person, PersonMerge, StaffPost, User
from centers.people import merging, namesakes
from events.models import Attendance
from rcro_portal.lib.records import Moved
from reports.operations.append_only_triggers import WRITTEN_ONCE
from tests import clock
from tests.factories.centers import (
    CoordinatorFactory,
    InvitationFactory,
    PersonFactory,
    StaffPostFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.events import AttendanceFactory, TalkFactory
from tests.factories.moments import LONG_AGO
from tests.factories.reports import SigningAuthorityFactory
from tests.untouched import everything, nothing_changes, refused

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def doubles(**fields: Any) -> tuple[Person, Person]:
    """Of one name, each with a telephone of its own."""
    same = {"surname": "Шубина", "given_name": "Вера", "patronymic": "Игоревна", **fields}
    return PersonFactory(**same, phone="+73822000001"), PersonFactory(**same, phone="+73822000002")


def merge(kept: Person, gone: Person, by: User | None = None, **chosen: Any) -> PersonMerge:
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    return merging.merge(kept=kept, gone=gone, chosen=chosen, by=by or staff("methodist"), at=clock.now())


def test_everything_follows_the_row_that_stays() -> None:
    kept, gone = doubles()
    talk, seat = TalkFactory(speaker=gone), AttendanceFactory(person=gone)
    post = CoordinatorFactory(person=gone)
    merge(kept, gone, email="new@school.example", phone=gone.phone)
    for row, name in ((talk, "speaker"), (seat, "person"), (post, "person")):
        row.refresh_from_db()
        assert getattr(row, name) == kept
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.email, kept.phone) == ("new@school.example", "+73822000002")
    assert gone.archive_reason == "объединён с записью «Шубина Вера Игоревна»"
    assert list(Person.objects.kept().filter(surname="Шубина")) == [kept]


def test_undone_merge_leaves_no_trace_but_its_own() -> None:
    kept, gone = doubles()
    by = staff("methodist")
    TalkFactory(speaker=gone), AttendanceFactory(person=kept), AttendanceFactory(person=gone)
    before = everything(but=[PersonMerge])
    merging.undo(merge=merge(kept, gone, by, phone=gone.phone), by=by, at=clock.now())
    assert everything(but=[PersonMerge]) == before
    done = PersonMerge.objects.get()
    assert (done.undone_by, done.undone_at) == (by, clock.now())
    with refused(merging.ChangedSince):
        merging.undo(merge=done, by=by, at=clock.now())


@pytest.mark.parametrize("change", ["the card", "what came along", "another merge"])
def test_what_changed_since_is_not_undone(change: str) -> None:
    kept, gone = doubles()
    by, seat = staff("methodist"), AttendanceFactory(person=gone)
    other = PersonFactory()
    done = merge(kept, gone, by)
    if change == "the card":
        Person.objects.filter(pk=kept.pk).update(phone="+73822000009")
    elif change == "what came along":
        Attendance.objects.filter(pk=seat.pk).update(person=other)
    else:
        merge(other, kept, by)
    done = PersonMerge.objects.get(pk=done.pk)
    with refused(merging.NotTwo if change == "another merge" else merging.ChangedSince):
        merging.undo(merge=done, by=by, at=clock.now())


def test_both_at_one_event_is_said_in_words() -> None:
    kept, gone = doubles()
    seat = AttendanceFactory(person=gone, event__topic="Открытая лаборатория")
    AttendanceFactory(person=kept, event=seat.event)
    by = staff("methodist")
    with nothing_changes(), pytest.raises(merging.Collides) as caught:
        merge(kept, gone, by)
    assert "Обе записи уже есть здесь: участие – «" in str(caught.value)
    assert "Открытая лаборатория" in str(caught.value)


def test_stale_page_merges_nothing() -> None:
    kept, gone = doubles()
    by = staff("methodist")
    Person.objects.filter(pk=gone.pk).update(email="other@school.example")
    with refused(Moved):
        merging.merge(kept=kept, gone=gone, chosen={}, by=by, at=clock.now())
    merge(kept, gone, by)
    with refused(merging.NotTwo):
        merge(kept, gone, by)


# -- Nobody gains a right ------------------------------------------------------------------------------------------


def _account(person: Person) -> None:
    UserFactory(person=person)


def _invited(person: Person) -> None:
    now = clock.now()
    InvitationFactory(person=person, invited_at=now - DAY, expires_at=now + DAY)


POWERS = {
    "a post": lambda person: StaffPostFactory(person=person, duty="director"),
    "a post to come": lambda person: StaffPostFactory(person=person, duty="director", since=clock.today() + 9 * DAY),
    "an authority": lambda person: SigningAuthorityFactory(person=person),
    "a centre": lambda person: CoordinatorFactory(person=person),
}


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("way_in", [_account, _invited], ids=["account", "invitation"])
@pytest.mark.parametrize("turned", [False, True], ids=["kept", "gone"])
def test_no_account_meets_rights_by_a_merge(power: str, way_in: Any, turned: bool) -> None:
    one, other = doubles()
    way_in(one)
    POWERS[power](other)
    by = administrator()
    with refused(merging.GivesRights):
        merge(other, one, by) if turned else merge(one, other, by)


@pytest.mark.parametrize("turned", [False, True], ids=["kept", "gone"])
def test_methodist_merges_nobody_who_has_an_account_or_a_power(turned: bool) -> None:
    by = staff("methodist")
    for give in (_account, POWERS["an authority"], lambda person: StaffPostFactory(person=person, until=LONG_AGO)):
        one, other = doubles()
        give(one)
        with nothing_changes(), pytest.raises(PermissionDenied, match="ведёт администратор"):
            merge(other, one, by) if turned else merge(one, other, by)


def test_administrator_merges_an_account_with_what_is_over() -> None:
    user, by = coordinator(), administrator()
    roles = user.roles_on(clock.today())
    double = PersonFactory(surname=user.person.surname)
    CoordinatorFactory(person=double, until=clock.today() - DAY)
    merge(double, user.person, by)
    user = User.objects.get(pk=user.pk)
    assert (user.person, user.roles_on(clock.today())) == (double, roles)
    assert Coordinator.objects.filter(person=double).count() == 2
    assert not StaffPost.objects.filter(person=double).exists()


def test_two_accounts_stay_two() -> None:
    one, other = doubles()
    _account(one)
    _account(other)
    by = administrator()
    with refused(merging.TwoAccounts):
        merge(one, other, by)


def test_row_in_the_archive_is_invited_nowhere() -> None:
    kept, gone = doubles()
    merge(kept, gone)
    gone.refresh_from_db()
    with refused(invitations.InTheArchive):
        invitations.prepare(person=gone, email="x@school.example", by=None, at=clock.now())


def test_known_name_leads_to_the_row_that_stays() -> None:
    kept, gone = doubles(given_name="Вероника")
    merge(kept, gone, given_name="Вера")
    named = Person(surname="Шубина", given_name="Вероника", patronymic="Игоревна", gender="f")
    assert namesakes.known_or_new(named) == kept
    Person.objects.filter(pk=kept.pk).update(archived_at=clock.now())
    assert not namesakes.known_or_new(named).is_archived


def test_every_relation_follows_or_says_that_it_stays() -> None:
    """What the database keeps from changing cannot follow: such a model must say so itself."""
    stays = {one.model for one in powers.relations()} - {one.model for one in merging.relations()}
    assert stays == {one.model for one in powers.relations() if one.model in WRITTEN_ONCE} | {
        model for model in stays if model._meta.app_label == "centers"
    }
    assert {one.model._meta.label for one in powers.relations()} >= {"events.Talk", "reports.Letter", "centers.User"}
