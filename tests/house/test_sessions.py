"""How one gets in and out: by invitation only, no hint who is known, a second factor where it is due, no traces."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from centers.models import User
from tests.factories.centers import PASSWORD, administrator, confirmed, coordinator, staff
from tests.house.world import World

pytestmark = pytest.mark.django_db
LOGIN, CHOICE, SETUP = "/accounts/login/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"
WRONG = "не тот пароль совсем"


@pytest.fixture
def known() -> User:
    return confirmed(coordinator())


def log_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# -- Getting in -------------------------------------------------------------------------------------


def test_nobody_signs_up(client: Client) -> None:
    fields = {"email": "new@school.example", "password1": PASSWORD, "password2": PASSWORD}
    pages = [client.get(reverse("account_signup")), client.post(reverse("account_signup"), fields)]
    assert [page.templates[0].name for page in pages] == ["account/signup_closed.html"] * 2
    signed_up = [model.objects.filter(email=fields["email"]).count() for model in (User, EmailAddress)]
    assert (signed_up, mail.outbox) == ([0, 0], [])


def shown(answer: Any, email: str) -> tuple[int, str, str]:
    """What a visitor can tell apart: status, where it leads, the page without their own address and token."""
    page = re.sub(r"\b\w{64}\b", "token", answer.content.decode())
    return answer.status_code, answer.headers.get("Location", ""), page.replace(email, "…")


@pytest.mark.parametrize(
    ("name", "field", "then"),
    [
        ("account_request_login_code", "email", "account_confirm_login_code"),
        ("account_reset_password", "email", "account_reset_password_done"),
    ],
)
def test_unknown_address_gets_no_mail_and_no_other_answer(name: str, field: str, then: str, known: User) -> None:
    answers, letters = [], []
    for email in (known.email, "nobody@school.example"):
        client = Client()
        mail.outbox.clear()
        answers.append(shown(client.post(reverse(name), {field: email}), email))
        answers[-1] += shown(client.get(reverse(then)), email)
        letters.append([message.to for message in mail.outbox])
    assert answers[0] == answers[1]
    assert letters == [[[known.email]], []]


def test_wrong_password_does_not_say_whether_the_address_is_known(known: User) -> None:
    answers = [shown(log_in(Client(), email, WRONG), email) for email in (known.email, "nobody@school.example")]
    assert answers[0] == answers[1]
    assert answers[0][0] == 200


def test_five_wrong_passwords_close_the_account_and_no_other(known: User) -> None:
    """Forty-seven schools may stand behind one address of the network."""
    neighbour = confirmed(coordinator())
    client = Client()
    for _ in range(5):
        log_in(client, known.email, WRONG)
    log_in(client, known.email)
    assert not is_in(client)
    log_in(client, neighbour.email)
    assert is_in(client)


def test_a_code_is_guessed_three_times_at_most(known: User) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": known.email})
    code = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAA-AAA"})
    client.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert not is_in(client)


@pytest.mark.parametrize("away", ["//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_logging_in_leads_to_no_other_site(away: str, client: Client, known: User) -> None:
    answer = client.post(LOGIN, {"login": known.email, "password": PASSWORD, "next": away})
    assert (is_in(client), answer.headers["Location"]) == (True, "/")


# -- Getting out ------------------------------------------------------------------------------------


def test_only_a_post_logs_out(client: Client, known: User) -> None:
    log_in(client, known.email)
    assert (client.get(reverse("account_logout")).status_code, is_in(client)) == (200, True)
    old = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = old
    assert (is_in(client), again.get("/").status_code) == (False, 302)


def test_a_session_that_was_planted_is_not_the_one_that_is_logged_in(client: Client, known: User) -> None:
    client.session.save()
    client.get(LOGIN)
    planted = client.session.session_key
    log_in(client, known.email)
    assert client.session.session_key != planted


def test_without_a_token_nothing_is_posted(known: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(known)
    answer = client.post(reverse("account_logout"))
    assert (answer.status_code, "Страница устарела" in answer.content.decode(), is_in(client)) == (403, True, True)


# -- The second factor ------------------------------------------------------------------------------

OWING = {"director": lambda: staff("director"), "clerk": lambda: staff("clerk"), "administrator": administrator}


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize("role", OWING)
def test_second_factor_is_set_up_first_and_asked_for_ever_after(role: str, client: Client) -> None:
    user = confirmed(OWING[role]())
    log_in(client, user.email)
    pages = ["/", "/events/", "/letters/", "/register/", "/centers/", "/commitments/", "/admin/", "/invitations/"]
    assert [(page, client.get(page).headers.get("Location")) for page in pages] == [(page, CHOICE) for page in pages]
    assert client.post("/events/new/").headers["Location"] == CHOICE

    again = client.get(SETUP).headers["Location"]
    assert again.startswith(reverse("account_reauthenticate"))
    assert client.post(again, {"password": PASSWORD}).headers["Location"] == SETUP
    secret = client.get(SETUP).context["form"].secret
    client.post(SETUP, {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1
    assert client.get("/").status_code == 200

    later = Client()
    assert log_in(later, user.email).headers["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(later)
    assert later.get(reverse("mfa_authenticate")).status_code == 200
    later.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_in(later)
    later.post(reverse("mfa_authenticate"), {"code": spare_code(user)})
    assert (is_in(later), later.get("/").status_code) == (True, 200)


def spare_code(user: User) -> str:
    """One for a day without the telephone, whose own code of these seconds has been used."""
    return str(RecoveryCodes.activate(user).get_unused_codes()[0])


def test_second_factor_taken_off_is_due_again(client: Client) -> None:
    user = confirmed(staff("clerk"))
    client.force_login(user)
    assert client.get("/letters/").headers["Location"] == CHOICE
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    assert client.get("/letters/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/letters/").headers["Location"] == CHOICE


@pytest.mark.parametrize("duty", ["methodist", "head"])
def test_others_are_not_asked_for_a_second_factor(duty: str, client: Client) -> None:
    log_in(client, confirmed(staff(duty)).email)
    assert client.get("/").status_code == 200


# -- Headers ----------------------------------------------------------------------------------------

SAFE = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def directives(answer: Any) -> set[str]:
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize("path", [LOGIN, "/accounts/signup/", "/nowhere/", "/m/x/", "/healthz/", "/events/"])
def test_pages_for_strangers_are_safe(path: str, client: Client) -> None:
    answer = client.get(path)
    assert {name: answer.headers[name] for name in SAFE} == SAFE
    assert directives(answer) == POLICY


PAGES = [
    "/",
    "/events/",
    "/letters/",
    "/register/",
    "/centers/",
    "/nowhere/",
    "/letters/0/",
    "/admin/",
    "/accounts/2fa/",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_after_log_in_are_safe_and_kept_by_nobody(path: str, world: World, clients: dict[str, Client]) -> None:
    answer = clients["administrator"].get(path)
    assert {name: answer.headers[name] for name in SAFE} == SAFE
    assert directives(answer) == POLICY
    kept = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert kept >= {"private", "no-store"}


def test_refusals_are_kept_by_nobody(world: World, clients: dict[str, Client]) -> None:
    asked = [("own", "/letters/", 403), ("other", f"/commitments/{world.rows['open'].pk}/", 404)]
    asked += [("methodist", f"/outcomes/{world.rows['filed'].pk}/edit/", 409)]
    found = [(role, path, clients[role].get(path)) for role, path, _ in asked]
    assert [(role, path, answer.status_code) for role, path, answer in found] == asked
    assert [answer.headers["Cache-Control"] for _, _, answer in found] == ["private, no-store"] * 3


def test_pictures_of_a_letter_are_kept_by_the_reader_alone(world: World, clients: dict[str, Client]) -> None:
    """They are named by their digest, so that what was kept for an hour is never out of date."""
    answer = clients["own"].get(reverse("reports:letter-page", args=world.args["sent.page"]))
    kept = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert kept == {"private", "max-age=3600", "immutable"}


@pytest.mark.parametrize("name", ["reports:letter-file", "events:answer-file"])
def test_files_run_nothing_and_are_kept_by_nobody(name: str, world: World, clients: dict[str, Client]) -> None:
    args = world.args["sent.original" if name == "reports:letter-file" else "answered.file"]
    answer = clients["own"].get(reverse(name, args=args))
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
