"""A protocol: a line per participant. Names, codes and log-ins are looked at here for doubles, and go no further."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from olympiad.results import nameless, totals, words
from olympiad.results.found import Fault, Found, Participation
from olympiad.results.headings import NOT_KEPT, NOT_PEOPLE, PERSON, PROTOCOL
from rcro_portal.lib import russian
from rcro_portal.lib.registers.importing import heads as headings
from rcro_portal.lib.registers.importing import names
from rcro_portal.lib.registers.importing.cells import Broken
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.layout import SECTION, TOTAL, Record, lay_out
from rcro_portal.lib.registers.importing.sheets import Sheet, filled, letter

RESULTS, PLACE = ("status", "score"), ("subject", "municipality", "organization")
TITLE_CELLS = 2
_WORDS = re.compile(r"[^\W\d_][^\d_]{2,59}")
WITHOUT_RESULT = "нет ни статуса, ни балла, ни класса"


def heads_of(sheet: Sheet) -> Heads | None:
    """The headings of a protocol; None where the sheet is none."""
    found = headings.find(sheet, PROTOCOL, NOT_KEPT)
    if _lowest_is_a_line(sheet, found):
        found = headings.at(sheet, found.rows[:-1], PROTOCOL, NOT_KEPT)
    known = set(found.fields.values())
    if not (known & set(RESULTS) and known & set(PERSON)):
        return None
    return _points_as_score(sheet, found) if "status" in known and "score" not in known else found


def _lowest_is_a_line(sheet: Sheet, heads: Heads) -> bool:
    """«участник» below a heading that nobody knows is somebody's status."""
    columns = [column for name in PERSON if len(heads.rows) > 1 and (column := heads.column(name))]
    return any(
        sheet.cell(heads.last, one).casefold() == "участник" and sheet.cell(heads.rows[0], one) for one in columns
    )


def _points_as_score(sheet: Sheet, heads: Heads) -> Heads:
    """«Результат» and «Итог» are the heading of a status in one office and of points in another."""
    column = heads.column("status")
    assert column is not None
    cells = [cell for row in sheet.rows if row > heads.last and (cell := sheet.cell(row, column))]
    if not cells or not any(_is_number(cell) for cell in cells) or any(words.status(cell) for cell in cells):
        return heads
    return replace(heads, fields=heads.fields | {column: "score"})


def _is_number(cell: str) -> bool:
    try:
        return words.points(cell) is not None
    except ValueError:
        return False


def read(sheet: Sheet, heads: Heads, found: Found) -> None:
    """Add what the sheet says to ``found``."""
    layout = lay_out(sheet, heads, required=frozenset(), is_record=_is_record, with_hidden=False)
    said, people, section, alone_above = title(sheet, heads.rows), _People(), "", ""
    for record in layout.records:
        if _is_record(record.cells):
            # A title in the first column of a table without numbers is the layout's record, and divides all the same.
            record = record._replace(section=section or record.section or alone_above)
            found.participations.append(_participation(sheet, heads, record, said, people))
        elif (alone := _alone(sheet, record.row)) and words.grade_said(alone):
            section = alone
            found.skip(sheet.name, record.row, SECTION)
        elif alone and _may_be_subject(alone):
            section, alone_above = "", alone
            found.skip(sheet.name, record.row, SECTION)
        else:
            found.skip(sheet.name, record.row, TOTAL if _sums_up(record.cells) else WITHOUT_RESULT)
    for one in layout.skipped:
        found.skip(sheet.name, one.row, one.why)
    found.totals += totals.said(sheet, {*heads.rows, *(row.row for row in found.participations)})


def _may_be_subject(text: str) -> bool:
    """A few words without a number; whether the portal knows such a subject is the judge's to say."""
    return bool(_WORDS.fullmatch(text)) and not NOT_PEOPLE.match(text.casefold()) and bool(nameless.kept(text))


def _is_record(cells: Mapping[str, str]) -> bool:
    said = any(cells.get(name) for name in PERSON) and any(cells.get(name) for name in (*RESULTS, "grade"))
    return said and not _sums_up(cells)


def _sums_up(cells: Mapping[str, str]) -> bool:
    """«Итого», «Максимальный балл», «Председатель жюри» in the place of a participant."""
    return any(NOT_PEOPLE.match(cells.get(name, "").casefold()) for name in PERSON)


def _alone(sheet: Sheet, row: int) -> str:
    cells = [cell for _, cell in filled(sheet.rows[row])]
    return cells[0] if len(cells) == 1 else ""


def title(sheet: Sheet, rows: Sequence[int]) -> list[str]:
    """What stands alone above the headings, and the name of the sheet: they may say the subject and the grade.

    Rows with several cells are another table, perhaps with names.
    """
    above = [alone for row in sorted(sheet.rows) if row < min(rows) and (alone := _title_in(sheet, row))]
    return [sheet.name, *above]


def _title_in(sheet: Sheet, row: int) -> str:
    """«Протокол», or «Предмет:», «физика»."""
    cells = [cell for _, cell in filled(sheet.rows[row])]
    return " ".join(cells) if len(cells) <= TITLE_CELLS else ""


class _People:
    """Who of the sheet was met before: by log-in or code, else by name, class and school."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def meet(self, record: Record, subject: str) -> tuple[int | None, int | None]:
        """The row where the same person stands already, and that of a namesake."""
        name = " ".join(record.cells.get(part, "") for part in ("person", "surname", "given_name", "patronymic"))
        key = record.cells.get("login") or record.cells.get("code") or ""
        # A log-in is somebody's in all classes; codes begin anew in each.
        rest = "" if record.cells.get("login") else record.cells.get("grade", "")
        rest += "" if key else f" {record.cells.get('organization', '')}"
        whole = _digest(f"{subject} {key or name} {rest}")
        called = _digest(f"{subject} {name}")
        twice = self.rows.get(whole) if (key or name).strip() else None
        namesake = self.names.get(called) if name.strip() and twice is None else None
        self.rows.setdefault(whole, record.row)
        self.names.setdefault(called, record.row)
        return twice, namesake


def _digest(text: str) -> str:
    return hashlib.sha256(russian.search_key(text).encode()).hexdigest()


def _participation(sheet: Sheet, heads: Heads, record: Record, said: list[str], people: _People) -> Participation:
    reader = _Cells(heads, record)
    subject = record.cells.get("subject", "")
    section = "" if words.grade_alone(words.without_grade(record.section)) else words.without_grade(record.section)
    status = reader.read("status", words.status)
    twice, namesake = people.meet(record, subject or section or sheet.name)
    grade = reader.grade("grade")
    tasks, score, best = reader.grade("grade_of_tasks"), reader.number("score"), reader.number("best")
    place = {name: "" if reader.met_words else nameless.kept(record.cells.get(name, "")) for name in PLACE}
    return Participation(
        sheet=sheet.name,
        row=record.row,
        grade=grade or _grade_above(record, said) or words.grade_alone(sheet.name),
        tasks=tasks,
        # A protocol without the column does not say who won.
        status=status if heads.column("status") and status else "",
        score=score,
        best=best,
        twice=twice,
        namesake=namesake,
        faults=tuple(reader.faults),
        section="" if subject else nameless.kept(section),
        **place,
    )


def _grade_above(record: Record, said: list[str]) -> int | None:
    return next((found for text in (record.section, *said) if (found := words.grade_said(text))), None)


class _Cells:
    """The cells of one record, read; what cannot be read is remembered as a fault.

    ``met_words``: words stood where none belong, as in a row that slipped; then no cell of it is kept.
    """

    def __init__(self, heads: Heads, record: Record) -> None:
        self.heads, self.record = heads, record
        self.faults: list[Fault] = []
        self.met_words = False

    def text(self, name: str) -> str:
        cell = self.record.cells.get(name, "")
        if isinstance(cell, Broken):
            self._fault(name, cell.words)
            return ""
        return cell.strip()

    def read(self, name: str, reading: Any) -> Any:
        text = self.text(name)
        value = reading(text)
        if value is None:
            likely = names.likely(text, words.STATUSES)
            said = f" «{text[:40]}»" if likely else self._cited(text)
            self._fault(name, f"Статус{said} не понят: нужен победитель, призёр, участник или неявка.", likely)
        return value

    def grade(self, name: str) -> int | None:
        text = self.text(name)
        value = words.grade(text)
        if text.strip("-–— ") and value is None:
            self._fault(name, f"Класс{self._cited(text)} не понят: нужно число от 1 до 11.")
        return value

    def number(self, name: str) -> float | None:
        text = self.text(name)
        try:
            value = words.points(text)
        except ValueError:
            self._fault(name, f"Балл{self._cited(text)} не число.")
            return None
        if value is not None and value < 0:
            self._fault(name, f"Балл {text} меньше нуля.")
        return value

    def _cited(self, text: str) -> str:
        self.met_words = self.met_words or words.may_name(text)
        return words.cited(text)

    def _fault(self, name: str, problem: str, suggestion: str = "") -> None:
        column = self.heads.column(name)
        self.faults.append(Fault(letter(column) if column else "", problem, suggestion))
