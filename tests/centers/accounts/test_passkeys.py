"""Passkeys: added, used, renamed and taken off, each after a proof; both factors in one; no answer breaks a page."""

import json
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.accounts import passkeys, second_factors
from centers.models import AccountChange, ChangeKind, User
from rcro_portal.models import Notice
from tests import clock
from tests.centers.accounts.key import Key
from tests.factories.centers import PASSWORD, administrator, confirmed, coordinator, staff

pytestmark = pytest.mark.django_db
ADD, LIST, LOG_IN = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/login/"
SECOND, PROVE = "/accounts/2fa/authenticate/", "/accounts/2fa/webauthn/reauthenticate/"


def at_localhost() -> Client:
    return Client(SERVER_NAME="localhost")


def logged_in(user: User) -> Client:
    """By the password, which was typed a moment ago once more."""
    client = at_localhost()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def added(client: Client, key: Key, name: str = "Ноутбук") -> Any:
    options = client.get(ADD).context["js_data"]["creation_options"]
    return client.post(ADD, {"name": name, "credential": key.made(options)})


def ask(client: Client) -> dict[str, Any]:
    options: dict[str, Any] = client.get(LOG_IN, headers={"accept": "application/json"}).json()["request_options"]
    return options


def enter(client: Client, key: Key, **more: str) -> Any:
    return client.post(LOG_IN, {"credential": key.used(ask(client)), **more})


def proved(key: Key) -> Client:
    """Who came in by the key, and a moment ago proved by it who they are."""
    client = at_localhost()
    enter(client, key)
    client.post(PROVE, {"credential": key.used(client.get(PROVE).context["js_data"]["request_options"])})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def keys_of(user: User) -> list[Authenticator]:
    return second_factors.of(user).keys


@pytest.fixture
def user() -> User:
    return confirmed(coordinator())


@pytest.fixture
def key(user: User) -> Key:
    key = Key()
    added(logged_in(user), key)
    return key


# -- Adding -----------------------------------------------------------------------------------------


def test_key_is_added_told_and_gets_recovery_codes(user: User) -> None:
    answer = added(logged_in(user), Key(), name="  Флешка-ключ \t из сейфа ")
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert [str(row) for row in keys_of(user)] == ["Флешка-ключ из сейфа"]
    assert [change.kind for change in AccountChange.objects.filter(user=user)] == [ChangeKind.KEY_ADDED]
    assert Authenticator.objects.filter(user=user, type="recovery_codes").count() == 1
    assert Notice.objects.filter(email=user.email, subject__startswith="Добавлен ключ доступа").count() == 1


def test_nothing_is_kept_of_it_but_what_names_it_again(user: User) -> None:
    client, key = logged_in(user), Key()
    options = client.get(ADD).context["js_data"]["creation_options"]
    sent = json.loads(key.made(options)) | {"more": "\x00", "clientExtensionResults": {"odd": ["x"] * 100}}
    client.post(ADD, {"name": "", "credential": json.dumps(sent)})
    kept = keys_of(user)[0].data
    assert set(kept["credential"]) == {"id", "rawId", "type", "response", "clientExtensionResults"}
    assert (kept["credential"]["clientExtensionResults"], kept["name"]) == (
        {"credProps": {"rk": True}},
        "Ключ доступа",
    )


def test_key_that_asks_for_no_finger_face_or_pin_is_refused(user: User) -> None:
    answer = added(logged_in(user), Key(verifies=False))
    assert (answer.status_code, passkeys.NOT_TAKEN in answer.text, keys_of(user)) == (200, True, [])


def test_page_of_another_address_adds_none(user: User) -> None:
    answer = added(logged_in(user), Key(origin="https://portal.example.evil.example"))
    assert (passkeys.NOT_TAKEN in answer.text, keys_of(user)) == (True, [])


NONSENSE = [
    "",
    "{",
    "[]",
    '"x"',
    "null",
    "{}",
    '{"id": 1, "rawId": 1, "response": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", '
    '"response": {"clientDataJSON": "AA", "attestationObject": "oA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": '
    '{"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    '{"id": "A\\u0000", "rawId": "A\\u0000", "response": {"userHandle": "\\u0000"}}',
    "[" * 20_000,
    "1" * 40_000,
]


def test_no_answer_breaks_a_page(user: User, key: Key, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    client, stranger = proved(key), at_localhost()
    client.get(ADD)
    ask(stranger)
    for answer in NONSENSE:
        shown = [client.post(path, {"name": "x", "credential": answer}) for path in (ADD, PROVE)]
        assert [page.status_code for page in shown] == [200, 200]
        assert all(passkeys.NOT_TAKEN in page.text or passkeys.NOT_THERE in page.text for page in shown), answer[:80]
        assert stranger.post(LOG_IN, {"credential": answer}).headers["Location"] == reverse("account_login")
    assert (is_in(stranger), len(keys_of(user))) == (False, 1)


def test_eleventh_key_is_refused(user: User) -> None:
    client = logged_in(user)
    added(client, Key())
    data = keys_of(user)[0].data
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type="webauthn", data=data) for _ in range(passkeys.MOST - 1)
    )
    answer = added(client, Key(identity=b"one more"))
    assert (passkeys.ENOUGH in answer.text, len(keys_of(user))) == (True, passkeys.MOST)


# -- Getting in -------------------------------------------------------------------------------------


def test_key_opens_the_portal_and_leads_where_one_was_going(user: User, key: Key) -> None:
    client = at_localhost()
    answer = enter(client, key, next="/events/")
    assert (is_in(client), answer.headers["Location"]) == (True, "/events/")
    assert keys_of(user)[0].last_used_at
    page = client.get(reverse("centers:access")).text
    assert "ключ доступа «Ноутбук»: последний вход" in page


def test_after_a_password_the_key_is_the_second_step(user: User, key: Key) -> None:
    client = at_localhost()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    assert (is_in(client), "Подтвердить ключом доступа" in answer.text) == (False, True)
    options = answer.context["js_data"]["request_options"]
    client.post(SECOND, {"credential": key.used(options)})
    assert is_in(client)


def test_one_answer_opens_once(key: Key) -> None:
    client = at_localhost()
    sent = key.used(ask(client))
    client.post(LOG_IN, {"credential": sent})
    client.post(reverse("account_logout"))
    again = client.post(LOG_IN, {"credential": sent}, follow=True)
    assert (is_in(client), passkeys.NOT_TAKEN in again.text) == (False, True)


@pytest.mark.parametrize("fault", ["unverified", "address", "other key", "other person"])
def test_what_is_not_the_key_opens_nothing(fault: str, key: Key) -> None:
    if fault == "unverified":
        key.verifies = False
    elif fault == "address":
        key.origin = "https://elsewhere.example"
    elif fault == "other key":
        key.secret = Key().secret
    else:
        other = Key()
        added(logged_in(confirmed(coordinator())), other)
        key.owner = other.owner
        key.identity = b"not theirs"
    client = at_localhost()
    assert passkeys.NOT_TAKEN in client.post(LOG_IN, {"credential": key.used(ask(client))}, follow=True).text
    assert not is_in(client)


def test_closed_account_is_not_opened_by_its_key(user: User, key: Key) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = at_localhost()
    assert enter(client, key).headers["Location"] == reverse("account_inactive")
    assert not is_in(client)


# -- Proving, renaming, taking off ------------------------------------------------------------------


def test_nothing_is_touched_before_a_proof_and_the_key_is_one(user: User, key: Key) -> None:
    client = at_localhost()
    enter(client, key)
    row = keys_of(user)[0]
    for name, args in [("mfa_add_webauthn", []), ("mfa_edit_webauthn", [row.pk]), ("mfa_remove_webauthn", [row.pk])]:
        path = reverse(name, args=args)
        assert client.post(path, {"name": "Чужой"}).headers["Location"].split("?")[0] == PROVE
    assert [str(one) for one in keys_of(user)] == ["Ноутбук"]
    edit = reverse("mfa_edit_webauthn", args=[row.pk])
    page = client.get(f"{PROVE}?next={edit}")
    assert "Подтвердить кодом" in page.text
    sent = key.used(page.context["js_data"]["request_options"])
    assert client.post(PROVE, {"credential": sent, "next": edit}).headers["Location"] == edit
    assert client.post(edit, {"name": "Телефон"}).headers["Location"] == LIST
    assert [str(one) for one in keys_of(user)] == ["Телефон"]


def test_key_taken_off_opens_nothing_and_takes_the_codes_along(user: User, key: Key) -> None:
    client = proved(key)
    client.post(reverse("mfa_remove_webauthn", args=[keys_of(user)[0].pk]))
    assert not Authenticator.objects.filter(user=user).exists()
    assert AccountChange.objects.filter(user=user).latest("pk").kind == ChangeKind.KEY_REMOVED
    stranger = at_localhost()
    enter(stranger, key)
    assert not is_in(stranger)


def test_nobody_touches_the_key_of_another(key: Key, user: User) -> None:
    client, row = logged_in(confirmed(coordinator())), keys_of(user)[0]
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, args=[row.pk]), {"name": "Чужой"}).status_code == 404
    assert [str(one) for one in keys_of(user)] == ["Ноутбук"]


def test_whoever_has_codes_and_a_key_proves_by_either(user: User, key: Key) -> None:
    TOTP.activate(user, generate_totp_secret())
    client = at_localhost()
    enter(client, key)
    page = client.get(reverse("mfa_reauthenticate"))
    assert (page.status_code, "Подтвердить ключом доступа" in page.text) == (200, True)


# -- Whoever must have one --------------------------------------------------------------------------


def test_key_is_a_second_factor_of_whoever_must_have_one() -> None:
    clerk = confirmed(staff("clerk"))
    client = logged_in(clerk)
    assert client.get("/events/").headers["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).text
    assert all(words in page for words in ("Добавить ключ доступа", "Подключить", "остальные страницы закрыты"))
    added(client, Key())
    assert client.get("/events/").status_code == 200


def test_reset_takes_keys_off_too(user: User, key: Key) -> None:
    second_factors.reset(user=user, by=administrator(), at=clock.now())
    client = at_localhost()
    enter(client, key)
    assert (Authenticator.objects.filter(user=user).exists(), is_in(client)) == (False, False)


def test_keys_are_bound_to_the_name_of_the_portal(user: User, settings: Settings) -> None:
    settings.BASE_URL, settings.OVER_TLS = "https://портал.рф:8443", True
    party = logged_in(user).get(ADD).context["js_data"]["creation_options"]["publicKey"]["rp"]
    assert party == {"id": "xn--80awhdgm.xn--p1ai", "name": "Портал РВЦИ"}


def test_session_says_how_one_came_in(key: Key) -> None:
    client = at_localhost()
    enter(client, key)
    method = client.session[AUTHENTICATION_METHODS_SESSION_KEY][-1]
    assert (method["type"], method["passwordless"]) == ("webauthn", True)
