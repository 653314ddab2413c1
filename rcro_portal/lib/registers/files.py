"""The rows of a list as a file to take along: XLSX for print and work, CSV for other programs."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone

from rcro_portal.lib import csv_text, downloads, russian, xlsx
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.columns import Value, text

if TYPE_CHECKING:
    from rcro_portal.lib.registers.register import Register


class TooManyRows(Refusal):
    """More rows than one file holds; the words say how to narrow."""


def answer(register: "Register", ending: str) -> HttpResponse:
    """The file, named for the list and the day that it speaks of. Raises TooManyRows."""
    count = register.rows.count()
    if count > xlsx.ROW_LIMIT:
        raise TooManyRows(
            f"Здесь {russian.agree(count, 'строка', 'строки', 'строк')}, а в таблице – до "
            f"{russian.grouped(xlsx.ROW_LIMIT)}. Сузьте отбор и повторите."
        )
    media_type, write = WRITERS[ending]
    day = register.as_of.day if register.as_of else timezone.localdate()
    name = downloads.ascii_name(register.file_name, day)
    return downloads.response(write(register), media_type, f"{name}.{ending}")


def _rows(register: "Register") -> Iterator[list[Value]]:
    reads = [column.read for column in register.in_files]
    for row in register.every_row():
        yield [read(row) for read in reads]
    if register.totals:
        yield ["Всего", *(register.totals.get(column.key) for column in register.in_files[1:])]


def _xlsx(register: "Register") -> bytes:
    columns = [xlsx.Column(column.heading, column.width) for column in register.in_files]
    rows = ([_on_our_clocks(value) for value in row] for row in _rows(register))
    return xlsx.write(sheet=register.title, columns=columns, rows=rows, title=register.file_title)


def _csv(register: "Register") -> bytes:
    headings = [column.heading for column in register.in_files]
    return csv_text.write(headings, (list(map(text, row)) for row in _rows(register)), title=register.file_title)


def _on_our_clocks(value: Value) -> Any:
    """Spreadsheets know no time zones."""
    return timezone.make_naive(value) if isinstance(value, datetime.datetime) else value


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = {"xlsx": (XLSX, _xlsx), "csv": ("text/csv; charset=utf-8", _csv)}
