"""A sheet of participants taken apart: rows of headings, sections, blank lines, and the lines of participation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rcro_portal.lib.platforms import headings
from rcro_portal.lib.registers.importing.sheets import Sheet, letter

NAMES, MATTER = ("name", "surname", "given_name"), ("email", "join", "duration", "action", "timestamp", "leave", "utc")
# Sections of Teams and of webinars of Zoom, as ``headings.spelled`` would write them.
_ACTIVITIES = re.compile(
    r"(?:\d+\.\s*)?(?:in-?meeting activities|действия (?:во время|на|в) собрани.*)$", re.IGNORECASE
)
_SECTION = re.compile(r"\d+\.\s*\D+|(?:host|panelist|attendee|other attended)s?(?: details| report)?", re.IGNORECASE)
_OF_ORGANIZERS = re.compile(r"(?:host|panelist) details", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of participation: its cells by field. ``detail``: it says in parts what another line says as a whole."""

    row: int
    cells: Mapping[str, str]
    detail: bool = False
    of_organizers: bool = False


@dataclass
class Table:
    """``columns``: the text of the headings by field, of the first rows of headings."""

    platform: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def taken_apart(sheet: Sheet, columns: Mapping[str, str] | None = None, first_row: int = 1) -> Table:
    """``columns``: letter → field, where somebody pointed them out; without lines where no headings are found."""
    table, heads, section = Table(), dict[int, str](), ""
    if columns:
        heads = {number: columns[letter(number)] for number in range(1, sheet.width + 1) if letter(number) in columns}
        table.platform = "table"
    for row in sorted(number for number in sheet.rows if number >= first_row):
        cells = sheet.rows[row]
        found = None if columns else _heads(cells)
        if found:
            heads = found
            table.platform = table.platform or headings.platform([*found.values()], cells)
            table.columns = table.columns or {name: cells[number - 1] for number, name in found.items()}
        elif _is_section(cells):
            section, heads = cells[0].strip(), heads if columns else {}
        elif heads:
            told = {name: cells[number - 1].strip() for number, name in heads.items() if number <= len(cells)}
            if _is_said(told) and not _repeats_headings(cells, columns):
                line = Line(row, told, bool(_ACTIVITIES.match(section)), bool(_OF_ORGANIZERS.match(section)))
                table.lines.append(line)
    return table


def _heads(cells: list[str]) -> dict[int, str] | None:
    """Field by number of column, where the cells are headings of participants; the first of two alike counts."""
    found: dict[int, str] = {}
    for number, cell in enumerate(cells, start=1):
        name = headings.field_of(cell) if cell.strip() else ""
        if name and name not in found.values():
            found[number] = name
    if "given_name" in found.values() and "surname" not in found.values():
        found = {number: "name" if name == "given_name" else name for number, name in found.items()}
    said = set(found.values())
    alone = len([cell for cell in cells if cell.strip()]) == 1
    if not said & set(NAMES) or not (said & set(MATTER) or len(said) > 1 or alone):
        return None
    return found


def _is_section(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) == 1 and bool(_SECTION.fullmatch(filled[0].strip()))


def _is_said(told: Mapping[str, str]) -> bool:
    """A line of the anonymous answers of BigBlueButton, or of a registration nobody followed, is no participation."""
    if told.get("attended", "").lower() in ("no", "нет", "не присутствовал"):
        return False
    rest = [value for name, value in told.items() if name not in NAMES and value]
    name = " ".join(told.get(one, "") for one in NAMES).strip().lower()
    return bool(rest if name in ("anonymous", "аноним", "анонимно", "анонимный") else name or rest)


def _repeats_headings(cells: list[str], columns: Mapping[str, str] | None) -> bool:
    """Where columns are pointed out, the row of their headings is none of the lines."""
    return bool(columns) and sum(bool(headings.field_of(cell)) for cell in cells if cell.strip()) > 1


def whole(lines: list[Line]) -> Iterator[Line]:
    """The lines that count: details only where nothing says the whole."""
    plain = [line for line in lines if not line.detail]
    return iter(plain or lines)
