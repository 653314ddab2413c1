"""Tables of a Word document: each is a sheet, named by its place."""

from dataclasses import dataclass, field

from rcro_portal.lib.spreadsheets.grid import Counter, Grid
from rcro_portal.lib.spreadsheets.parts import Parts

DOCUMENT = "word/document.xml"


def sheets(parts: Parts, counter: Counter) -> list[Grid]:
    """Raises Unreadable, TooMuch."""
    document = _Document(counter)
    parts.feed(DOCUMENT, document)
    return document.grids


@dataclass
class _Document:
    """A table inside a cell is text of that cell; what a person has deleted under review is none."""

    counter: Counter
    grids: list[Grid] = field(default_factory=list)
    depth: int = 0
    row: int = 0
    column: int = 0
    spans: int = 1
    merged: str = ""
    pieces: list[str] = field(default_factory=list)
    reads: bool = False
    began: dict[int, int] = field(default_factory=dict)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.grids.append(Grid(f"Таблица {len(self.grids) + 1}", self.counter))
                self.row, self.began = 0, {}
        elif self.depth == 1 and name == "tr":
            self.row, self.column = self.row + 1, 1
        elif self.depth == 1 and name == "tc":
            self.pieces, self.spans, self.merged = [], 1, ""
        elif self.depth == 1 and name == "gridSpan":
            self.spans = max(1, min(int(told.get("val", "1") or 1), 1_000))
        elif self.depth == 1 and name == "vMerge":
            self.merged = told.get("val", "continue")
        elif name in ("br", "cr") or (name == "p" and self.pieces):
            self.pieces.append("\n")
        elif name == "tab":
            self.pieces.append(" ")
        self.reads = name == "t"

    def text(self, text: str) -> None:
        if self.reads and self.depth:
            self.pieces.append(text)

    def finish(self, name: str) -> None:
        self.reads = False
        if name == "tbl":
            self.depth -= 1
        elif name == "tc" and self.depth == 1:
            self._end_cell()
            self.column += self.spans

    def _end_cell(self) -> None:
        grid, last = self.grids[-1], self.column + self.spans - 1
        top = self.began.get(self.column)
        if self.merged == "continue" and top:
            grid.merges = [one for one in grid.merges if one[:2] != (top, self.column)]
            grid.merge(top, self.column, self.row, last)
            return
        self.began[self.column] = self.row
        grid.put(self.row, self.column, "".join(self.pieces))
        grid.merge(self.row, self.column, self.row, last)
