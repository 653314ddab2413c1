"""Another address to log in with: asked by an administrator, confirmed at the new one, told to the old one."""

import datetime
import importlib
import io
import re
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.accounts import addresses, notices
from centers.models import AccountChange, AddressChange, User
from rcro_portal.lib import post
from rcro_portal.lib.notices import planning
from rcro_portal.models import Notice
from tests import clock
from tests.factories.centers import PASSWORD, UserFactory, administrator, confirmed, coordinator
from tests.untouched import refused

pytestmark = pytest.mark.django_db
NEW = "new.one@school.example"


@pytest.fixture(autouse=True)
def nobody_owes_a_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def user() -> User:
    return confirmed(coordinator())


def secret() -> str:
    found = re.search(r"/address/([^/\s]+)/confirm/", str(mail.outbox[-1].body))
    assert found
    return found[1]


def logged_in(email: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/access/").status_code == 200


def told() -> list[tuple[str, str]]:
    kinds = {planning.name_of(change): change.kind for change in AccountChange.objects.all()}
    rows = Notice.objects.filter(reason=notices.ACCOUNT.key).order_by("pk")
    return [(kinds[row.about], row.email) for row in rows]


def test_address_is_changed_by_administrator_and_link(user: User) -> None:
    old, there, by = user.email, logged_in(user.email), confirmed(administrator())
    client, path = logged_in(by.email), reverse("centers:account-address", args=[user.pk])
    assert client.post(path, {"email": NEW}).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not AddressChange.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "Прежний адрес предупреждён" in client.post(path, {"email": "New.One@school.example "}, follow=True).text
    assert told() == [("address_asked", old)]
    assert mail.outbox[-1].to == [NEW]

    link = reverse("centers:address-confirm", args=[secret()])
    assert NEW in there.get(link).text
    user.refresh_from_db()
    assert (user.email, is_in(there)) == (old, True), "opening the link changes nothing"
    assert there.post(link).headers["Location"] == reverse("account_login")
    user.refresh_from_db()
    user.person.refresh_from_db()
    assert (user.email, user.person.email) == (NEW, NEW)
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]
    assert told()[1:] == [("address", address) for address in sorted([NEW, old])]
    assert [is_in(there), is_in(logged_in(old)), is_in(logged_in(NEW))] == [False, False, True]
    assert Client().post(link).status_code == 409


def test_contact_address_of_ones_own_stays(user: User) -> None:
    user.person.email = "at.home@school.example"
    user.person.save(update_fields=["email"])
    addresses.ask(user=user, email=NEW, by=None, at=clock.now())
    addresses.confirm(secret=secret(), at=clock.now())
    user.person.refresh_from_db()
    assert user.person.email == "at.home@school.example"


def test_administrator_does_not_change_their_own() -> None:
    by = confirmed(administrator())
    client = logged_in(by.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("centers:account-address", args=[by.pk]), {"email": NEW}).status_code == 403


def test_change_that_waits_is_stopped(user: User) -> None:
    by = administrator()
    addresses.ask(user=user, email=NEW, by=by, at=clock.now())
    addresses.stop(user=user, by=by, at=clock.now())
    with refused(addresses.ChangeIsOver):
        addresses.confirm(secret=secret(), at=clock.now())
    with refused(addresses.ChangeIsOver):
        addresses.stop(user=user, by=by, at=clock.now())
    assert told() == [("address_asked", user.email), ("address_stopped", user.email)]


def test_second_change_ends_the_first(user: User) -> None:
    addresses.ask(user=user, email=NEW, by=None, at=clock.now())
    first = secret()
    addresses.ask(user=user, email="other@school.example", by=None, at=clock.now())
    with refused(addresses.ChangeIsOver):
        addresses.confirm(secret=first, at=clock.now())
    assert addresses.confirm(secret=secret(), at=clock.now()).email == "other@school.example"


def test_link_ends_after_three_days(user: User) -> None:
    addresses.ask(user=user, email=NEW, by=None, at=clock.now())
    with refused(addresses.ChangeIsOver):
        addresses.confirm(secret=secret(), at=clock.now() + datetime.timedelta(days=3))


def test_address_of_another_account_is_refused(user: User) -> None:
    taken = UserFactory().email.upper()
    with refused(addresses.AddressIsTaken):
        addresses.ask(user=user, email=taken, by=None, at=clock.now())


def test_address_that_got_an_account_meanwhile_is_refused(user: User) -> None:
    addresses.ask(user=user, email=NEW, by=None, at=clock.now())
    UserFactory(email=NEW)
    with refused(addresses.AddressIsTaken):
        addresses.confirm(secret=secret(), at=clock.now())


def test_mail_that_did_not_leave_leaves_no_change_waiting(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise post.NotNow("сервер не отвечает")

    monkeypatch.setattr(post, "send", away)
    with pytest.raises(post.NotNow):
        addresses.ask(user=user, email=NEW, by=administrator(), at=clock.now())
    assert not AddressChange.objects.pending(clock.now()).exists()
    assert told() == [("address_asked", user.email), ("address_stopped", user.email)]


def test_address_beside_the_accounts_own_is_found(user: User) -> None:
    assert list(addresses.astray()) == []
    EmailAddress.objects.create(user=user, email="thief@school.example", verified=True, primary=False)
    assert list(addresses.astray()) == [f"{user}: кроме {user.email} войти можно и с адресом thief@school.example."]


def test_second_addresses_go_when_the_portal_is_brought_up_to_date(user: User) -> None:
    EmailAddress.objects.create(user=user, email="thief@school.example", verified=True, primary=False)
    migration = importlib.import_module("centers.migrations.0008_account_changes")
    migration.one_address_each(apps, SimpleNamespace(connection=connection))
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [user.email]


def test_command_of_the_server(user: User) -> None:
    out = io.StringIO()
    call_command("change_address", user.email.upper(), NEW, stdout=out)
    assert out.getvalue() == f"Ссылка отправлена на {NEW}; она действует три дня.\n"
    assert addresses.confirm(secret=secret(), at=clock.now()).email == NEW
    for old, new in (("nobody@school.example", "x@y.example"), (NEW, "nothing"), (NEW, NEW)):
        with pytest.raises(CommandError):
            call_command("change_address", old, new, stdout=out)


def test_log_in_that_was_begun_by_the_old_address_ends_nowhere(user: User) -> None:
    """The mailbox may be another's by now: its code was asked for before the change and is typed after it."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    addresses.ask(user=user, email=NEW, by=administrator(), at=clock.now())
    addresses.confirm(secret=secret(), at=clock.now())
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[1]}, follow=True)
    assert (is_in(client), "Войдите заново" in answer.text) == (False, True)
    assert list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)) == [NEW]
    assert is_in(logged_in(NEW))
