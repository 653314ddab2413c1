"""A list: what its page, its files and its print show of the rows asked for."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.registers import files
from rcro_portal.lib.registers.asked import COLUMNS, PER_PAGE, Asked
from rcro_portal.lib.registers.columns import Column
from rcro_portal.lib.registers.filters import Choice, Filter
from rcro_portal.lib.registers.markup import escaped, link
from rcro_portal.lib.registers.period import SINCE, UNTIL, DatedBy
from rcro_portal.lib.registers.saved import nothing_kept
from rcro_portal.lib.russian import agree


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

    def cell(self, address: str) -> SafeString:
        css = f' class="{escaped(self.css)}"' if self.css else ""
        sort = f' aria-sort="{self.sort}"' if self.sort else ""
        words = escaped(self.words) if self.link is None else link(f"{address}?{self.link}", self.words)
        return SafeString(f'<th scope="col"{css}{sort}>{words}</th>\n')


class Tick(NamedTuple):
    """A column that the reader may show or leave out."""

    key: str
    words: str
    is_shown: bool

    @property
    def box(self) -> SafeString:
        ticked = " checked" if self.is_shown else ""
        box = f'<input type="checkbox" name="{COLUMNS}" value="{escaped(self.key)}"{ticked}>'
        return SafeString(f'<label class="choice">{box} <span>{escaped(self.words)}</span></label>\n')


class Register(Asked):
    """A list: its rows as asked for, and what page, files and print show of them.

    ``url_name`` is its address by ``paths``. ``default`` is the key of the order when none is asked for: of a column or
    of ``orders``, which may hold more; «-key» turns an order round. ``search`` names the column that holds search keys,
    or narrows rows to the words itself. ``filters`` are those that no column declares. ``attach`` reads what columns
    show beside the rows, for all of a page at once. ``file_name`` calls the files otherwise than the title. ``group``
    says under which heading a row stands while the order is the usual one, which must keep such rows together.
    ``as_of`` is the day that the rows were read by, of a list whose rows are dated; ``dated_by`` says by which day
    they are narrowed to a period. ``is_short``: more than a page, but a page or two: such a list is not counted apart.
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
        as_of: AsOf | None = None,
        dated_by: DatedBy | None = None,
        is_short: bool = False,
        brings_in: str = "",
    ) -> None:
        self.title, self.nouns, self.columns, self.empty, self.is_void = title, nouns, columns, empty, is_void
        self.url_name, self.address, self.brings_in = url_name, reverse(url_name), brings_in
        self.file_name = file_name or title.lower()
        self.search, self.search_label, self.default = search, search_label, default
        self.attach = attach or (lambda rows: rows)
        self.group = group
        self.filters = {**(filters or {}), **{one.key: one.filter for one in columns if one.filter}}
        self.orders = {**(orders or {}), **{one.key: one.orders for one in columns if one.order}}
        self.per_page, self.as_of, self.dated_by, self.is_short = per_page, as_of, dated_by, is_short
        # Whether its reader keeps views and columns; ``answer`` reads them.
        self.is_personal, self.kept = False, nothing_kept
        # Whether its reader changes many rows at once and so ticks them.
        self.is_ticked = False
        self.read(rows, params)

    # -- Columns ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> list[Column]:
        chosen = self.asked_columns
        if not chosen:
            return [column for column in self.columns if column.on_page]
        return [column for column in self.columns if column.names_row or column.key in chosen]

    @property
    def in_files(self) -> list[Column]:
        chosen = self.asked_columns
        columns = [column for column in self.columns if column.in_files]
        return [one for one in columns if one.names_row or one.key in chosen] if chosen else columns

    @property
    def ticks(self) -> list[Tick]:
        shown = {column.key for column in self.shown}
        return [Tick(one.key, one.heading, one.key in shown) for one in self.columns if not one.names_row]

    # -- The page -----------------------------------------------------------------------------------------------------

    @property
    def found(self) -> str:
        """«47 центров»."""
        return agree(self.page.paginator.count, *self.nouns)

    @property
    def body(self) -> SafeString:
        cells = [*([_tick_cell] if self.is_ticked else []), *(column.cell for column in self.shown)]
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
            first = f'<tr class="data-table__group"><th scope="colgroup" colspan="{len(self.shown) + self.is_ticked}">'
            said = f"{first}{escaped(heading)}</th></tr>\n" if heading else ""
            yield from ((said if place == 0 else "", row) for place, row in enumerate(of_group))

    @property
    def sum_cells(self) -> list[str]:
        """The last row after its name, which takes the place of the columns before the first sum."""
        return [column.sum_cell(self.totals) for column in self.shown[self.sums_after :]]

    @property
    def sums_after(self) -> int:
        return next((place for place, column in enumerate(self.shown) if column.total), len(self.shown))

    @property
    def sums_span(self) -> int:
        """How many cells wide that name is: those columns, and the ticks before them."""
        return self.sums_after + self.is_ticked

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.shown]

    @property
    def head_cells(self) -> SafeString:
        return SafeString("".join([head.cell(self.address) for head in self.heads]))

    @property
    def tick_boxes(self) -> SafeString:
        return SafeString("".join([tick.box for tick in self.ticks]))

    @property
    def is_asked(self) -> bool:
        """Whether the form above the list has anything to ask."""
        return bool(self.search_label or self.filters or self.dated_by or self.as_of)

    @property
    def filter_fields(self) -> SafeString:
        return SafeString("\n".join([choice.field for choice in self.choices]))

    def _head(self, column: Column) -> Head:
        if not column.order:
            return Head(column.heading, column.css)
        sort = "descending" if self._descends() else "ascending"
        link = self.link(self._turned_by(column.key))
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
    def asked_by_link(self) -> str:
        """What only a link asks for, in words: «РВЦИ, получившие статус за год, за 2020 год»."""
        asked = ((one, self.chosen[key]) for key, one in self.filters.items() if one.by_link)
        return "; ".join(dict(one.options)[value] for one, value in asked if value)

    @property
    def period_fields(self) -> list[tuple[str, str, str]]:
        """Name, label and day of both fields of the form above the list, if it is narrowed to a period."""
        days, by = self.period.asked, self.dated_by
        return [(SINCE, by.label("с"), days[SINCE]), (UNTIL, by.label("по"), days[UNTIL])] if by else []

    @property
    def page_link(self) -> str:
        """What a link to another page of the same list begins with."""
        return f"{self.address}?{self.querystring}page="

    # -- Files --------------------------------------------------------------------------------------------------------

    @property
    def file_title(self) -> str:
        """The first line of a file that speaks of another day than today; nothing of today."""
        return f"{self.title}, {self.as_of.words}" if self.as_of and not self.as_of.is_today else ""

    def file(self, ending: str) -> HttpResponse:
        """All these rows as «xlsx» or «csv». Raises TooManyRows."""
        return files.answer(self, ending)


def _tick_cell(row: Any) -> str:
    tick = f'<input type="checkbox" name="row" value="{row.pk}" form="bulk" aria-label="Отметить">'
    return f'<td class="tick-cell">{tick}</td>'
