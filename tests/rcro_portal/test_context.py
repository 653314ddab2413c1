"""The navigation shows each role its own sections, and marks where one stands."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse

from rcro_portal.context import EVERYONE, SECTIONS, Entry, navigation

AT_MOST = 7
ALL = ["Главная", "Мероприятия", "Поручения", "Письма", "Сеть", "Олимпиады"]


def page(path: str, *roles: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(roles=frozenset(roles))
    return request


def section(name: str, role: str, path: str = "/") -> Entry:
    return next(entry for entry in navigation(page(path, role)) if entry.label == name)


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("coordinator", ["Архив" if label == "Письма" else label for label in ALL]),
        ("methodist", [*ALL, "Приглашения"]),
        ("head", ALL),
        ("clerk", ALL),
        ("director", ALL),
        ("administrator", [*ALL, "Управление"]),
    ],
)
def test_a_role_sees_its_sections(role: str, labels: list[str]) -> None:
    assert [entry.label for entry in navigation(page("/", role))] == labels


def test_nobody_is_shown_more_sections_than_one_takes_in_at_a_glance(demo: None) -> None:
    assert {role for role in EVERYONE if len(navigation(page("/", role))) > AT_MOST} == set()


def test_the_mail_is_read_in_the_demo_only(demo: None) -> None:
    assert section("Почта демонстрации", "clerk").url == reverse("reports:mail-list")


def test_a_stranger_sees_no_section() -> None:
    assert navigation(RequestFactory().get("/")) == []


def test_every_page_leads_somewhere() -> None:
    pages = [page for section in SECTIONS for page in section.pages]
    assert {reverse(page.url_name)[0] for page in pages} == {"/"}


def test_the_section_of_the_page_is_marked() -> None:
    events = reverse("events:event-list")
    marks = {entry.label: entry.current for entry in navigation(page(f"{events}7/", "director"))}
    assert {label for label, mark in marks.items() if mark} == {"Мероприятия"}
    assert navigation(page("/", "director"))[0].current == "page"


@pytest.mark.parametrize(
    ("path", "label"),
    [("/outcomes/7/", "Мероприятия"), ("/outcomes/7/check/", "Мероприятия"), ("/drafts/7/check/", "Письма")],
)
def test_pages_with_addresses_of_their_own_stand_in_a_section(path: str, label: str) -> None:
    assert [entry.label for entry in navigation(page(path, "methodist")) if entry.current] == [label]


def test_a_page_is_named_below_its_section() -> None:
    letters = section("Письма", "clerk", reverse("reports:register"))
    assert letters.current == "true"
    assert {link.label: link.current for link in letters.pages} == {
        "Исходящие": "",
        "Журнал": "page",
        "Входящие": "",
        "Архив": "",
        "Указатели рассылки": "",
    }


def test_a_section_of_one_page_is_that_page() -> None:
    archive = reverse("reports:archive")
    assert section("Архив", "coordinator", archive) == Entry("Архив", archive, "page", [])
