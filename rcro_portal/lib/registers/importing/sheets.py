"""A sheet of a brought file: its cells as texts, under the numbers that the spreadsheet itself shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

LISTED = 30


class Merge(NamedTuple):
    """A rectangle of cells made one: first row and column, last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Rows without a filled cell are absent. ``coloured``: cells are filled with colours, which say nothing here."""

    name: str
    rows: dict[int, list[str]]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    coloured: bool = False

    def cell(self, row: int, column: int) -> str:
        cells = self.rows.get(row, [])
        return cells[column - 1] if column <= len(cells) else ""

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows.values()), default=0)

    @cached_property
    def merges_by_top(self) -> Mapping[int, list[Merge]]:
        found: dict[int, list[Merge]] = defaultdict(list)
        for merge in self.merges:
            found[merge.top].append(merge)
        return dict(sorted(found.items()))

    def merged_over(self, row: int) -> dict[int, Merge]:
        """By each of its columns, what is merged over this row."""
        above = takewhile(lambda one: one[0] <= row, self.merges_by_top.items())
        over = (merge for _, merges in above for merge in merges if merge.bottom >= row)
        return {column: merge for merge in over for column in range(merge.left, merge.right + 1)}


def letter(column: int) -> str:
    """«A» of 1, «AB» of 28."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def filled(cells: list[str]) -> Iterator[tuple[int, str]]:
    """Columns, from 1, that hold something."""
    return ((number, cell) for number, cell in enumerate(cells, start=1) if cell)


def listed(rows: Iterable[object]) -> str:
    """«3, 5, 8 и ещё 12»."""
    numbers = list(rows)
    more = len(numbers) - LISTED
    return ", ".join(map(str, numbers[:LISTED])) + (f" и ещё {more}" if more > 0 else "")
