"""The rows of one list by what the address line says, and by nothing else it says.

Nothing of the request reaches a queryset by its own name: a search word, keys of orders, options of filters and a page
number are all that is read; the rest is ignored.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from rcro_portal.lib import search as searching
from rcro_portal.lib.registers import files
from rcro_portal.lib.registers.columns import Column
from rcro_portal.lib.registers.filters import Choice, Filter
from rcro_portal.lib.registers.markup import escaped
from rcro_portal.lib.russian import agree

PER_PAGE, CHUNK = 50, 500
# «page=all»: the whole list on one page, to print it.
ALL, ALL_AT_MOST = "all", 1_000


class Empty(NamedTuple):
    """What a list without rows says: that there are none, and what to do; ``narrowed`` where only none were found."""

    title: str
    text: str
    url: str = ""
    label: str = ""
    narrowed: str = "Измените слова поиска или отбор либо сбросьте их."


class Head(NamedTuple):
    """A heading; ``link`` is the querystring that orders by it, if anything does, ``sort`` its aria-sort."""

    words: str
    css: str
    link: str | None = None
    sort: str = ""


class Register:
    """A list: its rows as asked for, and what page, files and print show of them.

    ``url_name`` is its address by ``paths``. ``default`` is the key of the order when none is asked for: of a column or
    of ``orders``, which may hold more; «-key» turns an order round. ``search`` names the column that holds search keys,
    or narrows rows to the words itself. ``filters`` are those that no column declares. ``attach`` reads what columns
    show beside the rows, for all of a page at once. ``file_name`` calls the files otherwise than the title. ``group``
    says under which heading a row stands while the order is the usual one, which must keep such rows together.
    Whoever may fill the list from a file is led there by ``brings_in``.
    """

    def __init__(
        self,
        rows: QuerySet,
        params: QueryDict,
        *,
        url_name: str,
        title: str,
        nouns: tuple[str, str, str],
        columns: Sequence[Column],
        default: str,
        empty: Empty,
        search: str | Callable[[Any, str], QuerySet] = "",
        search_label: str = "",
        file_name: str = "",
        filters: Mapping[str, Filter] | None = None,
        orders: Mapping[str, Sequence[str]] | None = None,
        attach: Callable[[Sequence[Any]], object] | None = None,
        is_void: Callable[[Any], bool] | None = None,
        group: Callable[[Any], str] | None = None,
        per_page: int = PER_PAGE,
        brings_in: str = "",
    ) -> None:
        self.title, self.nouns, self.columns, self.empty, self.is_void = title, nouns, columns, empty, is_void
        self.address, self.brings_in = reverse(url_name), brings_in
        self.file_name = file_name or title.lower()
        self.search, self.search_label, self.default = search, search_label, default
        self.attach = attach or (lambda rows: rows)
        self.group = group
        self.filters = {**(filters or {}), **{one.key: one.filter for one in columns if one.filter}}
        self.orders = {**(orders or {}), **{one.key: one.orders for one in columns if one.order}}
        self.query = searching.typed(params.get("q", "")) if search else ""
        self.order = self._known_order(params.get("order", ""))
        self.chosen = {key: one.chosen(params.get(key, "")) for key, one in self.filters.items()}
        self.asked_page, self.per_page = params.get("page", "1"), per_page
        self.rows = self._ordered(self._narrowed(rows))

    # -- Which rows ---------------------------------------------------------------------------------------------------

    def _known_order(self, asked: str) -> str:
        return asked if asked.removeprefix("-") in self.orders else self.default

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
        if self._sums:
            paginator.count = self._aggregated["count"]
        elif self.is_whole or self.asked_page == "1":
            first = list(self.rows[: per_page + 1])
            if len(first) <= per_page:
                paginator.count = len(first)
            return Page(first[:per_page], 1, paginator)
        return paginator.get_page(self.asked_page)

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
        named = {f"sum_{key}": one for key, one in self._sums.items()}
        return self.rows.order_by().aggregate(count=Count("pk"), **named)

    @cached_property
    def totals(self) -> dict[str, int]:
        """The sums over all pages, by the keys of their columns."""
        return {key: self._aggregated[f"sum_{key}"] or 0 for key in self._sums}

    # -- The page -----------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> list[Column]:
        return [column for column in self.columns if column.on_page]

    @property
    def found(self) -> str:
        """«47 центров»."""
        return agree(self.page.paginator.count, *self.nouns)

    @property
    def body(self) -> SafeString:
        cells = [column.cell for column in self.shown]
        void = self.is_void or (lambda _: False)
        # A line between cells, too: who takes a row as text reads «№ 1 28.11.2026» and not «№ 128.11.2026».
        lines = (
            f"{heading}<tr{' class="is-void"' if void(row) else ''}>{'\n'.join([cell(row) for cell in cells])}</tr>\n"
            for heading, row in self._headed(self.page.object_list)
        )
        return SafeString("".join(lines))

    def _headed(self, rows: Any) -> Iterator[tuple[str, Any]]:
        """Each row, after the heading of its group where that begins with it."""
        if self.group is None or self.order != self.default:
            yield from (("", row) for row in rows)
            return
        for heading, of_group in itertools.groupby(rows, self.group):
            first = f'<tr class="data-table__group"><th scope="colgroup" colspan="{len(self.shown)}">'
            said = f"{first}{escaped(heading)}</th></tr>\n" if heading else ""
            yield from ((said if place == 0 else "", row) for place, row in enumerate(of_group))

    @property
    def sum_cells(self) -> list[str]:
        """The last row after its name, which takes the place of the columns before the first sum."""
        return [column.sum_cell(self.totals) for column in self.shown[self.sums_after :]]

    @property
    def sums_after(self) -> int:
        return next((place for place, column in enumerate(self.shown) if column.total), 0)

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.shown]

    def _head(self, column: Column) -> Head:
        if not column.order:
            return Head(column.heading, column.css)
        sort = "descending" if self._descends() else "ascending"
        link = self._link(self._turned_by(column.key))
        return Head(column.heading, column.css, link, sort if column.key == self.order.removeprefix("-") else "")

    def _turned_by(self, key: str) -> str:
        """The order that a press on the heading asks for."""
        return f"-{key}" if self.order == key else key

    def _descends(self) -> bool:
        """By what the reader sees: the newest first is descending, though it is the order of its key."""
        first = self.orders[self.order.removeprefix("-")][0]
        return first.startswith("-") != self.order.startswith("-")

    @property
    def choices(self) -> list[Choice]:
        """For the form above the list."""
        headings = {column.key: column.heading for column in self.columns}
        return [one.choice(key, headings.get(key, ""), self.chosen[key]) for key, one in self.filters.items()]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or any(self.chosen.values()))

    @property
    def asked_order(self) -> str:
        """The order, if it is another than the usual one."""
        return "" if self.order == self.default else self.order

    @property
    def querystring(self) -> str:
        """What a link to the same rows begins with: «q=…&order=…&», or nothing."""
        return self._link(self.order)

    @property
    def page_link(self) -> str:
        """What a link to another page of the same list begins with."""
        return f"{self.address}?{self.querystring}page="

    def _link(self, order: str) -> str:
        kept = {"q": self.query, **self.chosen, "order": "" if order == self.default else order}
        return "".join(f"{urlencode({key: value})}&" for key, value in kept.items() if value)

    # -- Files --------------------------------------------------------------------------------------------------------

    def file(self, ending: str) -> HttpResponse:
        """All these rows as «xlsx» or «csv». Raises TooManyRows."""
        return files.answer(self, ending)


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"
