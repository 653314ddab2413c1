"""Invitations as verbs: what is in the database, and that a link is good for one account."""

import datetime
import hashlib
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import override_settings

from centers.accounts import invitations
from centers.models import Coordinator, Invitation, Person, User
from centers.people import namesakes
from rcro_portal.lib import post
from rcro_portal.models import Notice
from tests.factories.centers import (
    PASSWORD,
    CoordinatorFactory,
    InvitationFactory,
    PersonFactory,
    StaffPostFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.moments import LONG_AGO, tomsk
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
AT = tomsk(3, 2, 10)
NOBODY_THERE = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 5},
    }
}


def secret() -> str:
    """The secret of the link in the last message."""
    found = re.search(r"/invitations/([^/\s]+)/", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_invitation_keeps_only_the_digest_of_its_secret() -> None:
    person, by = PersonFactory(), administrator()
    invitation = invitations.invite(person=person, email=" New.One@School.example ", by=by, at=AT)
    row = Invitation.objects.get()
    assert row == invitation
    assert (row.person, row.email, row.invited_by) == (person, "new.one@school.example", by)
    assert (row.invited_at, row.expires_at, row.accepted_at) == (AT, AT + datetime.timedelta(days=14), None)
    assert row.secret_digest == hashlib.sha256(secret().encode()).hexdigest()
    assert [message.to for message in mail.outbox] == [["new.one@school.example"]]


def test_second_invitation_ends_the_first() -> None:
    person = PersonFactory()
    first = invitations.invite(person=person, email="one@school.example", by=None, at=AT)
    later = AT + datetime.timedelta(days=1)
    second = invitations.invite(person=person, email="two@school.example", by=None, at=later)
    assert list(Invitation.objects.pending(later)) == [second]
    first.refresh_from_db()
    assert first.expires_at == later


@pytest.mark.parametrize("same", ["person", "email"])
def test_who_is_in_the_portal_is_not_invited(same: str) -> None:
    user = UserFactory()
    person = user.person if same == "person" else PersonFactory()
    email = user.email.upper() if same == "email" else "other@school.example"
    with refused(invitations.AlreadyInPortal):
        invitations.invite(person=person, email=email, by=None, at=AT)
    assert mail.outbox == []


def test_address_that_is_none_invites_nobody() -> None:
    person = PersonFactory()
    with refused(ValidationError):
        invitations.invite(person=person, email="a@b.example, c@d.example", by=None, at=AT)


def test_mail_that_did_not_leave_leaves_no_invitation() -> None:
    person = PersonFactory()
    with override_settings(MAILERS=NOBODY_THERE), refused(post.Unreachable, but=[Notice]):
        invitations.invite(person=person, email="one@school.example", by=None, at=AT)
    # The notice says what was planned, and goes to nobody.
    assert Notice.objects.get().status == "taken_back"


def test_accepted_invitation_is_an_account_with_a_confirmed_address() -> None:
    person = PersonFactory()
    invitations.invite(person=person, email="one@school.example", by=None, at=AT)
    later = AT + datetime.timedelta(days=13)
    user = User.objects.get(pk=invitations.accept(secret=secret(), password=PASSWORD, at=later).pk)
    assert (user.person, user.email, user.is_active, user.is_administrator) == (
        person,
        "one@school.example",
        True,
        False,
    )
    assert user.check_password(PASSWORD)
    assert Invitation.objects.get().accepted_at == later
    addresses = EmailAddress.objects.values_list("user", "email", "verified", "primary")
    assert list(addresses) == [(user.pk, "one@school.example", True, True)]


def test_invited_administrator() -> None:
    invitations.invite(person=PersonFactory(), email="one@school.example", by=None, at=AT, administrator=True)
    assert invitations.accept(secret=secret(), password=PASSWORD, at=AT).is_administrator


def test_link_is_good_once() -> None:
    invitations.invite(person=PersonFactory(), email="one@school.example", by=None, at=AT)
    invitations.accept(secret=secret(), password=PASSWORD, at=AT)
    with refused(invitations.InvitationIsOver):
        invitations.accept(secret=secret(), password=PASSWORD, at=AT)


@pytest.mark.parametrize("days", [14, 15])
def test_link_ends_after_two_weeks(days: int) -> None:
    invitations.invite(person=PersonFactory(), email="one@school.example", by=None, at=AT)
    with refused(invitations.InvitationIsOver):
        invitations.accept(secret=secret(), password=PASSWORD, at=AT + datetime.timedelta(days=days))


@pytest.mark.parametrize("guess", ["", "x", "0" * 64, "п" * 300])
def test_guessed_secret(guess: str) -> None:
    InvitationFactory()
    with refused(invitations.InvitationIsOver):
        invitations.accept(secret=guess, password=PASSWORD, at=AT)


@pytest.mark.parametrize("same", ["person", "email"])
def test_person_or_address_that_got_an_account_meanwhile(same: str) -> None:
    person = PersonFactory()
    invitations.invite(person=person, email="one@school.example", by=None, at=AT)
    UserFactory(**({"person": person} if same == "person" else {"email": "one@school.example"}))
    with refused(invitations.AlreadyInPortal):
        invitations.accept(secret=secret(), password=PASSWORD, at=AT)


def test_roles_follow_from_dated_posts() -> None:
    user, day = UserFactory(), AT.date()
    StaffPostFactory(person=user.person, duty="methodist")
    StaffPostFactory(person=user.person, duty="head", until=day)
    CoordinatorFactory(person=user.person, since=day)
    assert user.roles_on(day) == {"methodist", "head", "coordinator"}
    assert user.roles_on(day + datetime.timedelta(days=1)) == {"methodist", "coordinator"}
    assert user.roles_on(day - datetime.timedelta(days=1)) == {"methodist", "head"}
    assert user.roles_on(LONG_AGO - datetime.timedelta(days=1)) == frozenset()


def test_each_maker_of_users_gives_its_role() -> None:
    day = AT.date()
    assert staff("clerk").roles_on(day) == {"clerk"}
    assert coordinator().roles_on(day) == {"coordinator"}
    assert administrator().roles_on(day) == {"administrator"}


def test_coordinator_of_a_centre_by_date() -> None:
    post_until = CoordinatorFactory(until=AT.date())
    center, next_day = post_until.center, AT.date() + datetime.timedelta(days=1)
    with nothing_changes():
        assert center.coordinator_on(AT.date()) == post_until.person
        assert center.coordinator_on(next_day) is None
    follower = CoordinatorFactory(center=center, since=next_day)
    assert center.coordinator_on(next_day) == follower.person
    assert Coordinator.objects.in_force_on(next_day).count() == 1


# -- Put down -------------------------------------------------------------------------------------------


def test_person_put_down_twice_at_once_is_one_row() -> None:
    """Both forms were judged before either was saved."""
    first, second = (Person(surname="Ёлкина", given_name="Анна", patronymic="", gender="f") for _ in range(2))
    assert namesakes.known_or_new(first) == namesakes.known_or_new(second)
    assert Person.objects.filter(surname="Ёлкина").count() == 1
    other = Person(surname="Ёлкина", given_name="Анна", patronymic="Юрьевна", gender="f")
    assert namesakes.known_or_new(other) != first
