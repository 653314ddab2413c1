"""The text of a letter as the sheet prints it: paragraphs, list items and tables, in the order of the content."""

import functools
import itertools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from reports.typesetting import columns, lines, ties

ELEMENTS = ("paragraph", "item", "table")
SIZE_PT, INDENT_MM = 12, 12.5
TEXT_MM = {"20": 180, "30": 170}  # between the margins, by the left one
WITH_SIGNATURE = 3  # lines of text that go with the signature to another page, at least
LINE_AT_MOST = 100  # characters; a line of the body holds fewer, so that lines are rather undercounted
TABLE_PT = {"table": 11, "table-narrow": 10}
NARROW_FROM = 6  # columns
TALL_LINES = 15  # of a row of a table: about a quarter of a page
KEPT = 2_000  # paragraphs of drafts: between two saves most stay as they are
# «1.», «1.2.1.», «а)», «–»: what stands before the text of an item.
_MARKER = re.compile(r"((?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[а-яё]\)|[–—•*-]))[ \u00a0]+(?=\S)")
# Room for the marker, by the most characters that it may have.
HANGING_MM = ((1, 5.0), (3, 7.5), (6, 12.0), (16, 24.0))


class Cell(NamedTuple):
    """Of a table; ``figures`` where its whole column holds nothing else."""

    text: SafeString
    figures: bool


class Row(NamedTuple):
    """Of a table; a tall one, which would leave much of a page empty or fit none, may be divided between pages."""

    cells: Sequence[Cell]
    tall: bool = False


class Part(NamedTuple):
    """One paragraph, item or table, ready for the template; ``marks`` are its classes."""

    kind: str
    text: SafeString | str = ""
    marker: SafeString | str = ""
    marks: str = ""
    rows: Sequence[Row] = ()  # the heading first
    held: Sequence[Row] = ()  # the last rows, kept together with the signature
    widths: Sequence[int] = ()  # per cent
    lines: int = 0


def parts(content: Sequence[Sequence[Any]], *, margin: str) -> list[Part]:
    made = [_made(str(element), value, TEXT_MM[margin]) for element, value in content if element in ELEMENTS]
    return _with_signature([_leading(part, after) for part, after in zip(made, [*made, None][1:], strict=True)])


def line(text: str) -> SafeString:
    """One line of whatever element, escaped and typeset."""
    return escape(ties.whole(text))


def _made(element: str, value: Any, width_mm: float) -> Part:
    if element == "table":
        return _table(value, width_mm)
    if element == "item":
        return _item(value, width_mm)
    return _set("paragraph", value, width_mm, INDENT_MM)


@functools.lru_cache(maxsize=KEPT)
def _set(kind: str, text: str, width_mm: float, indent_mm: float, marker: str = "", marks: str = "") -> Part:
    whole = ties.whole(text)
    fitted = lines.fitted(whole, size_pt=SIZE_PT, width_mm=width_mm, indent_mm=indent_mm)
    if fitted is None:
        return Part(kind, escape(whole), escape(marker), f"{marks} loose".strip(), lines=-(-len(text) // LINE_AT_MOST))
    return Part(kind, escape(fitted.text), escape(marker), marks, lines=fitted.lines)


def marked(text: str) -> tuple[str, str]:
    """What numbers the item («1.»; nothing where it has no number), and its text."""
    found = _MARKER.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def hanging(marker: str) -> tuple[int, float]:
    """Which of the widths, and the width itself in mm."""
    return next((number, room) for number, (longest, room) in enumerate(HANGING_MM) if len(marker) <= longest)


def _item(text: str, width_mm: float) -> Part:
    marker, rest = marked(text)
    number, room = hanging(marker)
    return _set("item", rest, width_mm - INDENT_MM - room, 0, marker, f"hanging-{number}")


def _table(rows: list[list[str]], width_mm: float) -> Part:
    across = max(map(len, rows))
    full = [[*map(ties.tied, row), *[""] * (across - len(row))] for row in rows]
    kind = "table" if across < NARROW_FROM else "table-narrow"
    figures = [columns.is_of_figures([row[place] for row in full[1:]]) for place in range(across)]
    widths = columns.widths(full, size_pt=TABLE_PT[kind], width_mm=width_mm)
    tall = [columns.lines(row, widths, size_pt=TABLE_PT[kind], width_mm=width_mm) > TALL_LINES for row in full]
    cells = ([Cell(line(cell), figure) for cell, figure in zip(row, figures, strict=True)] for row in full)
    made = [Row(*pair) for pair in zip(cells, tall, strict=True)]
    return Part(kind, rows=made, widths=widths, lines=len(made) - 1)


def _leading(part: Part, after: Part | None) -> Part:
    """«…следующее:» does not end a page that its list or table is not on."""
    leads = after is not None and after.kind != "paragraph" and part.kind == "paragraph"
    return part._replace(marks=f"{part.marks} leading".strip()) if leads else part


def _with_signature(made: list[Part]) -> list[Part]:
    """The last parts stay with the signature as far as three lines of text need: «tail» keeps its lines by
    threes, «held» keeps to the part before it too.
    """
    kept, wanted = list(made), WITH_SIGNATURE
    for place in range(len(made) - 1, -1, -1):
        part = made[place]
        enough = part.lines >= wanted or any(row.tall for row in part.rows)
        kept[place] = _kept(part, wanted, enough=enough)
        wanted -= part.lines
        if enough:
            break
    return kept


def _kept(part: Part, wanted: int, *, enough: bool) -> Part:
    if not part.rows:
        return part._replace(marks=f"{part.marks} tail{'' if enough else ' held'}".strip())
    if not enough:
        return part._replace(marks=f"{part.marks} whole held".strip())
    whole = list(itertools.takewhile(lambda row: not row.tall, reversed(part.rows[-wanted:])))
    return part._replace(rows=part.rows[: len(part.rows) - len(whole)], held=whole[::-1])
