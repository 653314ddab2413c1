"""Odd values in the place of every part that varies in an address: words or 404, never a fault of the portal."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, is_valid_path
from django.urls.resolvers import RoutePattern

from tests.house.world import World

pytestmark = pytest.mark.django_db
VARIES, INTEGER = re.compile(r"<(?:\w+:)?\w+>"), re.compile(r"<int:\w+>")
# NUL, a byte that is no UTF-8, half a surrogate pair, a Cyrillic letter, quotes, a long one.
ODD = ["%00", "a%00b", "%ff", "%ED%A0%80", "%D1%8B", "%27%22", "x" * 3000]
# The largest that a database's column holds and what no column holds.
ODD_NUMBERS = ["0", "9223372036854775807", "9" * 400]


def routes(resolver: URLResolver, above: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry.pattern, RoutePattern):
            route = above + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from routes(entry, route)
            elif isinstance(entry, URLPattern) and VARIES.search(route):
                yield route


ROUTES = sorted(set(routes(get_resolver())))


def spoilt(route: str) -> Iterator[str]:
    """The address with one odd value wherever a text may stand; numbers then are plain, and odd by themselves."""
    for number, text in [*(("1", odd) for odd in ODD), *((odd, "x") for odd in ODD_NUMBERS)]:
        numbered = INTEGER.sub(number, route)
        yield VARIES.sub(text, numbered)


def test_the_walk_meets_the_doors_of_strangers() -> None:
    assert {"/check/<slug:token>/", "/m/<slug:token>/", "/letters/<int:pk>/"} <= set(ROUTES)


OTHERS = ["director", "clerk", "own", "administrator"]
SAME = pytest.mark.same_on_both("the columns that the methodist's requests meet")


@pytest.mark.parametrize("role", ["stranger", "methodist", *(pytest.param(role, marks=SAME) for role in OTHERS)])
def test_no_odd_value_is_a_fault(role: str, world: World, clients: dict[str, Client]) -> None:
    client = clients[role]
    client.raise_request_exception = False
    paths = sorted({path for route in ROUTES for path in spoilt(route)})
    # What leads nowhere leads everybody there: one role asks for all of it.
    asked = paths if role == "methodist" else [path for path in paths if leads_somewhere(path)]
    faults = [path[:200] for path in asked if client.get(path).status_code >= 500]
    assert faults == []


def leads_somewhere(path: str) -> bool:
    """Whether a view takes it."""
    return is_valid_path(unquote_to_bytes(path).decode("utf-8", "replace"))


@pytest.mark.parametrize("odd", ODD[:6])
@pytest.mark.parametrize("door", ["/check/{}/", "/m/{}/", "/m/{}/files/1/", "/invitations/{}/accept/"])
def test_token_with_odd_bytes_is_no_address(door: str, odd: str, clients: dict[str, Client]) -> None:
    assert clients["stranger"].get(door.format(odd)).status_code == 404
