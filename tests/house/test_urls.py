"""Every address refuses a stranger, but for the few that are meant for strangers."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# For people who have not logged in yet, and for the probe of the reverse proxy.
PUBLIC = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "admin:login",
    "healthy",
    "home",
    "mfa_login_webauthn",
    "help",
    "help-page",
    "security",
    "session",
    "api",
    "api-schema",
    "reports:check",
    "reports:check-letter",
    "reports:certificate-check",
    "open-calendar",
    "open-center",
    "open-centers",
    "open-clusters",
    "open-event",
    "open-event-ics",
    "open-events",
    "open-material-file",
    "open-materials",
    "centers:reading",
    "open-network",
    "open-projects",
    "robots",
    "sitemap",
}
# Whoever holds the secret in the address was written to; a made-up one opens nothing.
BY_SECRET = {
    "centers:invitation-accept": 409,
    "centers:address-confirm": 409,
    "centers:mail-stop": 404,
    "events:calendar-read": 404,
    "reports:certificate-own-file": 404,
    "reports:message-open": 404,
    "reports:message-page": 404,
    "reports:message-file": 404,
    "reports:message-appendix": 404,
    "reports:message-acknowledge": 302,
    "reports:mail-bounces": 404,
}
# A system reads by a token; no log-in opens these.
BY_TOKEN = {
    *(f"api-{name}" for name in ("organizations", "centers", "projects", "clusters", "events", "journal")),
    *("api-figures", "api-figure"),
}
# The demonstration's mailbox; elsewhere it does not exist.
DEMO_ONLY = {"reports:mail-list", "reports:mail-detail", "reports:mail-attachment"}
SAMPLES = {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000"}
NAMED_SAMPLES = {"app_label": "centers"}


def named(resolver: URLResolver, spaces: tuple[str, ...] = (), above: tuple = ()) -> Iterator[tuple[str, dict]]:
    """Names of all addresses, each with a sample value for every part that varies."""
    for entry in resolver.url_patterns:
        parts = (*above, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from named(entry, (*spaces, entry.namespace) if entry.namespace else spaces, parts)
        elif isinstance(entry, URLPattern) and entry.name:
            yield ":".join((*spaces, entry.name)), _samples(parts)


def _samples(parts: tuple) -> dict:
    typed = {
        key: SAMPLES.get(type(converter).__name__.removesuffix("Converter").lower(), "x")
        for part in parts
        for key, converter in part.converters.items()
    }
    untyped = {key: "x" for part in parts for key in re.findall(r"\(\?P<(\w+)>", str(part))}
    return {key: NAMED_SAMPLES.get(key, value) for key, value in (untyped | typed).items()}


ADDRESSES = dict(named(get_resolver()))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - PUBLIC - BY_SECRET.keys() - BY_TOKEN - DEMO_ONLY))
def test_address_sends_a_stranger_to_log_in(name: str, client: Client) -> None:
    path = reverse(name, kwargs=ADDRESSES[name])
    led = [(302, resolve_url(settings.LOGIN_URL)), (302, "/admin/login/")]
    opened, sent = client.get(path), client.post(path)
    assert (opened.status_code, opened.headers.get("Location", "").split("?")[0]) in led
    assert (sent.status_code, sent.headers.get("Location", "").split("?")[0]) in [*led, (401, "")]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status"), BY_SECRET.items())
def test_made_up_secret_opens_nothing(name: str, status: int, client: Client) -> None:
    assert client.get(reverse(name, kwargs=ADDRESSES[name])).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BY_TOKEN))
def test_nothing_is_read_without_a_token(name: str, client: Client) -> None:
    assert client.get(reverse(name, kwargs=ADDRESSES[name])).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(DEMO_ONLY))
def test_mailbox_of_the_demonstration_is_nowhere_else(name: str, client: Client) -> None:
    assert client.get(reverse(name, kwargs=ADDRESSES[name])).status_code == 404


def test_public_lists_name_only_what_exists() -> None:
    assert (PUBLIC | BY_SECRET.keys() | BY_TOKEN | DEMO_ONLY) - ADDRESSES.keys() == set()
