"""The navigation shows each role its own sections, and marks where one stands."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from rcro_portal.context import SECTIONS, navigation

LETTERS = {"Письма", "Журнал", "Входящие", "Архив"}
ALL = {"Главная", "Мероприятия", "Поручения", "Центры", "Проекты", "Кластеры", "Олимпиады"} | LETTERS


def page(path: str, *roles: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(roles=frozenset(roles))
    return request


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("coordinator", ALL - {"Письма", "Журнал", "Входящие"}),
        ("methodist", ALL | {"Приглашения"}),
        ("head", ALL),
        ("clerk", ALL),
        ("director", ALL),
        ("administrator", ALL | {"Приглашения"}),
    ],
)
def test_a_role_sees_its_sections(role: str, labels: set[str]) -> None:
    assert {link.label for link in navigation(page("/", role))} == labels


def test_the_mail_is_read_in_the_demo_only(demo: None) -> None:
    assert [link.label for link in navigation(page("/", "clerk"))][-1] == "Почта"


def test_a_stranger_sees_no_section() -> None:
    assert navigation(RequestFactory().get("/")) == []


def test_every_section_leads_somewhere() -> None:
    assert [reverse(section.url_name)[0] for section in SECTIONS] == ["/"] * len(SECTIONS)


def test_the_section_of_the_page_is_marked() -> None:
    events = reverse("events:event-list")
    marks = {link.label: link.current for link in navigation(page(f"{events}7/", "director"))}
    assert {label for label, mark in marks.items() if mark} == {"Мероприятия"}
    assert navigation(page("/", "director"))[0].current == "page"
