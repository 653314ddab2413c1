"""What every page knows: the portal's name, whether this is the demo, and the way to the rest for this person."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from rcro_portal.demo import people
from rcro_portal.help import guide
from rcro_portal.lib import reading

EVERYONE = frozenset({"coordinator", "methodist", "head", "clerk", "director", "administrator"})
OFFICE = EVERYONE - {"coordinator"}
ADMINISTRATOR = frozenset({"administrator"})
# Outcomes are written, checked and filed from the page of their event.
OF_EVENTS = ("/outcomes/", "/paragraphs/", "/calendar/")


@dataclass(frozen=True)
class Page:
    """A page of the navigation: what people read, where it leads, who sees it, and what else belongs beneath it."""

    label: str
    url_name: str
    roles: frozenset[str] = EVERYONE
    demo_only: bool = False
    beneath: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One entry of the navigation: the pages beneath it, of which the first that a person may open is its own."""

    label: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Link:
    """A page as another one shows it; ``current`` is the value of aria-current, or nothing."""

    label: str
    url: str
    current: str


@dataclass(frozen=True)
class Entry:
    """A section as one page shows it; of a person who may open one page of it, it is that page."""

    label: str
    url: str
    current: str
    pages: list[Link]


SECTIONS = (
    Section("Главная", (Page("Главная", "home"),)),
    Section(
        "Мероприятия",
        (
            Page("Мероприятия", "events:event-list", beneath=OF_EVENTS),
            Page("План-график", "events:plan-list"),
            Page("Сертификаты", "reports:certificate-list", OFFICE - {"clerk"}),
            Page("Мои сертификаты", "reports:certificates-mine"),
        ),
    ),
    Section(
        "Поручения",
        (
            Page("Поручения", "events:commitment-list"),
            Page("Технические задания", "events:assignment-list"),
            Page("Исполнение письма", "reports:letter-board", OFFICE),
            Page("Письма и центры", "reports:letter-matrix", OFFICE),
            Page("Запросы сведений", "events:request-list"),
        ),
    ),
    Section(
        "Письма",
        (
            Page("Исходящие", "reports:letter-list", OFFICE, beneath=("/drafts/",)),
            Page("Журнал", "reports:register", OFFICE),
            Page("Входящие", "reports:incoming-list", OFFICE),
            Page("Архив", "reports:archive"),
            Page("Указатели рассылки", "reports:distribution-lists", OFFICE),
        ),
    ),
    Section(
        "Сеть",
        (
            Page("Центры", "centers:center-list"),
            Page("Организации", "centers:organization-list"),
            Page("Люди", "centers:people-list", OFFICE),
            Page("Проекты", "projects:project-list"),
            Page("Кластеры", "projects:cluster-list"),
            Page("Материалы", "projects:resource-list"),
            Page("Достижения", "projects:achievement-list"),
            Page("По муниципалитетам", "reports:municipality-list"),
            Page("Сеть в цифрах", "reports:network-figures"),
            Page("Отчёты за год", "reports:year-reports", OFFICE),
        ),
    ),
    Section(
        "Олимпиады",
        (
            Page("Подготовка", "olympiad:session-list", beneath=("/pupils/",)),
            Page("Программы", "olympiad:programme-list"),
            Page("Итоги", "olympiad:result-list", beneath=("/seasons/", "/subjects/")),
            Page("Проблемные зоны", "olympiad:problem-list", OFFICE),
        ),
    ),
    Section(
        "Управление",
        (
            Page("Приглашения", "centers:invitation-list", frozenset({"methodist", "administrator"})),
            Page("Проверка", "reports:inspection", ADMINISTRATOR),
            Page("Сообщения", "reports:notice-reasons", ADMINISTRATOR),
            Page("Доступ систем", "token-list", ADMINISTRATOR),
            Page("Справочники", "centers:dictionaries", ADMINISTRATOR, beneath=("/hand-overs/",)),
            Page("Почта демонстрации", "reports:mail-list", demo_only=True),
        ),
    ),
)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor. The navigation is built only by a page that shows it."""
    return {
        "demo_accounts": SimpleLazyObject(_demo_accounts) if settings.DEMO else [],
        "portal": {
            "name": "Сеть РВЦИ",
            "demo": settings.DEMO,
            "navigation": SimpleLazyObject(lambda: navigation(request)),
            "help": SimpleLazyObject(lambda: help_address(request)),
            "looks": getattr(request, "looks", None),
            "reading": SimpleLazyObject(lambda: reading.classes(look_of(request))),
        },
    }


def look_of(request: HttpRequest) -> str:
    """The person's own choice of a look wherever they log in; of a stranger what this browser keeps."""
    own = getattr(getattr(request, "user", None), "reading", "")
    return own or request.COOKIES.get(reading.COOKIE, "")


def _demo_accounts() -> list[dict[str, str]]:
    return [{**account, "password": people.PASSWORD} for account in people.accounts()]


def help_address(request: HttpRequest) -> str:
    """The section of the guide about this page."""
    return guide.section_about(request.resolver_match.view_name if request.resolver_match else "")


def navigation(request: HttpRequest) -> list[Entry]:
    """The sections of which this person may open a page, in the order of the table above."""
    roles: frozenset[str] = getattr(getattr(request, "user", None), "roles", frozenset())
    entries = (_entry(section, roles, request.path) for section in SECTIONS)
    return [entry for entry in entries if entry is not None]


def _entry(section: Section, roles: frozenset[str], path: str) -> Entry | None:
    seen = [page for page in section.pages if page.roles & roles and (settings.DEMO or not page.demo_only)]
    links = [Link(page.label, url := _address(page.url_name), _aria_current(url, path, page.beneath)) for page in seen]
    if not links:
        return None
    if len(links) == 1:
        return Entry(links[0].label, links[0].url, links[0].current, [])
    current = next((link.current for link in links if link.current), "")
    # The page itself is named below the section, so the section only holds it.
    return Entry(section.label, links[0].url, "true" if current else "", links)


@cache
def _address(url_name: str) -> str:
    """Looked up once: every page asks for two dozen."""
    return reverse(url_name)


def _aria_current(url: str, path: str, beneath: tuple[str, ...]) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith((url, *beneath)) else ""
