"""What is answered before Django is reached carries what Django's own pages carry."""

import pytest
from django.test import Client
from pytest_django import Settings

from rcro_portal import reception

SAME = ("Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "X-Content-Type-Options")


def head(status: int) -> dict[str, str]:
    lines = reception.answer(status).split(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize("status", sorted(reception.WORDS))
def test_answer_before_django_is_as_safe_as_a_page(status: int, client: Client) -> None:
    page = client.get("/check/").headers
    assert {name: head(status).get(name) for name in SAME} == {name: page[name] for name in SAME}


def test_over_tls_it_asks_for_tls(settings: Settings) -> None:
    assert "Strict-Transport-Security" not in head(408)
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert head(408)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
