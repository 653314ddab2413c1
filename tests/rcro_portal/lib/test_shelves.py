"""Addresses on shelves are found, and made, as in the row that Django walks through."""

from collections.abc import Iterator

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from rcro_portal import urls
from rcro_portal.lib.shelves import Shelves, first_part
from tests.house.test_odd_addresses import VARIES

IN_A_ROW = URLResolver(RegexPattern(r"^/"), urls.EVERY)


def routes(resolver: URLResolver, above: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry.pattern, RoutePattern):
            route = above + str(entry.pattern)
            yield from routes(entry, route) if isinstance(entry, URLResolver) else [route]


def told(resolver: URLResolver, path: str) -> object:
    try:
        found = resolver.resolve(path)
    except Resolver404:
        return None
    return found.func, found.args, found.kwargs, found.view_name, found.route, found.namespaces, found.app_names


def test_every_address_is_found_as_in_a_row() -> None:
    paths = [VARIES.sub("1", route) for route in routes(IN_A_ROW)]
    assert len(paths) > 300
    assert {path: told(get_resolver(), path) for path in paths} == {path: told(IN_A_ROW, path) for path in paths}


@pytest.mark.parametrize("path", ["/no-such/", "/letters", "/lettersx/1/", "//", "/x/", "/admin/nothing/", "/%00"])
def test_what_is_nowhere_is_nowhere(path: str) -> None:
    assert told(get_resolver(), path) == told(IN_A_ROW, path)


def test_what_begins_with_a_part_that_varies_stands_on_every_shelf() -> None:
    wide, narrow = (URLPattern(RoutePattern(route, is_endpoint=True), print) for route in ("<slug:any>/", "here/"))
    assert (first_part(wide), first_part(narrow)) == (None, "here")
    shelves = Shelves([wide, narrow])
    assert [told(shelves, path)[2] for path in ("here/", "there/")] == [{"any": "here"}, {"any": "there"}]
