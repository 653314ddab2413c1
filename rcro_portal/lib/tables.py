"""One way to list: search, filter, order and page by what the address line says, and by nothing else it says.

Nothing of the request reaches a queryset by its own name: a search word, keys of ``orders``, options of
``filters`` and a page number are all that is read; the rest is ignored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from rcro_portal.lib import search as searching

PER_PAGE = 50


class Option(NamedTuple):
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """A choice of one among named options; ``narrow`` turns rows and the chosen value into fewer rows."""

    label: str
    options: Sequence[tuple[str, str]]
    narrow: Callable[[QuerySet, str], QuerySet]

    @classmethod
    def by(cls, column: str, label: str, options: Sequence[tuple[str, str]]) -> "Filter":
        """The plain kind: rows whose column holds the chosen value."""
        return cls(label, options, lambda rows, value: rows.filter(**{column: value}))

    def chosen(self, value: str) -> str:
        return value if value in dict(self.options) else ""


class Table:
    """The rows of one list page.

    ``search`` names the column that holds search keys, or narrows rows to the words itself. ``orders`` maps the keys of
    the address line to columns; its first key is the order when none is asked for, and «-key» turns an order round.
    """

    def __init__(
        self,
        rows: QuerySet,
        params: QueryDict,
        *,
        orders: Mapping[str, str | Sequence[str]],
        search: str | Callable[[QuerySet, str], QuerySet] = "",
        filters: Mapping[str, Filter] | None = None,
        per_page: int = PER_PAGE,
    ) -> None:
        self.orders, self.search, self.filters, self.per_page = orders, search, filters or {}, per_page
        self.query = searching.typed(params.get("q", "")) if search else ""
        self.order = self._known_order(params.get("order", ""))
        self.chosen = {key: one.chosen(params.get(key, "")) for key, one in self.filters.items()}
        self.rows = self._ordered(self._narrowed(rows))
        self.page: Page = Paginator(self.rows, per_page).get_page(params.get("page", "1"))

    def _known_order(self, asked: str) -> str:
        return asked if asked.removeprefix("-") in self.orders else next(iter(self.orders))

    def _narrowed(self, rows: QuerySet) -> QuerySet:
        rows = self._searched(rows)
        for key, value in self.chosen.items():
            rows = self.filters[key].narrow(rows, value) if value else rows
        return rows

    def _searched(self, rows: QuerySet) -> QuerySet:
        if callable(self.search):
            return self.search(rows, self.query) if self.query else rows
        return searching.narrowed(rows, self.query, keys=[self.search])

    def _ordered(self, rows: QuerySet) -> QuerySet:
        column = self.orders[self.order.removeprefix("-")]
        columns = [column] if isinstance(column, str) else list(column)
        turned = [_turned(name) for name in columns] if self.order.startswith("-") else columns
        # The primary key last: rows that tie must not wander between pages.
        return rows.order_by(*turned, "pk")

    @property
    def choices(self) -> list[tuple[str, str, list[Option]]]:
        """For the form above the table: key, label and options of each filter."""
        return [
            (key, one.label, [Option(value, words, value == self.chosen[key]) for value, words in one.options])
            for key, one in self.filters.items()
        ]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or any(self.chosen.values()))

    @property
    def querystring(self) -> str:
        """What a link to another page of the same list begins with: «q=…&order=…&», or nothing."""
        return self._link({"order": self.order})

    @property
    def order_links(self) -> dict[str, tuple[str, str]]:
        """For the heads of the columns: key → (querystring, «ascending», «descending» or «none» as aria-sort)."""
        shown = self.order.removeprefix("-")
        direction = "descending" if self._descends() else "ascending"
        return {
            key: (
                self._link({"order": f"-{key}" if self.order == key else key}),
                direction if key == shown else "none",
            )
            for key in self.orders
        }

    def _descends(self) -> bool:
        """By what the reader sees: the newest first is descending, though it is the order of its key."""
        column = self.orders[self.order.removeprefix("-")]
        first = column if isinstance(column, str) else column[0]
        return first.startswith("-") != self.order.startswith("-")

    def _link(self, more: dict[str, Any]) -> str:
        kept = {"q": self.query, **self.chosen, **more}
        if kept["order"] == next(iter(self.orders)):
            del kept["order"]
        return "".join(f"{urlencode({key: value})}&" for key, value in kept.items() if value)


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"
