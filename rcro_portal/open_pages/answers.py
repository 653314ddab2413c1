"""How an open page answers: anybody may keep it for some minutes, and who has it already is told so (304)."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response

from rcro_portal.lib import addresses

KEPT = "public, max-age=300"


@dataclass(frozen=True)
class Place:
    """An entry of the navigation of the open pages; ``current`` is the value of aria-current, or nothing."""

    label: str
    url: str
    current: str


NAVIGATION = {
    "open-network": "Сеть",
    "open-centers": "Центры",
    "open-projects": "Проекты",
    "open-clusters": "Кластеры",
    "open-events": "Мероприятия",
    "open-materials": "Материалы",
}


def page(request: HttpRequest, template: str, *, about: str, query: str = "", **context: Any) -> HttpResponse:
    """``about`` is what search engines say of the page, ``query`` what of the address line makes another page of it."""
    more = {
        "about": about,
        "canonical": addresses.ascii_address(f"{settings.BASE_URL}{request.path}{query}"),
        "places": _places(request.path),
    }
    text = render_to_string(template, {**more, **context}, request)
    return kept(request, HttpResponse(text))


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with how long it may be kept, or that what its reader has is still true."""
    response.headers["Cache-Control"] = KEPT
    tag = f'"{hashlib.sha256(response.content).hexdigest()}"'
    response.headers["ETag"] = tag
    found = get_conditional_response(request, etag=tag, response=response)
    return found or response


def _places(path: str) -> list[Place]:
    own = {name: reverse(name) for name in NAVIGATION}
    return [Place(label, own[name], _current(path, own[name], name)) for name, label in NAVIGATION.items()]


def _current(path: str, url: str, name: str) -> str:
    if path == url:
        return "page"
    return "true" if name != "open-network" and path.startswith(url) else ""
