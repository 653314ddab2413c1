"""Addresses on shelves by their first part: of hundreds only those are tried that begin as the one asked for.

Django tries one pattern after another, and for each that does not fit keeps what it tried; for half a thousand of them
this took a tenth of a request.
"""

from collections.abc import Iterator, Sequence

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

type Entry = URLPattern | URLResolver


class Shelves(URLResolver):
    """Stands in ``urlpatterns`` for all of the given entries, and resolves and reverses as they would."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(RoutePattern(""), list(entries))
        self._shelves: dict[str, URLResolver] = {}
        self._parts = {first_part(entry) for entry in _flat(entries)}

    def resolve(self, path: str) -> ResolverMatch:
        """Resolver404 where nothing fits; it then names what stands on the shelf."""
        first = str(path).partition("/")[0]
        return self._shelf(first if first in self._parts else "").resolve(path)

    def _shelf(self, first: str) -> URLResolver:
        if first not in self._shelves:
            self._shelves[first] = URLResolver(RoutePattern(""), list(_on_shelf(self.url_patterns, first)))
        return self._shelves[first]


def first_part(entry: Entry) -> str | None:
    """What every address of the entry has before its first slash; None where that is not known."""
    if not isinstance(entry.pattern, RoutePattern):
        return None
    part, slash, _ = str(entry.pattern).partition("/")
    is_whole = bool(slash) or isinstance(entry, URLPattern)
    return part if is_whole and "<" not in part else None


def _flat(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if inner := _inside(entry):
            yield from _flat(inner.url_patterns)
        else:
            yield entry


def _on_shelf(entries: Sequence[Entry], first: str) -> Iterator[Entry]:
    for entry in entries:
        if inner := _inside(entry):
            yield _like(inner, list(_on_shelf(inner.url_patterns, first)))
        elif first_part(entry) in (None, first):
            yield entry


def _inside(entry: Entry) -> URLResolver | None:
    """An app's addresses, put in without a beginning of their own."""
    return entry if isinstance(entry, URLResolver) and str(entry.pattern) == "" else None


def _like(entry: URLResolver, entries: list[Entry]) -> URLResolver:
    return URLResolver(entry.pattern, entries, entry.default_kwargs, entry.app_name, entry.namespace)
