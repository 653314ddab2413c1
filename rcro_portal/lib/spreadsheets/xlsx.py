"""Workbooks of Excel since 2007: every sheet, with what is hidden, merged, coloured, not counted or an error."""

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from rcro_portal.lib.packages import Unreadable
from rcro_portal.lib.spreadsheets import values
from rcro_portal.lib.spreadsheets.grid import NOT_COUNTED, Cell, Counter, Grid
from rcro_portal.lib.spreadsheets.parts import Parts, place

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def sheets(parts: Parts, counter: Counter) -> list[Grid]:
    """Raises Unreadable, TooMuch."""
    book, relations, styles, strings = _Book(), _Relations(), _Styles(), _Strings()
    for name, handler in ((WORKBOOK, book), (RELATIONS, relations), (STYLES, styles), (STRINGS, strings)):
        if name in parts:
            parts.feed(name, handler)
    grids = []
    for sheet in book.sheets:
        target = relations.targets.get(sheet["id"], "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part not in parts:
            raise Unreadable
        if not relations.kinds.get(sheet["id"], "").endswith("/worksheet"):
            continue
        grid = Grid(sheet["name"], counter, is_hidden=sheet["state"] != "visible")
        parts.feed(part, _Sheet(grid, styles, strings.texts, book.since_1904), hollow=True)
        grids.append(grid)
    return grids


class _Quiet:
    def begin(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def finish(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


@dataclass
class _Book(_Quiet):
    sheets: list[dict[str, str]] = field(default_factory=list)
    since_1904: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            # ``r:id``, whichever prefix the file gives its namespace.
            key = next((value for one, value in attributes.items() if one.endswith(":id")), "")
            told = {"name": attributes.get("name", ""), "state": attributes.get("state", "visible")}
            self.sheets.append({**told, "id": key})
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


@dataclass
class _Relations(_Quiet):
    targets: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            key = attributes.get("Id", "")
            self.targets[key], self.kinds[key] = attributes.get("Target", ""), attributes.get("Type", "")


@dataclass
class _Styles(_Quiet):
    """Which of the looks of cells show days, figures with leading zeros, or a colour."""

    formats: dict[int, str] = field(default_factory=dict)
    solid: list[bool] = field(default_factory=list)
    looks: list[tuple[bool, int, bool]] = field(default_factory=list)
    inside: str = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("cellXfs", "cellStyleXfs", "fills"):
            self.inside = name
        elif name == "numFmt":
            self.formats[_int(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "patternFill" and self.inside == "fills":
            self.solid.append(attributes.get("patternType") == "solid")
        elif name == "xf" and self.inside == "cellXfs":
            number, fill = _int(attributes.get("numFmtId")), _int(attributes.get("fillId"))
            shown = self.formats.get(number, number)
            coloured = fill < len(self.solid) and self.solid[fill]
            self.looks.append((values.is_of_days(shown), values.zeros(shown), coloured))

    def look(self, style: str) -> tuple[bool, int, bool]:
        number = _int(style)
        return self.looks[number] if number < len(self.looks) else (False, 0, False)


@dataclass
class _Strings(_Quiet):
    texts: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    reads: bool = False
    aside: bool = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.aside = True
        self.reads = name == "t" and not self.aside

    def finish(self, name: str) -> None:
        self.reads = False
        if name == "rPh":
            self.aside = False
        elif name == "si":
            self.texts.append(_unescaped("".join(self.pieces)))

    def text(self, text: str) -> None:
        if self.reads:
            self.pieces.append(text)


@dataclass
class _Sheet(_Quiet):
    grid: Grid
    styles: _Styles
    strings: list[str]
    since_1904: bool
    row: int = 0
    column: int = 0
    kind: str = ""
    style: str = ""
    counts: bool = False
    reads: bool = False
    pieces: list[str] = field(default_factory=list)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = _int(attributes.get("r")) or self.row + 1, 0
            if attributes.get("hidden") in ("1", "true"):
                self.grid.hidden_rows.add(self.row)
        elif name == "c":
            row, column = place(attributes.get("r", ""))
            self.row, self.column = row or self.row, column or self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.counts, self.pieces = False, []
        elif name == "f":
            self.counts = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.grid.merge(*place(first), *place(last or first))
        self.reads = name in ("v", "t")

    def text(self, text: str) -> None:
        if self.reads:
            self.pieces.append(text)

    def finish(self, name: str) -> None:
        self.reads = False
        if name == "c":
            is_day, zeros, coloured = self.styles.look(self.style)
            cell = self._cell("".join(self.pieces), is_day, zeros)
            if cell:
                self.grid.put(self.row, self.column, cell)
                self.grid.coloured = self.grid.coloured or coloured

    def _cell(self, text: str, is_day: bool, zeros: int) -> Cell:
        if not text.strip():
            return [NOT_COUNTED] if self.counts and self.kind != "str" else ""
        if self.kind == "s":
            number = _int(text)
            return self.strings[number] if number < len(self.strings) else ""
        if self.kind == "e":
            return [text.strip()]
        if self.kind == "b":
            return "да" if text.strip() == "1" else "нет"
        if self.kind == "d":
            return values.iso(text.strip())
        return _number(text, is_day, zeros, self.since_1904) if self.kind == "n" else _unescaped(text)


def _number(text: str, is_day: bool, zeros: int, since_1904: bool) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or value in (float("inf"), float("-inf")):
        return text
    return values.counted_day(value, since_1904=since_1904) if is_day else values.number(value).zfill(zeros)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _int(text: Any) -> int:
    return int(text) if text and str(text).strip().isdecimal() and len(str(text)) < 10 else 0
