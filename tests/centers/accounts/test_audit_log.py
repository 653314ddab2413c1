"""What is changed about an account leaves a row and tells its owner, whoever changed it on whichever page."""

import datetime
import io
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.accounts import audit_log, notices
from centers.models import AccountChange, ChangeKind, Session, User
from rcro_portal.lib import post
from rcro_portal.lib.notices import mail_fault, planning, telling
from rcro_portal.models import Notice
from tests import clock
from tests.factories.centers import PASSWORD, administrator, confirmed, coordinator

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "черёмуха за огородами"


@pytest.fixture(autouse=True)
def nobody_owes_a_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def user() -> User:
    return confirmed(coordinator())


def logged_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def proved(client: Client) -> Client:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def told() -> list[tuple[str, str]]:
    """Kind and address of every notice, the oldest first."""
    kinds = {planning.name_of(change): change.kind for change in AccountChange.objects.all()}
    rows = Notice.objects.filter(reason=notices.ACCOUNT.key).order_by("pk")
    return [(kinds[row.about], row.email) for row in rows]


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_open_session_adds_no_address(user: User) -> None:
    """allauth's page of addresses, by which an account could be taken along, is not there."""
    client = proved(logged_in(user))
    for answer in (
        client.get("/accounts/email/"),
        client.post("/accounts/email/", {"action_add": "", "email": "a@b.example"}),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/access/")
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [user.email]
    assert reverse("account_email") == "/accounts/email/"


def test_changed_password_is_told(user: User) -> None:
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    logged_in(user).post(reverse("account_change_password"), typed)
    assert told() == [("password", user.email)]
    assert AccountChange.objects.get().by == user


def test_the_admin_has_no_page_of_its_own_for_passwords() -> None:
    client = logged_in(confirmed(administrator()))
    assert client.get("/admin/password_change/").headers["Location"] == reverse("account_change_password")


def test_password_set_anew_by_a_link_is_told(user: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = next(word for word in str(mail.outbox[-1].body).split() if "/password/reset/key/" in word)
    page = client.get(link.replace("http://testserver", ""), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert told() == [("password_reset", user.email)]


def test_second_factor_is_told_on_and_off_and_its_codes(user: User, django_capture_on_commit_callbacks: Any) -> None:
    client = proved(logged_in(user))
    page = client.get(reverse("mfa_activate_totp"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
        client.post(reverse("mfa_generate_recovery_codes"), {})
        client.post(reverse("mfa_deactivate_totp"), {})
    assert sorted(told()) == [("codes", user.email), ("factor_off", user.email), ("factor_on", user.email)]
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"],
)
def test_an_open_session_does_not_touch_the_second_factor(user: User, name: str) -> None:
    """Nor does the password, which a browser may remember: the code is asked for."""
    client = logged_in(user)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    for answer in (client.get(reverse(name)), client.post(reverse(name), {}), proved(client).get(reverse(name))):
        assert answer.headers.get("Location", "").startswith(reverse("mfa_reauthenticate")) or answer.status_code == 405
    assert Authenticator.objects.filter(user=user).count() == 2


def test_administrator_ends_sessions_and_resets_a_factor_after_a_proof(user: User) -> None:
    there, by = logged_in(user), confirmed(administrator())
    TOTP.activate(user, generate_totp_secret())
    client = logged_in(by)
    end, reset = (reverse(f"centers:account-{act}", args=[user.pk]) for act in ("end-sessions", "reset-factor"))
    assert client.post(end).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Session.objects.filter(user=user).exists()
    proved(client)
    assert "Все сеансы завершены" in client.post(end, follow=True).text
    assert there.get("/access/").status_code == 302
    assert "Второй фактор сброшен" in client.post(reset, follow=True).text
    assert client.post(reset).status_code == 409
    assert told() == [("sessions", user.email), ("factor_reset", user.email)]
    assert set(AccountChange.objects.values_list("by", flat=True)) == {by.pk}


def test_administrator_does_not_reset_their_own_factor(user: User) -> None:
    by = confirmed(administrator())
    client = proved(logged_in(by))
    TOTP.activate(by, generate_totp_secret())
    assert client.post(reverse("centers:account-reset-factor", args=[by.pk])).status_code == 403
    assert Authenticator.objects.count() == 1


def test_closed_account_is_out_at_once_and_told(user: User) -> None:
    logged_in(user)
    client = logged_in(confirmed(administrator()))
    path = reverse("admin:centers_user_change", args=[user.pk])
    page = client.get(path)
    seen = page.context["adminform"].form["seen"].value()
    closed = {"is_administrator": "on", "seen": seen}
    assert client.post(path, closed).headers["Location"].startswith(reverse("account_reauthenticate"))
    user.refresh_from_db()
    assert (user.is_active, user.is_administrator) == (True, False)
    proved(client).post(path, closed)
    user.refresh_from_db()
    assert (user.is_active, user.is_administrator) == (False, True)
    assert not Session.objects.filter(user=user).exists()
    assert sorted(told()) == [("administrator", user.email), ("closed", user.email)]


# -- The notice -----------------------------------------------------------------------------------


def changed(user: User) -> Notice:
    audit_log.record(user=user, kind=ChangeKind.FACTOR_OFF, by=user, at=clock.now())
    return Notice.objects.get()


def test_notice_is_sent_once_and_says_what_to_do(user: User) -> None:
    notice = changed(user)
    assert (telling.tell_due(now=clock.now()), telling.tell_due(now=clock.now())) == (1, 0)
    message = mail.outbox[0]
    assert (message.to, message.subject) == ([user.email], "Второй фактор отключён – портал сети РВЦИ")
    assert "задайте новый пароль по ссылке ниже" in str(message.body)
    assert "/accounts/password/reset/" in str(message.body)
    notice.refresh_from_db()
    assert (notice.sent_at, notice.attempts) == (clock.now(), 1)
    assert f"отправлено на {user.email}" in logged_in(user).get("/access/").text


def test_notice_of_a_closed_account_offers_no_password(user: User) -> None:
    audit_log.record(user=user, kind=ChangeKind.CLOSED, by=administrator(), at=clock.now())
    assert telling.tell_due(now=clock.now()) == 1
    text = str(mail.outbox[0].body)
    assert ("войти уже нельзя" in text, "/accounts/password/reset/" in text) == (True, False)


def test_notice_waits_for_the_mail_server(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    notice, now = changed(user), clock.now()

    def away(**_: Any) -> None:
        raise post.NotNow("сервер не отвечает")

    with monkeypatch.context() as patched:
        patched.setattr(post, "send", away)
        assert telling.tell_due(now=now) == 0
    notice.refresh_from_db()
    assert (notice.status, notice.error, notice.send_after) == ("queued", "сервер не отвечает", now + telling.WAITS[0])
    assert telling.tell_due(now=now + telling.WAITS[0]) == 1


def test_notice_outlives_a_wrong_password_of_the_portal(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long nobody mends it: a notice given up would hide a theft."""

    def not_let_in(**_: Any) -> None:
        raise post.NotSetUp("Почтовый сервер не принял имя или пароль портала")

    notice, now = changed(user), clock.now()
    with monkeypatch.context() as patched:
        patched.setattr(post, "send", not_let_in)
        for hours in range(24):
            assert telling.tell_due(now=now + datetime.timedelta(hours=hours)) == 0
    notice.refresh_from_db()
    assert (notice.status, notice.error, notice.attempts) == ("queued", mail_fault.HELD, 0)
    assert telling.tell_due(now=now + datetime.timedelta(days=1)) == 1


def test_notice_that_is_refused_is_shown_to_the_administrator(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: Any) -> None:
        raise post.Refused("550 нет такого ящика")

    changed(user)
    monkeypatch.setattr(post, "send", refused)
    assert telling.tell_due(now=clock.now()) == 0
    page = logged_in(confirmed(administrator())).get(reverse("centers:account", args=[user.pk]))
    assert "550 нет такого ящика" in page.text
    assert telling.tell_due(now=clock.now() + datetime.timedelta(days=1)) == 0


def test_password_set_on_the_server_is_told_and_ends_every_session(
    user: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    client = logged_in(user)
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW_PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("changepassword", user.email, stdout=io.StringIO())
    user.refresh_from_db()
    assert (told(), AccountChange.objects.get().by, user.check_password(NEW_PASSWORD)) == (
        [("password", user.email)],
        None,
        True,
    )
    assert Session.objects.filter(user=user).count() == 0
    assert client.get("/access/").status_code == 302


def test_log_in_that_waits_for_its_code_ends_with_the_password(user: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    waits = logged_in(user)
    user.set_password(NEW_PASSWORD)
    user.save(update_fields=["password"])
    answer = waits.post(reverse("mfa_authenticate"), {"code": code_of(secret)}, follow=True)
    assert (waits.get("/access/").status_code, "Войдите заново" in answer.text) == (302, True)
