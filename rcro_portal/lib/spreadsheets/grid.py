"""The filled cells of one sheet, counted as they come."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rcro_portal.lib.packages import ERRORS, Bounds, TooMuch

# What stands in place of a formula that no program has counted.
NOT_COUNTED = "=…"
MERGES_AT_MOST = 100_000

# A cell's text, or the error that stands in its place.
type Cell = str | list[str]


@dataclass
class Counter:
    """What all sheets of a file hold together."""

    bounds: Bounds
    cells: int = 0
    letters: int = 0

    def add(self, cell: Cell, times: int = 1) -> None:
        """Raises TooMuch beyond the bounds."""
        self.cells += times
        self.letters += times * sum(map(len, cell))
        if self.cells > self.bounds.cells:
            raise TooMuch("заполненных ячеек – больше", self.bounds.cells)
        if self.letters > self.bounds.letters:
            raise TooMuch("знаков в ячейках – больше", self.bounds.letters)


@dataclass
class Grid:
    """Rows and columns are counted from 1; a merge is its first row and column and its last."""

    name: str
    counter: Counter
    is_hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    coloured: bool = False

    def put(self, row: int, column: int, cell: Cell, *, columns: int = 1, rows: int = 1) -> None:
        """The cell, repeated to the right and downwards. Raises TooMuch."""
        if isinstance(cell, str):
            cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip(" \n\t\u00a0")
            if ERRORS.fullmatch(cell):
                cell = [cell]
        if not cell:
            return
        bounds = self.counter.bounds
        if column + columns - 1 > bounds.columns:
            raise TooMuch("столбец", column + columns - 1)
        if len(self.rows) + rows - (row in self.rows) > bounds.rows:
            raise TooMuch("заполненных строк – больше", bounds.rows)
        self.counter.add(cell, columns * rows)
        for number in range(row, row + rows):
            self.rows.setdefault(number, {}).update(dict.fromkeys(range(column, column + columns), cell))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (bottom > top or right > left) and len(self.merges) < MERGES_AT_MOST:
            self.merges.append((top, left, bottom, right))

    def told(self) -> dict[str, Any]:
        """As JSON: rows with all cells up to the last filled one."""
        return {
            "name": self.name,
            "hidden": self.is_hidden,
            "rows": [[number, _whole_row(self.rows[number])] for number in sorted(self.rows)],
            "hidden_rows": sorted(self.hidden_rows & self.rows.keys()),
            "merges": list(self._merges()),
            "coloured": self.coloured,
        }

    def _merges(self) -> Iterator[tuple[int, int, int, int]]:
        """As far as there are rows and columns, none of them over another: so many as there are cells at most."""
        last, columns = max(self.rows, default=0), self.counter.bounds.columns
        taken: dict[int, int] = {}
        for top, left, bottom, right in sorted(self.merges):
            over = range(left, min(right, columns) + 1)
            if left and top in self.rows and over and all(taken.get(column, 0) < top for column in over):
                lowest = max(top, min(bottom, last))
                taken.update(dict.fromkeys(over, lowest))
                yield top, left, lowest, over[-1]


def _whole_row(cells: dict[int, Cell]) -> list[Cell]:
    return [cells.get(column, "") for column in range(1, max(cells) + 1)]
