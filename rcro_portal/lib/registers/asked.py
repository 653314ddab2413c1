"""Which rows of a list are asked for: words, filters, order and page, read of the address line and of nothing else.

Nothing of the request reaches a queryset by its own name: a search word, keys of orders, options of filters, a day and
a page number are all that is read; the rest is ignored.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Aggregate, Count, QuerySet, Sum, Window
from django.http import QueryDict

from rcro_portal.lib import as_of as days
from rcro_portal.lib import search as searching
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.registers.columns import Column
from rcro_portal.lib.registers.filters import Chosen, Filter
from rcro_portal.lib.registers.paging import Page, Paginator
from rcro_portal.lib.registers.period import DatedBy, Period
from rcro_portal.lib.registers.period import asked as asked_period

PER_PAGE, CHUNK = 50, 500
# «page=all»: the whole list on one page, to print it.
ALL, ALL_AT_MOST = "all", 1_000
# Names of columns that the reader chose, «cols=name,status» or once for each.
COLUMNS = "cols"


class Asked:
    """The rows of a list as asked for."""

    columns: Sequence[Column]
    search: str | Callable[[Any, str], QuerySet]
    default: str
    filters: dict[str, Filter]
    orders: dict[str, Sequence[str]]
    attach: Callable[[Sequence[Any]], object]
    as_of: AsOf | None
    per_page: int
    # Whether the rows tell themselves how many there are: of lists too short for that to cost more than a query.
    is_short: bool
    # By which day the list is narrowed to a period, if it is.
    dated_by: DatedBy | None

    def read(self, rows: QuerySet, params: QueryDict) -> None:
        self.period = asked_period(params) if self.dated_by else Period()
        self.query = searching.typed(params.get("q", "")) if self.search else ""
        self.order = self._known_order(params.get("order", ""))
        self.chosen: dict[str, Any] = {key: one.chosen(params, key) for key, one in self.filters.items()}
        self.asked_page = params.get("page", "1")
        self.asked_columns = self.known_columns(",".join(params.getlist(COLUMNS)))
        self.rows = self._ordered(self._narrowed(rows))

    def _known_order(self, asked: str) -> str:
        return asked if asked.removeprefix("-") in self.orders else self.default

    def known_columns(self, asked: str) -> tuple[str, ...]:
        """Those of the list among «name,status», in its own order; none where nothing is chosen."""
        names = set(asked.split(","))
        return tuple(column.key for column in self.columns if column.key in names and not column.names_row)

    def _narrowed(self, rows: QuerySet) -> QuerySet:
        rows = self._searched(rows)
        rows = self.period.narrow(rows, self.dated_by.column) if self.dated_by else rows
        for key, value in self.chosen.items():
            rows = self.filters[key].narrow(rows, value) if value else rows
        return rows

    def _searched(self, rows: QuerySet) -> QuerySet:
        if callable(self.search):
            return self.search(rows, self.query) if self.query else rows
        return searching.narrowed(rows, self.query, keys=[self.search])

    def _ordered(self, rows: QuerySet) -> QuerySet:
        key = self.order.removeprefix("-")
        for column in self.columns:
            rows = column.ordering(rows) if column.key == key and column.ordering else rows
        columns = self.orders[key]
        turned = [_turned(name) for name in columns] if self.order.startswith("-") else columns
        # The primary key last: rows that tie must not wander between pages.
        return rows.order_by(*turned, "pk")

    @cached_property
    def page(self) -> Page:
        """The rows shown, with what stands beside them."""
        page = self._cut()
        page.object_list = list(page.object_list)
        self.attach(page.object_list)
        return page

    def _cut(self) -> Page:
        """What is not longer than its first page is not counted apart."""
        per_page = ALL_AT_MOST if self.is_whole else self.per_page
        paginator = Paginator(self.rows, per_page)
        if self._sums or self.is_short:
            return self._cut_with_counts(paginator)
        if self.is_whole or self.asked_page == "1":
            first = list(self.rows[: per_page + 1])
            if len(first) <= per_page:
                paginator.count = len(first)
            return Page(first[:per_page], 1, paginator)
        return paginator.get_page(self.asked_page)

    def _cut_with_counts(self, paginator: Paginator) -> Page:
        """The rows themselves tell how many there are and their sums: one query in place of two."""
        number = int(self.asked_page) if self.asked_page.isdecimal() and len(self.asked_page) < 6 else 1
        begin = max(number - 1, 0) * paginator.per_page
        told = {name: Window(one) for name, one in self._aggregates.items()}
        rows = list(self.rows.annotate(**told)[begin : begin + paginator.per_page])
        if not rows:
            paginator.count = self._aggregated["all_rows"] if begin else 0
            return paginator.get_page(self.asked_page) if begin else Page([], 1, paginator)
        self._aggregated = {name: getattr(rows[0], name) for name in told}
        paginator.count = self._aggregated["all_rows"]
        return Page(rows, max(number, 1), paginator)

    def every_row(self) -> Iterator[Any]:
        """The rows of all pages, read piece by piece."""
        for piece in itertools.batched(self.rows.iterator(chunk_size=CHUNK), CHUNK):
            self.attach(piece)
            yield from piece

    @property
    def is_whole(self) -> bool:
        return self.asked_page == ALL

    @cached_property
    def _sums(self) -> dict[str, Sum]:
        return {column.key: Sum(column.total) for column in self.columns if column.total}

    @cached_property
    def _aggregated(self) -> dict[str, int]:
        return self.rows.order_by().aggregate(**self._aggregates)

    @property
    def _aggregates(self) -> dict[str, Aggregate]:
        return {"all_rows": Count("pk"), **{f"sum_{key}": one for key, one in self._sums.items()}}

    @cached_property
    def totals(self) -> dict[str, int]:
        """The sums over all pages, by the keys of their columns."""
        return {key: self._aggregated[f"sum_{key}"] or 0 for key in self._sums}

    # -- The address line that asks for the same ---------------------------------------------------------------------

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or any(self.period) or any(self.chosen.values()))

    @property
    def asked_order(self) -> str:
        """The order, if it is another than the usual one."""
        return "" if self.order == self.default else self.order

    @property
    def querystring(self) -> str:
        """What a link to the same rows begins with: «q=…&order=…&», or nothing."""
        return self.link(self.order)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same as names and values, for a form that leads on from the list."""
        return parse_qsl(self.querystring.rstrip("&"))

    def link(self, order: str) -> str:
        """The same rows in that order."""
        asked = f"{urlencode({'order': order})}&" if order != self.default else ""
        return f"{self._same_rows()}{asked}"

    def _same_rows(self) -> str:
        """Written once for all headings; columns may be chosen after the first of them was asked."""
        if self.asked_columns not in self._written:
            asked: Mapping[str, Chosen] = {
                days.KEY: self.as_of.asked if self.as_of else "",
                "q": self.query,
                **self.period.asked,
                **self.chosen,
                COLUMNS: ",".join(self.asked_columns),
            }
            kept = {key: value for key, value in asked.items() if value}
            self._written[self.asked_columns] = f"{urlencode(kept, doseq=True, safe=',')}&" if kept else ""
        return self._written[self.asked_columns]

    @cached_property
    def _written(self) -> dict[tuple[str, ...], str]:
        return {}


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"
