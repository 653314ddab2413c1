"""«Версия для слабовидящих»: chosen by anybody, kept per person, put on every page, gone by one press."""

import re

import pytest
from django.test import Client

from centers.models import User
from rcro_portal.lib import reading
from tests.factories.centers import coordinator

pytestmark = pytest.mark.django_db
PAGE, LOG_IN = "/reading/", "/accounts/login/"
CHOSEN = {"size": "200", "colours": "dark", "spacing": "wide"}
LOOK = '<html lang="ru" class="read read-200 read-dark read-wide">'
USUAL = '<html lang="ru">'


def look(client: Client, page: str = LOG_IN) -> str:
    found = re.search(r"<html[^>]*>", client.get(page).content.decode())
    assert found is not None
    return found[0]


def test_stranger_keeps_it_in_the_browser(client: Client) -> None:
    assert look(client) == USUAL
    said = client.post(PAGE, CHOSEN, follow=True).content.decode()
    assert "Так теперь показаны все страницы портала." in said
    assert (look(client), look(Client())) == (LOOK, USUAL)
    assert "css/reading" in client.get(LOG_IN).content.decode()


def test_person_finds_it_wherever_they_log_in(client: Client) -> None:
    user = coordinator()
    client.force_login(user)
    client.post(PAGE, CHOSEN)
    assert User.objects.get(pk=user.pk).reading == "200.dark.wide"
    elsewhere = Client()
    elsewhere.force_login(user)
    assert look(elsewhere, "/") == LOOK
    elsewhere.post(PAGE)
    # The first browser still has its cookie.
    assert (look(elsewhere, "/"), look(client, "/")) == (USUAL, USUAL)


def test_asking_for_the_heading_alone_changes_nothing(client: Client) -> None:
    user = coordinator()
    client.force_login(user)
    client.post(PAGE, CHOSEN)
    assert (client.head(PAGE).status_code, User.objects.get(pk=user.pk).reading) == (200, "200.dark.wide")


def test_usual_look_is_one_press_away_for_a_stranger_too(client: Client) -> None:
    client.post(PAGE, CHOSEN)
    assert "Обычный вид" in client.get(PAGE).content.decode()
    client.post(PAGE)
    assert look(client) == USUAL
    assert "Обычный вид" not in client.get(PAGE).content.decode()


def test_what_no_look_has_is_refused_in_words_and_ignored_in_a_cookie(client: Client) -> None:
    answer = client.post(PAGE, {**CHOSEN, "colours": "pink"})
    assert (answer.status_code, reading.COOKIE in answer.cookies) == (422, False)
    client.cookies[reading.COOKIE] = '200.pink"><script>.wide'
    assert look(client) == '<html lang="ru" class="read read-200 read-wide">'


def test_every_part_has_a_rule_of_its_own() -> None:
    with open("static/css/reading.css", encoding="utf-8") as file:
        rules = file.read()
    assert [part for parts in reading.PARTS for part in parts if part and f".read-{part}" not in rules] == []
