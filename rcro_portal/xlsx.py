"""One way to read and to write tables of spreadsheets.

What is read are the texts of the first sheet's cells; what is written can never be taken for a formula.
"""

import codecs
import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from django.core.exceptions import ValidationError

from rcro_portal.refusals import Refusal
from rcro_portal.russian import grouped, short_date
from rcro_portal.text import FILE_LIMIT_BYTES, clean_text

ROW_LIMIT, COLUMN_LIMIT = 20_000, 100
# An honest table of 20,000 rows inflates to some 30 MB.
INFLATED_LIMIT_BYTES = 150 * 1024 * 1024
MEMBER_LIMIT = 1_000
_CHUNK = 256 * 1024


class CannotRead(Refusal):
    """The file is no table that the portal reads; the words say how to save it."""

    words = "Файл не прочитан. Сохраните таблицу как XLSX или CSV и загрузите её ещё раз."


class TooLarge(CannotRead):
    words = (
        f"Таблица слишком велика: файл – до 12 МБ, до {grouped(ROW_LIMIT)} строк и {COLUMN_LIMIT} столбцов. "
        "Удалите лишнее или разделите её на части."
    )


def read(data: bytes) -> list[list[str]]:
    """The rows of an XLSX (its first sheet) or of a CSV (UTF-8 or cp1251; «;», «,» or tab), every cell as text.

    Days are «05.10.2026», whole numbers have no fraction. Raises CannotRead or TooLarge before anything is unpacked.
    """
    if len(data) > FILE_LIMIT_BYTES:
        raise TooLarge
    cells = _workbook(data) if data.startswith(b"PK\x03\x04") else _csv(data)
    rows: list[list[str]] = []
    for row in cells:
        if len(rows) >= ROW_LIMIT + 1 or len(row) > COLUMN_LIMIT:
            raise TooLarge
        rows.append([_text(cell) for cell in row])
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, datetime.datetime | datetime.date):
        return short_date(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    try:
        return clean_text(str(cell))
    except ValidationError as error:
        raise CannotRead(error.messages[0]) from error


# -- CSV --------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterator[list[str]]:
    if not data.strip():
        raise CannotRead("Файл пуст.")
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise CannotRead from error


def _decoded(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise CannotRead


# -- XLSX ---------------------------------------------------------------------------------------------------


def _workbook(data: bytes) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bombs(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        yield from workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise CannotRead from error


def _refuse_bombs(data: bytes) -> None:
    """Count what is inflated, and where the cells lie: a file of 5 KB may hold one cell at XFD1048576."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            members = parts.infolist()
            if len(members) > MEMBER_LIMIT:
                raise TooLarge
            left = INFLATED_LIMIT_BYTES
            for member in members:
                with parts.open(member) as part:
                    left = _scan(part, left, strict=member.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise CannotRead from error


def _scan(part: Any, left: int, *, strict: bool) -> int:
    """How many bytes are left of the limit after this part; pictures and the like are only counted."""
    parser, places = expat.ParserCreate(), _Places()
    parser.StartElementHandler = places.note
    parser.EntityDeclHandler = _refuse_entities
    parses = True
    while chunk := part.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise TooLarge
        if parses:
            try:
                parser.Parse(chunk)
            except expat.ExpatError as error:
                if strict or places.seen:
                    raise CannotRead from error
                parses = False
    return left


def _refuse_entities(*_: Any) -> None:
    raise CannotRead


@dataclass
class _Places:
    """The rows and cells of one part: whoever opens the sheet lays out a rectangle that holds them all."""

    seen: bool = False
    row: int = 0
    column: int = 0

    def note(self, name: str, attributes: dict[str, str]) -> None:
        self.seen = True
        name, place = name.rpartition(":")[2], attributes.get("r", "")
        if name == "row":
            self.row, self.column = int(place) if place.isdecimal() else self.row + 1, 0
        elif name == "c":
            letters = place.rstrip("0123456789")
            self.column = _column(letters) if letters else self.column + 1
            self.row = int(place[len(letters) :] or self.row)
        else:
            return
        if self.row > ROW_LIMIT + 1 or self.column > COLUMN_LIMIT:
            raise TooLarge


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# -- Writing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    heading: str
    width: int = 15


def write(*, sheet: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """An XLSX of one sheet, its heading row frozen. Texts stay texts, whatever they begin with."""
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **plain})
    page = book.add_worksheet(sheet[:31])
    look = {"text_wrap": True, "valign": "top"}
    heading = book.add_format({**look, "bold": True, "bottom": 1})
    text = book.add_format(look)
    # With the mark of a text, so that editing the cell makes no formula of it either.
    marked = book.add_format({**look, "quote_prefix": True})
    day = book.add_format({**look, "num_format": "dd.mm.yyyy", "align": "left"})
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.heading, heading)
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime.date):
                page.write_datetime(number, place, cell, day)
            elif isinstance(cell, int):
                page.write_number(number, place, cell, text)
            elif cell:
                page.write_string(number, place, str(cell), marked if str(cell)[0] in "=+-@" else text)
    book.close()
    return target.getvalue()
