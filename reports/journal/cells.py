"""One row of a register's table: its cells read as a number, a day, counts and texts, each fault in words.

And the other way: what the portal's own table says of a row, so that it is known again when it is brought in.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rcro_portal.lib import russian, written_days, xlsx
from rcro_portal.lib.quotes import quoted
from reports.composing import written_numbers
from reports.journal import external_numbers
from reports.models import OutgoingRegister, RegisterEntry
from reports.models.register import EntryStatus

# By the words that registers of records offices have in their heads.
HEADINGS = {
    "number": ("номер", "№", "рег. номер", "регистрационный номер", "исходящий номер", "исх. №", "регистрационный №"),
    "registered_on": ("дата", "дата регистрации", "от"),
    "addressee": ("кому", "адресат", "корреспондент", "куда направлен"),
    "subject_line": ("о чём", "содержание", "краткое содержание", "заголовок", "тема"),
    "prepared_by": ("исполнитель", "исп."),
    "document_kind": ("вид документа", "вид"),
    "sheets": ("листов", "количество листов", "кол-во листов"),
    "copies": ("экземпляров", "количество экземпляров", "кол-во экземпляров", "экз."),
    "note": ("примечание", "отметка об отправке", "способ отправки"),
}
# A table of several registers says of each row in which it stands.
REGISTER = "register"
COLUMNS = {russian.folded(heading): name for name, headings in HEADINGS.items() for heading in headings}
COLUMNS |= {"журнал": REGISTER}
LIMITS = {"number": 50, "addressee": 300, "subject_line": 300, "prepared_by": 150, "document_kind": 100, "note": 300}
COUNTS = ("sheets", "copies")
LETTER = "письмо"
NOT_A_DAY = "Дата не прочитана: нужна «05.10.2020»."
MADE_A_DAY = "Excel превратил номер в дату: {}. Сделайте столбец текстовым и внесите номер заново, как в журнале."
NOT_ONLY_A_NUMBER = "В ячейке не только номер: {}. Оставьте в ней номер, остальное внесите в свои столбцы."
SEVERAL = "Здесь несколько номеров: {}. Внесите каждый своей строкой."
_TOTAL = re.compile(r"(?:итого|всего)\b", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,9})[.,]0+")
_TIME = re.compile(r"[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$")
# Days as Excel counts them from 30.12.1899: 1930 to 2100; smaller numbers are numbers of something else.
_SERIAL, _FIRST_SERIAL, _LAST_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?"), 10_959, 73_050
_SERIALS_BEGIN = datetime.date(1899, 12, 30)


def heading(name: str) -> str:
    return russian.upper_first(HEADINGS[name][0])


@dataclass(frozen=True)
class Row:
    """What a row says; ``number`` is as written, ``place`` its sequence and suffix."""

    number: str
    place: external_numbers.Parsed
    day: datetime.date
    texts: Mapping[str, str]
    counts: Mapping[str, int | None]


def is_total(row: Sequence[str], cells: Mapping[str, str]) -> bool:
    """«ИТОГО»: a line that sums up, with neither number nor day of its own."""
    said = any(_TOTAL.match(cell) for cell in row)
    return said and not (_day(cells.get("registered_on", "")) and re.search(r"\d", cells.get("number", "")))


def read(register: OutgoingRegister, cells: Mapping[str, str]) -> tuple[Row | None, list[tuple[str, str]]]:
    """The row, or nothing and its faults as name of the column and words."""
    faults = [(name, cell.words) for name, cell in cells.items() if isinstance(cell, xlsx.Broken)]
    broken = {name for name, _ in faults}
    texts = {name: " ".join(cells.get(name, "").split()) for name in LIMITS}
    faults += [(name, f"Длиннее {limit} знаков.") for name, limit in LIMITS.items() if len(texts[name]) > limit]
    number = _whole(external_numbers.bare(texts["number"][: LIMITS["number"]]))
    place = _place(register, number)
    if place is None and "number" not in broken:
        faults.append(("number", _why_no_number(number)))
    day = _day(cells.get("registered_on", ""))
    if day is None and "registered_on" not in broken:
        faults.append(("registered_on", NOT_A_DAY if cells.get("registered_on") else "Даты нет."))
    counts = {name: _count(cells.get(name, "")) for name in COUNTS}
    faults += [(name, "Нужно целое число.") for name in _uncounted(cells, counts) if name not in broken]
    if faults or place is None or day is None:
        return None, faults
    return Row(number, place, day, texts | {"number": number}, counts), []


def _uncounted(cells: Mapping[str, str], counts: Mapping[str, int | None]) -> Iterator[str]:
    return (name for name in COUNTS if cells.get(name) and counts[name] is None)


def _whole(text: str) -> str:
    """«14.0» is 14: a spreadsheet took the number for a quantity."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


def _place(register: OutgoingRegister, number: str) -> external_numbers.Parsed | None:
    try:
        return external_numbers.parse(register, number)
    except external_numbers.NotANumber:
        return None


def _why_no_number(number: str) -> str:
    if not number:
        return "Номер не указан."
    if written_days.is_like(number):
        return MADE_A_DAY.format(quoted(number))
    if external_numbers.is_range(number):
        return SEVERAL.format(quoted(number))
    written = written_numbers.split(number)
    if written.day or (" " in number and re.search(r"\d", number)):
        return NOT_ONLY_A_NUMBER.format(quoted(number))
    return "Нет порядкового номера."


def _day(text: str) -> datetime.date | None:
    text = _TIME.sub("", text)
    if (found := _SERIAL.fullmatch(text)) and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return _SERIALS_BEGIN + datetime.timedelta(days=int(found[1]))
    return written_days.read(text)


def _count(text: str) -> int | None:
    text = _whole(text)
    return int(text) if text.isdecimal() and len(text) < 5 else None


# -- What the portal's own table says -------------------------------------------------------------------------


def said(entry: RegisterEntry) -> dict[str, Any]:
    """The cells of a row by the names of ``HEADINGS``."""
    texts = {name: getattr(entry, name) for name in HEADINGS}
    return texts | {"document_kind": entry.document_kind or LETTER, "note": remark(entry)}


def remark(entry: RegisterEntry) -> str:
    """What became of a number that went out as no letter, and what the clerk noted."""
    parts = [entry.note]
    if entry.status == EntryStatus.ANNULLED:
        parts.append(f"Аннулирован: {entry.annulled_reason}")
    if entry.status == EntryStatus.RESERVED and entry.reserved_until:
        parts.append(f"Зарезервирован до {russian.short_date(entry.reserved_until)}: {entry.reserved_reason}")
    return ". ".join(part.rstrip(".") for part in parts if part)


def is_same(cells: Mapping[str, str], entry: RegisterEntry) -> bool:
    """The cells say of the row what the portal's own table says of it, as far as they have columns for it."""
    own = said(entry)
    return all(" ".join(cell.split()) == _shown(own[name]) for name, cell in cells.items())


def _shown(value: Any) -> str:
    if isinstance(value, datetime.date):
        return russian.short_date(value)
    return "" if value is None else " ".join(str(value).split())
