"""One way to read and to write tables of spreadsheets.

What is read are the texts of the first visible sheet's cells; what is written can never be taken for a formula.
"""

import datetime
import io
import itertools
import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from rcro_portal.lib import limited, packages, table_cells, workbook_parts
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import grouped
from rcro_portal.lib.text import FILE_LIMIT_BYTES, clean_text

ROW_LIMIT, COLUMN_LIMIT = 20_000, 100
# Tables of strangers are counted and read in a process of their own.
BOUNDS = packages.Bounds(rows=ROW_LIMIT + 1, columns=COLUMN_LIMIT)
LIMITS = limited.DEFAULT
# A4 among the papers of spreadsheets; a line of their usual type and the highest row they know, in points; how many
# digits wide a Cyrillic letter is, and a capital one.
A4, LINE_PT, TALLEST_PT = 9, 15, 409
LETTER, CAPITAL = 1.1, 1.4


class CannotRead(Refusal):
    """The file is no table that the portal reads; the words say how to save it."""

    words = "Файл не прочитан. Сохраните таблицу как XLSX или CSV и загрузите её ещё раз."


class TooLarge(CannotRead):
    words = (
        f"Таблица слишком велика: файл – до 12 МБ, до {grouped(ROW_LIMIT)} строк и {COLUMN_LIMIT} столбцов. "
        "Удалите лишнее или разделите её на части."
    )


class Broken(str):
    """The text of a cell that holds no value: an error of the spreadsheet, or a formula that was never counted."""

    __slots__ = ()

    @property
    def words(self) -> str:
        if self == workbook_parts.NOT_COUNTED:
            return "В ячейке формула без значения. Откройте файл в Excel, дождитесь пересчёта и сохраните."
        return f"В ячейке ошибка {self}. Внесите значение вместо формулы."


def read(data: bytes) -> list[list[str]]:
    """The rows of an XLSX or ODS (its first visible sheet) or of a CSV (UTF-8 or cp1251; «;», «,» or tab), as texts.

    Days are «05.10.2026», whole numbers have no fraction, cells without a value are Broken. Raises CannotRead or
    TooLarge before anything is laid out.
    """
    if len(data) > FILE_LIMIT_BYTES:
        raise TooLarge
    if not data.strip():
        raise CannotRead("Файл пуст.")
    rows = [[_text(cell) for cell in row] for row in json.loads(_told(data))]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _told(data: bytes) -> bytes:
    expected = (packages.TooMuch, packages.Unreadable)
    try:
        return limited.call(table_cells.read, data, *BOUNDS, raises=expected, limits=LIMITS)
    except packages.TooMuch as error:
        raise TooLarge(f"{TooLarge.words} Сейчас в ней: {error}.") from error
    except (limited.OutOfMemory, limited.OutOfTime) as error:
        raise TooLarge(
            f"{TooLarge.words} Чтобы прочитать эту, не хватило {LIMITS.memory >> 20} МБ памяти или {LIMITS.seconds} с."
        ) from error
    except limited.Busy as error:
        raise CannotRead(limited.BUSY) from error
    except (packages.Unreadable, limited.Failed) as error:
        raise CannotRead(str(error) if isinstance(error, packages.Unreadable) else "") from error


def _text(cell: str | list[str]) -> str:
    """What holds no value comes in a list of its own."""
    if isinstance(cell, list):
        return Broken(cell[0])
    if packages.ERRORS.fullmatch(cell.strip()):
        return Broken(cell.strip())
    try:
        return clean_text(cell)
    except ValidationError as error:
        raise CannotRead(error.messages[0]) from error


# -- Writing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    heading: str
    width: int = 15


def write(*, sheet: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """An XLSX of one sheet: its heading row frozen and on every page, rows as high as their texts, A4 across.

    Texts stay texts, whatever they begin with.
    """
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **plain})
    page = book.add_worksheet(sheet[:31])
    _for_print(page)
    looks = _looks(book)
    headings = [column.heading for column in columns]
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
    for number, row in enumerate(itertools.chain([headings], rows)):
        page.set_row(number, _height(row, columns))
        for place, cell in enumerate(row):
            _put(page, number, place, cell, looks)
    book.close()
    return target.getvalue()


def _for_print(page: Any) -> None:
    """A4 across, as wide as the paper and as long as it takes, its heading on every page."""
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C&P из &N")


def _looks(book: Any) -> dict[str, Any]:
    look = {"text_wrap": True, "valign": "top"}
    return {
        "heading": book.add_format({**look, "bold": True, "bottom": 1}),
        "text": book.add_format(look),
        # With the mark of a text, so that editing the cell makes no formula of it either.
        "marked": book.add_format({**look, "quote_prefix": True}),
        "day": book.add_format({**look, "num_format": "dd.mm.yyyy", "align": "left"}),
        "moment": book.add_format({**look, "num_format": "dd.mm.yyyy hh:mm", "align": "left"}),
    }


def _put(page: Any, row: int, column: int, cell: Any, looks: dict[str, Any]) -> None:
    if row == 0:
        page.write_string(row, column, cell, looks["heading"])
    elif isinstance(cell, datetime.date):
        is_moment = isinstance(cell, datetime.datetime)
        page.write_datetime(row, column, cell, looks["moment" if is_moment else "day"])
    elif isinstance(cell, int):
        page.write_number(row, column, cell, looks["text"])
    elif cell:
        page.write_string(row, column, str(cell), looks["marked" if str(cell)[0] in "=+-@" else "text"])


def _height(row: Sequence[Any], columns: Sequence[Column]) -> float:
    """Points: programs that open the file do not all measure wrapped texts by themselves."""
    lines = [_lines(cell, column.width) for cell, column in zip(row, columns, strict=False) if isinstance(cell, str)]
    return float(min(LINE_PT * max([1, *lines]), TALLEST_PT))


def _lines(text: str, width: int) -> int:
    """How many lines it takes in a column as wide as that many digits."""
    rooms = ((line, int(width / (CAPITAL if line.isupper() else LETTER))) for line in text.split("\n"))
    return sum(len(textwrap.wrap(line, max(room, 1), break_on_hyphens=False)) or 1 for line, room in rooms)
