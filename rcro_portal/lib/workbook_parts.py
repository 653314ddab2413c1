"""What lies inside a workbook's file, looked at before anything lays it out.

How much it inflates to, where its cells lie, which of them hold an error or a formula that was never counted (the
reader of tables shows both as empty), and which part of the file is which sheet.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from rcro_portal.lib import ods_parts, packages
from rcro_portal.lib.packages import BROKEN_LIMIT, Bounds, Broken, TooMuch, Unreadable

NOT_COUNTED = "=…"
_CHUNK = 256 * 1024
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def scan(data: bytes, bounds: Bounds) -> dict[str, Broken]:
    """By the name of each part its broken cells: the error's text, or NOT_COUNTED. An ODS has all sheets in one part.

    Counts what is inflated, and where the cells lie: a file of 5 KB may hold one cell at XFD1048576, or one that is
    repeated a million times. Raises TooMuch beyond the bounds, Unreadable.
    """
    found: dict[str, Broken] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            members = parts.infolist()
            if len(members) > bounds.members:
                raise TooMuch("частей внутри файла", len(members))
            left = bounds.inflated
            for member in members:
                if member.filename.lower().endswith("workbook.bin"):
                    raise Unreadable("Книга сохранена как XLSB. Сохраните её как XLSX и загрузите ещё раз.")
                cells = ods_parts.Cells(bounds) if member.filename == ods_parts.CONTENT else _Cells(bounds)
                with parts.open(member) as part:
                    left = _read(part, cells, left, strict=member.filename.endswith((".xml", ".rels")))
                found |= {f"{member.filename}{sheet}": broken for sheet, broken in cells.sheets.items()}
    except packages.DAMAGED as error:
        raise Unreadable from error
    return found


def _read(part: Any, cells: "_Cells | ods_parts.Cells", left: int, *, strict: bool) -> int:
    """How many bytes are left of the limit after this part; pictures and the like are only counted."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = cells.begin
    parser.EndElementHandler = cells.finish
    parser.CharacterDataHandler = cells.text
    parser.EntityDeclHandler = _refuse_entities
    parses = True
    while chunk := part.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise TooMuch("в распакованном виде – больше, чем портал читает")
        if parses:
            try:
                parser.Parse(chunk)
            except expat.ExpatError as error:
                if strict or cells.seen:
                    raise Unreadable from error
                parses = False
    cells.end()
    return left


def _refuse_entities(*_: Any) -> None:
    raise Unreadable


@dataclass
class _Cells:
    """The rows and cells of one part: whoever opens the sheet lays out a rectangle that holds them all."""

    bounds: Bounds
    sheets: dict[str, Broken] = field(default_factory=lambda: {"": {}})
    seen: bool = False
    row: int = 0
    column: int = 0
    cells: int = 0
    kind: str = ""
    inside: str = ""
    counts: bool = False
    value: str = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.seen = True
        name, place = name.rpartition(":")[2], attributes.get("r", "")
        self.inside = name
        if name == "row":
            self.end()
            self.row, self.column = int(place) if place.isdecimal() else self.row + 1, 0
        elif name == "c":
            self.end()
            letters = place.rstrip("0123456789")
            self.column = _column(letters) if letters else self.column + 1
            self.row = int(place[len(letters) :] or self.row)
            self.kind = attributes.get("t", "")
            self.cells += 1
        elif name == "f":
            self.counts = True
        self.bounds.hold(self.row, self.column)
        if self.cells > self.bounds.rows * self.bounds.columns:
            raise TooMuch("ячеек – больше", self.cells - 1)

    def finish(self, _: str) -> None:
        """Where an element ends nothing is said here that the next beginning does not say."""

    def text(self, text: str) -> None:
        if self.inside == "v" and len(self.value) < 20:
            self.value += text.strip()

    def end(self) -> None:
        """Of the cell before; a formula that gives an empty text is none that was never counted."""
        error = self.value if self.kind == "e" else ""
        if not error and self.counts and not self.value and self.kind != "str":
            error = NOT_COUNTED
        if error and len(self.sheets[""]) < BROKEN_LIMIT:
            self.sheets[""][self.row, self.column] = error
        self.kind, self.counts, self.value = "", False, ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def broken_in(data: bytes, sheet: int, found: dict[str, Broken]) -> Broken:
    """Of one sheet, counted from 0 in the workbook's order."""
    names = sheet_parts(data) or [f"{ods_parts.CONTENT}{number}" for number in range(sheet + 1)]
    return found.get(names[sheet], {}) if sheet < len(names) else {}


def sheet_parts(data: bytes) -> list[str]:
    """The part of each sheet, in the workbook's order. Only for bytes that were scanned."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if _WORKBOOK not in parts.namelist() or _RELATIONS not in parts.namelist():
            return []
        targets = {one.get("Id"): one.get("Target", "") for one in _elements(parts, _RELATIONS, "Relationship")}
        keys = [_relation(sheet) for sheet in _elements(parts, _WORKBOOK, "sheet")]
    return [posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/") for key in keys]


def _elements(parts: zipfile.ZipFile, name: str, wanted: str) -> Iterator[ElementTree.Element]:
    for element in ElementTree.fromstring(parts.read(name)).iter():  # noqa: S314 (scanned: no entities, within limits)
        if str(element.tag).rpartition("}")[2] == wanted:
            yield element


def _relation(sheet: ElementTree.Element) -> str | None:
    """``r:id``, whichever namespace the edition of the format gives it."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)
