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
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_signup",
    "admin:login",
    "healthy",
}
SAMPLES = {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000"}


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
    return untyped | typed


ADDRESSES = dict(named(get_resolver()))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - PUBLIC))
def test_address_sends_a_stranger_to_log_in(name: str, client: Client) -> None:
    path = reverse(name, kwargs=ADDRESSES[name])
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) in [
            (302, resolve_url(settings.LOGIN_URL)),
            (302, "/admin/login/"),
        ]


def test_public_list_names_only_what_exists() -> None:
    assert PUBLIC - ADDRESSES.keys() == set()
