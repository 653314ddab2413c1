"""What the portal says of itself to browsers and to those who find a hole in it."""

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib import env
from tests import clock
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def test_security_txt_says_where_to_write_and_until_when(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT, settings.BASE_URL = "mailto:security@rcro.example", "https://portal.example"
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert said["Contact"] == "mailto:security@rcro.example"
    assert said["Canonical"] == "https://portal.example/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(said["Expires"]) - clock.now()
    assert datetime.timedelta(days=170) < left < datetime.timedelta(days=365)


@pytest.mark.parametrize("address", ["/check/", "/.well-known/security.txt", "/no-such-page/", "/"])
def test_no_page_may_use_what_the_portal_does_not_need(address: str, client: Client, office: Office) -> None:
    for _ in range(2):
        policy = client.get(address)["Permissions-Policy"]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))
        client.force_login(office.methodist)


@pytest.mark.parametrize(
    ("given", "contact"),
    [
        ("security@rcro.example", "mailto:security@rcro.example"),
        ("mailto:security@rcro.example", "mailto:security@rcro.example"),
        ("https://rcro.example/security", "https://rcro.example/security"),
        ("tel:+7-3822-000000", "tel:+7-3822-000000"),
        ("", "mailto:portal@rcro.example"),
    ],
)
def test_contact_is_an_address_that_programs_follow(given: str, contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCRO_SECURITY_CONTACT", given)
    assert env.contact("RCRO_SECURITY_CONTACT", "portal@rcro.example") == contact


@pytest.mark.parametrize("given", ["позвоните нам", "http://rcro.example", "a@b\nExpires: never", "tel:1"])
def test_nonsense_is_no_contact(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCRO_SECURITY_CONTACT", given)
    with pytest.raises(ImproperlyConfigured):
        env.contact("RCRO_SECURITY_CONTACT", "portal@rcro.example")
