"""How a log-in ends: by the clock, and without taking along what somebody was writing."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from centers.models import User
from tests import clock as portal_clock
from tests.factories import letters
from tests.factories.centers import administrator, staff
from tests.factories.reports import office
from tests.house.test_sessions import LOGIN, confirmed, is_in, known, log_in

__all__ = ["known"]
pytestmark = pytest.mark.django_db

# -- How long it lasts --------------------------------------------------------------------------------

HOUR = 3600


@pytest.fixture
def clock() -> Iterator[Callable[[float], None]]:
    """Moves the portal's clock on, by seconds."""
    with ExitStack() as moved:

        def move(seconds: float) -> None:
            moved.enter_context(portal_clock.standing(portal_clock.now() + datetime.timedelta(seconds=seconds)))

        yield move


def still_in(client: Client, path: str = "/centers/", **headers: str) -> bool:
    return client.get(path, headers=headers).status_code == 200


def test_log_in_slides_with_use_and_ends_after_eight_idle_hours(
    clock: Callable[[float], None], client: Client, known: User
) -> None:
    log_in(client, known.email)
    for _ in range(4):
        clock(7.9 * HOUR)
        assert still_in(client)
    clock(8.1 * HOUR)
    assert not still_in(client)
    assert not is_in(client)


def test_log_in_ends_after_seven_days_of_use(clock: Callable[[float], None], client: Client, known: User) -> None:
    log_in(client, known.email)
    for _ in range(24):
        clock(7 * HOUR)
        assert still_in(client)
    clock(HOUR)
    assert not still_in(client)


@pytest.mark.parametrize("duty", ["director", "clerk"])
def test_whose_word_binds_logs_in_anew_after_twelve_hours(
    duty: str, clock: Callable[[float], None], client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    log_in(client, confirmed(staff(duty)).email)
    clock(6 * HOUR)
    assert still_in(client)
    clock(5.9 * HOUR)
    assert still_in(client)
    clock(0.2 * HOUR)
    assert not still_in(client)


def test_administrator_logs_in_anew_after_twelve_hours(
    clock: Callable[[float], None], client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    log_in(client, confirmed(administrator()).email)
    clock(7 * HOUR)
    assert still_in(client)
    clock(5.1 * HOUR)
    assert not still_in(client)


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}])
def test_what_a_page_asks_by_itself_is_no_use(
    headers: dict[str, str], clock: Callable[[float], None], client: Client, known: User
) -> None:
    log_in(client, known.email)
    clock(5 * HOUR)
    assert still_in(client, **headers)
    clock(4 * HOUR)
    assert not still_in(client)


@pytest.mark.parametrize(("text", "lasts"), [("", False), ("Добрый день!", True)])
def test_autosave_is_use_only_where_text_changed(
    text: str, lasts: bool, clock: Callable[[float], None], client: Client
) -> None:
    house = office()
    letter = letters.free(house, figure=False)
    log_in(client, confirmed(house.methodist).email)
    page = {name: value for name, value in letters.written(letter).items() if isinstance(value, (str, int))}
    fields = {**page, **letters.NO_ROWS}
    clock(5 * HOUR)
    fields["salutation"] = text or fields["salutation"]
    saved = client.post(reverse("reports:draft-save", args=[letter.pk]), fields, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    clock(4 * HOUR)
    assert still_in(client) is lasts


# -- What is sent when it is over ----------------------------------------------------------------------


def test_form_sent_too_late_comes_back_with_the_way_to_log_in(client: Client) -> None:
    answer = client.post("/letters/5/annul/", {"note": "Ушло «не туда»", "password": "secret words", "key": "7"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert 'action="/letters/5/annul/"' in page
    assert '<input type="hidden" name="note" value="Ушло «не туда»">' in page
    assert '<input type="hidden" name="key" value="7">' in page
    assert "secret words" not in page
    assert '<input id="again-password" type="password" name="password"' in page
    assert f'href="{LOGIN}" target="_blank"' in page


def test_file_sent_too_late_is_asked_for_again(client: Client) -> None:
    scan = SimpleUploadedFile("скан.pdf", b"%PDF-1.4")
    page = client.post("/letters/5/scan/", {"scan": scan}).content.decode()
    assert "Приложите файл ещё раз: скан.pdf" in page
    assert '<input id="again-scan" type="file" name="scan">' in page


def test_form_is_told_who_is_logged_in(client: Client, known: User) -> None:
    assert client.get("/session/").json() == {"person": ""}
    client.force_login(known)
    assert client.get("/session/").json() == {"person": str(known.pk)}
    assert f'data-person="{known.pk}"' in client.get("/centers/").content.decode()
