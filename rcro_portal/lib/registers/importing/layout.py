"""What below the headings is a record, and what only divides, numbers, sums up or explains."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.sheets import Merge, Sheet, filled

TITLE, NUMBERS, AGAIN, SECTION = "название", "номера граф", "повтор названий столбцов", "раздел"
TOTAL, NOTE, HIDDEN, EMPTY = "итог", "примечание", "скрыта", "пустая"
TOTALS = re.compile(r"(?:итого|всего)\b", re.IGNORECASE)
_MONTHS = "янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
_PERIOD = re.compile(rf"(?:\d{{4}}\s*(?:г\.?|год|уч\. ?год)|(?:{_MONTHS})\w*(?: \d{{4}}.*)?)$", re.IGNORECASE)


class Record(NamedTuple):
    """A row by its number in the file, its cells by the names of their fields; the title of the section above it."""

    row: int
    cells: dict[str, str]
    section: str


class Skipped(NamedTuple):
    """A row that is no record, and why."""

    row: int
    why: str


@dataclass
class Layout:
    records: list[Record] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def lay_out(
    sheet: Sheet,
    heads: Heads,
    *,
    required: frozenset[str],
    is_record: Callable[[Mapping[str, str]], bool],
    with_hidden: bool = False,
) -> Layout:
    """Rows with nothing of their own are left out silently: empty ones, and the rest of a merged record, which may say
    all of it once more beside what differs and nobody reads.
    """
    found, section = Layout(), ""
    ends = _last_of_several(sheet)
    ended = noted = 0
    for row, above in _with_above(sheet):
        if row in heads.rows:
            continue
        cells = _cells(sheet.rows[row], above, heads)
        why = _why_skipped(sheet, heads, row, required, past=row > ends) if row > heads.last else TITLE
        if not why and row in sheet.hidden_rows and not with_hidden:
            why = HIDDEN
        elif not is_record(cells):
            goes_on = row > ends and row == noted + 1
            why = why or _total(sheet.rows[row]) or (NOTE if goes_on or (ended and row > ended + 1) else "")
        elif why == SECTION:
            why = ""
        if why == SECTION:
            section = next(text for _, text in filled(sheet.rows[row]))
        ended = row if why == TOTAL else ended
        noted = row if why == NOTE else noted
        if why:
            found.skipped.append(Skipped(row, why))
        elif not (above and found.records and cells == found.records[-1].cells):
            found.records.append(Record(row, cells, section))
    return found


def _cells(own: list[str], above: Mapping[int, str], heads: Heads) -> dict[str, str]:
    def cell(column: int) -> str:
        return (own[column - 1] if column <= len(own) else "") or above.get(column, "")

    return {name: cell(column) for column, name in heads.fields.items()}


def _with_above(sheet: Sheet) -> Iterator[tuple[int, dict[int, str]]]:
    """Each row, and by column what a merged cell above says there; inside the merge only."""
    over: dict[int, Merge] = {}
    for row in sorted(sheet.rows):
        over = {column: merge for column, merge in over.items() if merge.bottom >= row}
        yield row, {column: sheet.cell(merge.top, column) for column, merge in over.items()}
        over |= {merge.left: merge for merge in sheet.merges_by_top.get(row, ())}


def _last_of_several(sheet: Sheet) -> int:
    """Below the last row with several filled cells stand notes."""
    return max((row for row, cells in sheet.rows.items() if len(list(filled(cells))) > 1), default=0)


def _why_skipped(sheet: Sheet, heads: Heads, row: int, required: frozenset[str], *, past: bool) -> str:
    cells = list(filled(sheet.rows[row]))
    texts = [text for _, text in cells]
    if not cells:
        return EMPTY
    if len(cells) > 2 and texts == [str(number) for number in range(1, len(cells) + 1)]:
        return NUMBERS
    if texts == [heads.texts.get(column) for column, _ in cells] and len(cells) > 1:
        return AGAIN
    if len(cells) > 1:
        return ""
    (column, text), name = cells[0], heads.fields.get(cells[0][0])
    if _spans(sheet, row, column) or name is None or (name in required and _PERIOD.match(text)):
        return NOTE if past and not _PERIOD.match(text) else SECTION
    return NOTE if past and row - 1 not in sheet.rows and row - 1 not in heads.rows else ""


def _spans(sheet: Sheet, row: int, column: int) -> bool:
    return any(one.left == column and one.right > column for one in sheet.merges_by_top.get(row, ()))


def _total(cells: list[str]) -> str:
    return TOTAL if any(TOTALS.match(cell) for cell in cells) else ""


def numbered(found: Layout, why: str) -> Iterator[int]:
    """The rows that were left out for that reason."""
    return (one.row for one in found.skipped if one.why == why)
