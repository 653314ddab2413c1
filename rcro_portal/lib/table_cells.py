"""The cells of a table that somebody brought, as texts: first counted, then laid out, in a process of ``limited``."""

import codecs
import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rcro_portal.lib import csv_text, workbook_parts
from rcro_portal.lib.packages import Bounds, Broken, TooMuch, Unreadable

# A cell's text, or the error that stands in its place.
type Cell = str | list[str]


def read(data: bytes, *bounds: int) -> bytes:
    """The rows of an XLSX, ODS or CSV as JSON; a cell without a value is a list that holds its error.

    Raises TooMuch, Unreadable.
    """
    within = Bounds(*bounds)
    rows = _workbook(data, within) if data.startswith(b"PK\x03\x04") else _csv(data)
    return json.dumps(list(_counted(rows, within)), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _counted(rows: Iterable[list[Any]], bounds: Bounds) -> Iterator[list[Cell]]:
    filled = letters = 0
    for number, row in enumerate(rows, start=1):
        bounds.hold(number, len(row))
        told = [_told(cell) for cell in row]
        filled += sum(map(bool, told))
        letters += sum(map(len, told))
        if filled > bounds.cells:
            raise TooMuch("заполненных ячеек – больше", bounds.cells)
        if letters > bounds.letters:
            raise TooMuch("знаков в ячейках – больше", bounds.letters)
        yield told


def _told(cell: Any) -> Cell:
    if isinstance(cell, datetime.date):
        return f"{cell.day:02}.{cell.month:02}.{cell.year:04}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return cell if isinstance(cell, list) else str(cell)


# -- CSV --------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [csv_text.unguarded(cell) for cell in row]
    except csv.Error as error:
        raise Unreadable from error


def _decoded(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable


# -- XLSX and ODS -----------------------------------------------------------------------------------------


def _workbook(data: bytes, bounds: Bounds) -> Iterator[list[Any]]:
    """The first sheet that is shown; broken cells in place of the nothing that the reader sees there."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found = workbook_parts.scan(data, bounds)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            number
            for number, sheet in enumerate(workbook.sheets_metadata)
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if not shown:
            raise Unreadable("В книге нет ни одного листа, который виден. Покажите лист и сохраните файл ещё раз.")
        broken = workbook_parts.broken_in(data, shown[0], found)
        rows = workbook.get_sheet_by_index(shown[0]).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise Unreadable from error
    yield from _with_broken(rows, broken)


def _with_broken(rows: Sequence[list[Any]], broken: Broken) -> Iterator[list[Any]]:
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), error in broken.items():
        by_row.setdefault(row, {})[column] = error
    for number in range(1, max([len(rows), *by_row]) + 1):
        cells = list(rows[number - 1]) if number <= len(rows) else []
        for column, error in by_row.get(number, {}).items():
            cells += [""] * (column - len(cells))
            cells[column - 1] = [error]
        yield cells
