"""What lies in the sheets of an ODS, counted before anything lays it out: 60 bytes may stand for a million cells.

LibreOffice ends each sheet with a repeated empty row or column that reaches its edge: those are read by nobody, and
count only where something stands behind them.
"""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from rcro_portal.lib.packages import BROKEN_LIMIT, ERRORS, Bounds, Broken, TooMuch

CONTENT = "content.xml"
CELLS = {"table-cell", "covered-table-cell"}


@dataclass
class Cells:
    """Handlers of an XML parser. ``sheets`` has the errors in cells of each: the reader of tables takes them for 0."""

    bounds: Bounds
    sheets: dict[int, Broken] = field(default_factory=lambda: defaultdict(dict))
    seen: bool = False
    sheet: int = -1
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    reaches: int = 0
    cells: int = 0
    letters: int = 0
    filled: bool = False
    value: str = ""
    length: int = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.seen = True
        name = name.rpartition(":")[2]
        told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.sheet, self.row = self.sheet + 1, 0
        elif name == "table-row":
            self.rows, self.column, self.reaches = _times(told.get("number-rows-repeated")), 0, 0
        elif name in CELLS:
            self.columns = _times(told.get("number-columns-repeated"))
            self.filled, self.value, self.length = "value-type" in told, "", 0
        elif name == "p":
            self.filled = True
        elif name == "s":
            self.length += _times(told.get("c"))
            self._weigh()

    def text(self, text: str) -> None:
        self.length += len(text)
        if len(self.value) < 20:
            self.value += text.strip()

    def finish(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in CELLS:
            self._end_cell()
        elif name == "table-row":
            self.row += self.rows
            if self.reaches:
                self.bounds.hold(self.row, self.reaches)

    def end(self) -> None:
        """Every element has said its end by itself."""

    def _end_cell(self) -> None:
        self.column += self.columns
        if not self.filled:
            return
        self.reaches = self.column
        self.bounds.hold(self.row + self.rows, self.reaches)
        self._weigh()
        self.cells += self.columns * self.rows
        self.letters += self.length * self.columns * self.rows
        if self.cells > self.bounds.cells:
            raise TooMuch("ячеек –", self.cells)
        if ERRORS.fullmatch(self.value):
            rows = range(self.row + 1, self.row + self.rows + 1)
            places = itertools.product(rows, range(self.column - self.columns + 1, self.column + 1))
            self.sheets[self.sheet].update(dict.fromkeys(itertools.islice(places, BROKEN_LIMIT), self.value))
        self.filled = False

    def _weigh(self) -> None:
        letters = self.letters + self.length * self.columns * self.rows
        if letters > self.bounds.letters:
            raise TooMuch("знаков в ячейках –", letters)


def _times(told: str | None) -> int:
    """Raises TooMuch for a number that no sheet has."""
    if told is None:
        return 1
    if not told.isdecimal() or len(told) > 9:
        raise TooMuch("ячейка повторена столько раз, сколько их не бывает")
    return int(told)
