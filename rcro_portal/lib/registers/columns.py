"""A column of a list: what it says of a row, how it is ordered and narrowed, and how page and files show it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from rcro_portal.lib.registers import markup
from rcro_portal.lib.registers.filters import Filter
from rcro_portal.lib.russian import grouped, measured, short_date

# A moment is a datetime with its zone.
type Value = str | int | Decimal | datetime.date | None
type Reads[Found] = Callable[[Any], Found]


@dataclass(frozen=True)
class Column:
    """Declared once. ``value`` is a path of attributes or a function of the row: a text, a number, a day, a moment.

    On the page it is text, with ``link`` a link to that address, with ``html`` whatever that gives; ``blank`` stands
    there for nothing. ``order`` names columns of the database, ``ordering`` adds to the rows what that order needs;
    ``total`` names the one whose sum ends the list, ``width`` is in characters of a spreadsheet. ``on_page`` and
    ``in_files`` say where the column stands.
    """

    key: str
    heading: str
    value: str | Reads[Value]
    _: KW_ONLY
    html: Reads[str] | None = None
    link: Reads[str] | None = None
    blank: str = ""
    order: str | Sequence[str] = ()
    ordering: Reads[QuerySet] | None = None
    filter: Filter | None = None
    width: int = 15
    css: str = ""
    names_row: bool = False
    total: str = ""
    on_page: bool = True
    in_files: bool = True

    @cached_property
    def read(self) -> Reads[Value]:
        return attrgetter(self.value) if isinstance(self.value, str) else self.value

    @property
    def orders(self) -> tuple[str, ...]:
        return (self.order,) if isinstance(self.order, str) else tuple(self.order)

    @cached_property
    def cell(self) -> Reads[str]:
        """Draws the row's cell: one string, without a template."""
        begin, end = self._tags
        inner = self._inner
        return lambda row: f"{begin}{inner(row)}{end}"

    @property
    def _tags(self) -> tuple[str, str]:
        css = f' class="{markup.escaped(self.css)}"' if self.css else ""
        if self.names_row:
            return f'<th scope="row"{css}>', "</th>"
        return f'<td data-label="{markup.escaped(self.heading)}"{css}>', "</td>"

    @property
    def _inner(self) -> Reads[str]:
        read, html, address = self.read, self.html, self.link
        blank = f'<span class="muted">{markup.escaped(self.blank)}</span>' if self.blank else ""
        if html is not None:
            # One child: on a phone a cell is a grid of its label and what it says.
            return lambda row: f"<span>{markup.escaped(drawn)}</span>" if (drawn := html(row)) else blank
        if address is not None:
            return lambda row: markup.link(address(row), said) if (said := text(read(row))) else blank
        return lambda row: markup.escaped(said) if (said := text(read(row))) else blank

    def sum_cell(self, totals: dict[str, int]) -> str:
        """The cell of the last row, which sums up."""
        begin, end = self._tags
        total = totals.get(self.key)
        return SafeString(f"{begin}{'' if total is None else f'<strong>{grouped(total)}</strong>'}{end}")


def text(value: Value) -> str:
    """«05.10.2026», «05.10.2026 14:30» on the portal's clocks, «12,5»; nothing for no value."""
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%d.%m.%Y %H:%M}"
    if isinstance(value, datetime.date):
        return short_date(value)
    if isinstance(value, Decimal):
        return measured(value)
    return "" if value is None else str(value)
