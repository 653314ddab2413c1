"""One way to write tables of spreadsheets: what is written can never be taken for a formula."""

import datetime
import io
import itertools
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

# As many as are brought in again.
ROW_LIMIT = 20_000
# A4 among the papers of spreadsheets; a line of their usual type and the highest row they know, in points; how many
# digits wide a Cyrillic letter is, and a capital one.
A4, LINE_PT, TALLEST_PT = 9, 15, 409
LETTER, CAPITAL = 1.1, 1.4


@dataclass(frozen=True)
class Column:
    heading: str
    width: int = 15


@dataclass(frozen=True)
class Sheet:
    """A title stands in a line above the headings and goes with them."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    title: str = ""


def write(*, sheet: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    """An XLSX of one sheet."""
    return book([Sheet(sheet, columns, rows, title)])


def book(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX: of each sheet the heading row frozen and on every page, rows as high as their texts, A4 across.

    Texts stay texts, whatever they begin with.
    """
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"constant_memory": True, **plain})
    looks = _looks(made)
    for sheet in sheets:
        _write(made.add_worksheet(sheet.name[:31]), sheet, looks)
    made.close()
    return target.getvalue()


def _write(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    columns, first = sheet.columns, 1 if sheet.title else 0
    _for_print(page, first)
    if sheet.title:
        page.write_string(0, 0, sheet.title, looks["title"])
    headings = [column.heading for column in columns]
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
    for number, row in enumerate(itertools.chain([headings], sheet.rows), first):
        page.set_row(number, _height(row, columns))
        for place, cell in enumerate(row):
            if number == first:
                page.write_string(number, place, cell, looks["heading"])
            else:
                _put(page, number, place, cell, looks)


def _for_print(page: Any, heading: int) -> None:
    """A4 across, as wide as the paper and as long as it takes, its heading on every page."""
    page.freeze_panes(heading + 1, 0)
    page.repeat_rows(0, heading)
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&C&P из &N")


def _looks(book: Any) -> dict[str, Any]:
    look = {"text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True}),
        "heading": book.add_format({**look, "bold": True, "bottom": 1}),
        "text": book.add_format(look),
        # With the mark of a text, so that editing the cell makes no formula of it either.
        "marked": book.add_format({**look, "quote_prefix": True}),
        "day": book.add_format({**look, "num_format": "dd.mm.yyyy", "align": "left"}),
        "moment": book.add_format({**look, "num_format": "dd.mm.yyyy hh:mm", "align": "left"}),
    }


def _put(page: Any, row: int, column: int, cell: Any, looks: dict[str, Any]) -> None:
    if isinstance(cell, datetime.date):
        is_moment = isinstance(cell, datetime.datetime)
        page.write_datetime(row, column, cell, looks["moment" if is_moment else "day"])
    elif isinstance(cell, int | Decimal):
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
