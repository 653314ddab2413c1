"""Passwords are hashed one after another; who would wait too long is told to come again."""

import threading

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.test import Client
from pytest_django import Settings

from rcro_portal import settings as portal_settings
from rcro_portal.lib import hashing
from tests.factories.reports import Office

PASSWORD = "a long password of the test"


class Quick(hashing.InTurn):
    iterations = 1


@pytest.fixture
def in_turn(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.1)
    settings.PASSWORD_HASHERS = [f"{__name__}.Quick"]


def test_the_portal_hashes_in_turn_and_as_before() -> None:
    assert portal_settings.PASSWORD_HASHERS == ["rcro_portal.lib.hashing.InTurn"]
    assert hashing.InTurn.algorithm == PBKDF2PasswordHasher.algorithm
    before = PBKDF2PasswordHasher().encode(PASSWORD, "salt", 2)
    assert hashing.InTurn().verify(PASSWORD, before)


@pytest.mark.usefixtures("in_turn")
def test_one_hashes_one_waits_and_the_next_is_told() -> None:
    encoded = make_password(PASSWORD)
    assert check_password(PASSWORD, encoded)
    waits = threading.Thread(target=lambda: hashing._place.acquire() and None)
    with hashing.turn():
        with pytest.raises(hashing.Busy):
            check_password(PASSWORD, encoded)
        waits.start()
        waits.join()
        with pytest.raises(hashing.Busy), hashing.turn():
            pass
        hashing._place.release()
    assert check_password(PASSWORD, encoded)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_turn")
def test_logging_in_meanwhile_answers_503_in_words(office: Office, client: Client) -> None:
    with hashing.turn():
        answer = client.post("/accounts/login/", {"login": office.clerk.email, "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    page = answer.content.decode()
    assert hashing.WORDS in page
    assert PASSWORD not in page
