"""Tables of LibreOffice: every sheet, line breaks and all, what is repeated counted before it is laid out."""

from dataclasses import dataclass, field

from rcro_portal.lib.packages import TooMuch
from rcro_portal.lib.spreadsheets import values
from rcro_portal.lib.spreadsheets.grid import NOT_COUNTED, Cell, Counter, Grid
from rcro_portal.lib.spreadsheets.parts import Parts

CONTENT = "content.xml"
CELLS = {"table-cell", "covered-table-cell"}


def sheets(parts: Parts, counter: Counter) -> list[Grid]:
    """Raises Unreadable, TooMuch."""
    content = _Content(counter)
    parts.feed(CONTENT, content)
    return content.grids


@dataclass
class _Content:
    """A cell is its value where it has one, else its paragraphs; notes of people to a cell are no text of it."""

    counter: Counter
    grids: list[Grid] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    style: str = ""
    row: int = 0
    rows: int = 1
    column: int = 0
    told: dict[str, str] = field(default_factory=dict)
    lines: list[str] | None = None
    length: int = 0
    aside: int = 0
    reads: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        told = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self.style = told.get("name", "")
        elif name == "table-properties" and told.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            hidden = told.get("style-name", "") in self.hidden_styles
            self.grids.append(Grid(told.get("name", ""), self.counter, is_hidden=hidden))
            self.row = 0
        elif name == "table-row":
            self._begin_row(told)
        elif name in CELLS:
            self.told, self.lines, self.length = told, [], 0
        elif name in ("annotation", "shapes"):
            self.aside += 1
        elif self.lines is not None and not self.aside:
            self._begin_text(name, told)

    def _begin_row(self, told: dict[str, str]) -> None:
        self.rows, self.column = _times(told.get("number-rows-repeated")), 0
        if told.get("visibility", "visible") != "visible" and self.rows <= self.counter.bounds.rows:
            self.grids[-1].hidden_rows.update(range(self.row + 1, self.row + self.rows + 1))

    def _begin_text(self, name: str, told: dict[str, str]) -> None:
        if name == "p":
            self._add("\n" if self.lines else "")
            self.reads = True
        elif name == "line-break":
            self._add("\n")
        elif name in ("s", "tab"):
            self._weigh(_times(told.get("c")))
            self._add(" " * _times(told.get("c")))

    def _add(self, text: str) -> None:
        assert self.lines is not None
        self._weigh(len(text))
        self.length += len(text)
        self.lines.append(text)

    def _weigh(self, more: int) -> None:
        if self.length + more > self.counter.bounds.letters:
            raise TooMuch("знаков в ячейках –", self.length + more)

    def text(self, text: str) -> None:
        if self.reads and self.lines is not None and not self.aside:
            self._add(text)

    def finish(self, name: str) -> None:
        if name == "p":
            self.reads = False
        elif name in ("annotation", "shapes"):
            self.aside -= 1
        elif name in CELLS and self.lines is not None:
            self._end_cell(is_covered=name != "table-cell")
        elif name == "table-row":
            self.row += self.rows

    def _end_cell(self, *, is_covered: bool) -> None:
        grid, first = self.grids[-1], self.column + 1
        columns = _times(self.told.get("number-columns-repeated"))
        cell = self._cell("".join(self.lines or ())) if not is_covered else ""
        if cell:
            grid.put(self.row + 1, first, cell, columns=columns, rows=self.rows)
            down, right = _times(self.told.get("number-rows-spanned")), _times(self.told.get("number-columns-spanned"))
            grid.merge(self.row + 1, first, self.row + down, self.column + right)
        self.column += columns
        self.lines = None

    def _cell(self, shown: str) -> Cell:
        told, kind = self.told, self.told.get("value-type", "")
        if "formula" in told and not kind and not shown:
            return [NOT_COUNTED]
        if shown.startswith(("#", "Err:", "Ошибка:")) or not kind or kind == "string":
            return shown or told.get("string-value", "")
        if kind in ("date", "time"):
            return values.iso(told["date-value"]) if "date-value" in told else shown
        if kind == "boolean":
            return "да" if told.get("boolean-value") == "true" else "нет"
        return _number(told.get("value", ""), shown)


def _number(value: str, shown: str) -> str:
    """The value as the file keeps it; «00393» where that is how it shows it."""
    try:
        text = values.number(float(value))
    except (ValueError, OverflowError):
        return shown
    return shown if shown.isdecimal() and shown.lstrip("0") == text.lstrip("0") else text


def _times(told: str | None) -> int:
    """Raises TooMuch for a number that no sheet has."""
    if told is None:
        return 1
    if not told.isdecimal() or len(told) > 9:
        raise TooMuch("ячейка повторена столько раз, сколько их не бывает")
    return int(told)
