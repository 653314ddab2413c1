"""What every page knows: the portal's name, whether this is the demo, and the way to the rest for this person."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from rcro_portal.demo import people

EVERYONE = frozenset({"coordinator", "methodist", "head", "clerk", "director", "administrator"})
OFFICE = EVERYONE - {"coordinator"}


@dataclass(frozen=True)
class Section:
    """One entry of the navigation: what people read, where it leads, and who sees it."""

    label: str
    url_name: str
    roles: frozenset[str] = EVERYONE
    demo_only: bool = False


@dataclass(frozen=True)
class Link:
    """A section as one page shows it; ``current`` is the value of aria-current, or nothing."""

    label: str
    url: str
    current: str


SECTIONS = (
    Section("Главная", "home"),
    Section("Мероприятия", "events:event-list"),
    Section("Поручения", "events:commitment-list"),
    Section("Письма", "reports:letter-list", OFFICE),
    Section("Журнал", "reports:register", OFFICE),
    Section("Входящие", "reports:incoming-list", OFFICE),
    Section("Архив", "reports:archive"),
    Section("Центры", "centers:center-list"),
    Section("Проекты", "projects:project-list"),
    Section("Кластеры", "projects:cluster-list"),
    Section("Олимпиады", "olympiad:session-list"),
    Section("Приглашения", "centers:invitation-list", frozenset({"methodist", "administrator"})),
    Section("Почта", "reports:mail-list", demo_only=True),
)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor. The navigation is built only by a page that shows it."""
    return {
        "demo_accounts": SimpleLazyObject(_demo_accounts) if settings.DEMO else [],
        "portal": {
            "name": "Сеть РВЦИ",
            "demo": settings.DEMO,
            "navigation": SimpleLazyObject(lambda: navigation(request)),
        },
    }


def _demo_accounts() -> list[dict[str, str]]:
    return [{**account, "password": people.PASSWORD} for account in people.accounts()]


def navigation(request: HttpRequest) -> list[Link]:
    """The sections that this person may open, in the order of the table above."""
    roles: frozenset[str] = getattr(getattr(request, "user", None), "roles", frozenset())
    shown = [section for section in SECTIONS if section.roles & roles and (settings.DEMO or not section.demo_only)]
    return [link for section in shown if (link := _link(section, request.path)) is not None]


def _link(section: Section, path: str) -> Link | None:
    try:
        url = reverse(section.url_name)
    except NoReverseMatch:
        return None
    return Link(section.label, url, _aria_current(url, path))


def _aria_current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
