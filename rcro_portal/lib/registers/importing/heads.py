"""Which rows hold the headings, and which column of the table is which field: guessed from synonyms."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from rcro_portal.lib import russian
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.sheets import Merge, Sheet

LOOKED_AT, ROWS_AT_MOST = 50, 4
# One word in common may be chance: a title names what the table is about.
ENOUGH = 2
_NUMBER = re.compile(r"№|\bn\b")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Heads:
    """Rows of headings (none: not found), the text of each column, and the field of those that are known.

    ``twice``: columns whose heading says a field that another column says already.
    """

    rows: tuple[int, ...] = ()
    texts: dict[int, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)
    twice: tuple[int, ...] = ()

    @property
    def last(self) -> int:
        return max(self.rows, default=0)

    def column(self, name: str) -> int | None:
        return next((column for column, known in self.fields.items() if known == name), None)


def spelled(heading: str) -> str:
    """The heading as two spellings of it are compared: words and numbers alone, № as a word."""
    return russian.search_key(_NUMBER.sub(" номер ", heading.casefold()))


def find(sheet: Sheet, columns: Sequence[Column], not_kept: Sequence[str] = ()) -> Heads:
    """The row, or two rows one below the other, that name most of the columns; none where hardly any is named."""
    found = [at(sheet, choice, columns, not_kept) for choice in choices(sheet)]
    best = max(found, key=lambda heads: len(heads.fields), default=Heads())
    if len(best.fields) < ENOUGH:
        return Heads()
    return at(sheet, _with_merged(sheet, best.rows), columns, not_kept)


def choices(sheet: Sheet) -> list[tuple[int, ...]]:
    """Where headings may stand."""
    numbers = sorted(sheet.rows)[:LOOKED_AT]
    single: list[tuple[int, ...]] = [(number,) for number in numbers]
    return single + [pair for pair in pairwise(numbers) if pair[1] == pair[0] + 1]


def signature(found: Heads) -> str:
    """Of tables whose headings say the same in the same columns."""
    said = "\n".join(f"{column} {spelled(text)}" for column, text in sorted(found.texts.items()))
    return hashlib.sha256(said.encode()).hexdigest() if said else ""


def at(sheet: Sheet, rows: Sequence[int], columns: Sequence[Column], not_kept: Sequence[str] = ()) -> Heads:
    """What these rows say as headings; a lower one speaks before the one that it divides."""
    names = _names(tuple(columns), tuple(not_kept))
    texts: dict[int, str] = {}
    fields: dict[int, str] = {}
    twice: list[int] = []
    over = {row: sheet.merged_over(row) for row in rows}
    for column in range(1, sheet.width + 1):
        if _is_rest_of_merge(sheet, rows, column, over):
            continue
        said = [text for row in rows if (text := " ".join(_text(sheet, row, column, over[row]).split()))]
        texts[column] = " ".join(dict.fromkeys(said))
        name = _first_known([texts[column], *reversed(said)], names)
        if name and name in fields.values():
            twice.append(column)
        elif name:
            fields[column] = name
    return Heads(tuple(rows), {column: text for column, text in texts.items() if text}, fields, tuple(twice))


@cache
def _names(columns: tuple[Column, ...], not_kept: tuple[str, ...]) -> dict[str, str]:
    """Which field a heading says; of each kind they are made once."""
    names = {spelled(word): one.name for one in columns for word in (one.heading, *one.synonyms)}
    return names | dict.fromkeys(map(spelled, not_kept), "")


def _first_known(said: Iterable[str], names: Mapping[str, str]) -> str:
    """What stands in brackets after a heading explains it: «Координатор (ФИО, телефон)»."""
    spellings = (spelled(way) for text in said for way in (text, _IN_BRACKETS.sub(" ", text)))
    return next((names[key] for key in spellings if key in names), "")


def _is_rest_of_merge(sheet: Sheet, rows: Sequence[int], column: int, over: Mapping[int, Mapping[int, Merge]]) -> bool:
    """The lowest heading of the column is that of a column to its left, merged over both."""
    for row in reversed(rows):
        merge = over[row].get(column)
        if sheet.cell(row, column):
            return False
        if merge and sheet.cell(merge.top, merge.left):
            return merge.left < column
    return False


def _text(sheet: Sheet, row: int, column: int, over: Mapping[int, Merge]) -> str:
    """A heading that is merged stands over all columns of its merge."""
    merge = over.get(column)
    return sheet.cell(row, column) or (sheet.cell(merge.top, merge.left) if merge else "")


def _with_merged(sheet: Sheet, rows: tuple[int, ...]) -> tuple[int, ...]:
    """A heading that is merged downwards begins and ends where its merge does."""
    first = min([rows[0], *(one.top for one in sheet.merges if one.top < rows[0] <= one.bottom)])
    last = max([rows[-1], *(one.bottom for one in sheet.merges if one.top in rows)])
    return tuple(range(first, min(last, first + ROWS_AT_MOST - 1) + 1))
