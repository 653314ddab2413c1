"""An account is closed and opened, an administrator made and unmade: by another administrator after a proof, told."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.accounts import access
from centers.models import AccountChange, ChangeKind, Session, User
from rcro_portal.models import Notice
from tests import clock
from tests.factories.centers import PASSWORD, administrator, confirmed, coordinator, staff
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_owes_a_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def proved(user: User) -> Client:
    client = logged_in(confirmed(user))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def logged_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def send(client: Client, act: str, user: User, **fields: str) -> int:
    return int(client.post(reverse(f"centers:{act}", args=[user.pk]), fields).status_code)


def test_leaver_is_out_at_once_and_told_why() -> None:
    leaver = coordinator()
    theirs, client = proved(leaver), proved(administrator())
    page = client.get(reverse("centers:account-close", args=[leaver.pk]))
    assert "передайте полномочия" in page.text
    with nothing_changes():
        assert send(client, "account-close", leaver) == 422
    assert send(client, "account-close", leaver, why="Уволилась") == 302
    assert theirs.get("/").status_code == 302
    assert not Session.objects.filter(user=leaver).exists()
    change = AccountChange.objects.get()
    assert (change.kind, change.note) == (ChangeKind.CLOSED, "Уволилась")
    assert Notice.objects.get().email == leaver.email
    with nothing_changes():
        assert send(client, "account-close", leaver, why="Ещё раз") == 409
        assert send(client, "administrator-make", leaver) == 409
    assert send(client, "account-reopen", leaver) == 302
    assert User.objects.get(pk=leaver.pk).is_active
    assert logged_in(leaver).get("/").status_code == 200


def test_administrator_is_made_and_unmade_by_another() -> None:
    by, other = administrator(), staff("methodist")
    client = proved(by)
    assert send(client, "administrator-make", other) == 302
    assert User.objects.get(pk=other.pk).roles == {"methodist", "administrator"}
    with nothing_changes():
        assert send(client, "administrator-make", other) == 409
    assert send(client, "administrator-unmake", other) == 302
    assert User.objects.get(pk=other.pk).roles == {"methodist"}
    kinds = AccountChange.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [ChangeKind.MADE_ADMINISTRATOR, ChangeKind.UNMADE_ADMINISTRATOR]


@pytest.mark.parametrize("act", ["account-close", "administrator-make", "account-reopen", "administrator-unmake"])
def test_nobody_else_does_it_and_nobody_to_themselves(act: str) -> None:
    other, own = coordinator(), administrator()
    people = [coordinator(), *(staff(duty) for duty in ("methodist", "head", "clerk", "director"))]
    with_proof = [proved(user) for user in people]
    administers = proved(own)
    with nothing_changes():
        assert [send(client, act, other, why="Так") for client in with_proof] == [403] * 5
        assert send(administers, act, own, why="Так") == 403


def test_without_a_proof_nothing_is_done() -> None:
    client, other = Client(), coordinator()
    client.force_login(administrator())
    with nothing_changes():
        assert send(client, "administrator-make", other) == 302


def test_of_two_administrators_who_close_each_other_one_remains() -> None:
    """Both pages were open: what the second is was judged before the first one pressed."""
    one, other = administrator(), administrator()
    access.close(user=one, why="Уволился", by=other, at=clock.now())
    for verb in (access.unmake_administrator, access.make_administrator):
        with refused(access.NoLongerAdministrator):
            verb(user=other, by=one, at=clock.now())
    with refused(access.NoLongerAdministrator):
        access.close(user=other, why="Уволился", by=one, at=clock.now())
    with refused(access.NoLongerAdministrator):
        access.reopen(user=one, by=one, at=clock.now())


def test_nobody_lays_down_their_own_powers_in_the_admin() -> None:
    by, other = administrator(), administrator()
    client = proved(by)
    for user, kept in ((by, True), (other, False)):
        client.post(reverse("admin:centers_user_change", args=[user.pk]), {"_save": "Сохранить"})
        user.refresh_from_db()
        assert (user.is_active, user.is_administrator) == (kept, kept)
