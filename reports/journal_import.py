"""Bring in the journal that was kept before the portal: read, judge every row, and only then write all of it.

A file says in its first row what its columns are. Numbers lie before the first one that the portal gave, or fill rows
of which nobody knew anything. The same file brought twice changes nothing.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import User
from rcro_portal import russian, xlsx
from rcro_portal.refusals import Refusal
from reports import foreign_numbers, journal_invariants, journal_log
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin

# By the words that journals of records offices have in their heads.
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
COLUMNS = {heading.replace("ё", "е"): name for name, headings in HEADINGS.items() for heading in headings}
LIMITS = {"number": 50, "addressee": 300, "subject_line": 300, "prepared_by": 150, "document_kind": 100, "note": 300}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?|(\d{4})-(\d\d)-(\d\d)")


class NotReady(Refusal):
    """The file cannot be brought in as it is."""

    words = "Файл с тех пор перестал подходить: в журнале появились другие строки. Проверьте его ещё раз."


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: the row as the spreadsheet counts them, the heading of its column, and words."""

    row: int
    column: str
    words: str


@dataclass
class Trial:
    """What bringing in the file would do; nothing is written."""

    faults: list[Fault] = field(default_factory=list)
    new: list[RegisterEntry] = field(default_factory=list)
    filled: list[RegisterEntry] = field(default_factory=list)
    known: int = 0
    gaps: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return not self.faults and bool(self.new or self.filled)


def judge(*, register: OutgoingRegister, data: bytes, by: User, at: datetime.datetime) -> Trial:
    """Every fault at once, with its row and column. Raises xlsx.CannotRead where there is no table."""
    rows = xlsx.read(data)
    trial = Trial()
    columns = _columns(rows[0] if rows else [], trial)
    if trial.faults:
        return trial
    entries = [
        (place, entry)
        for place, row in enumerate(rows[1:], start=2)
        if any(row) and (entry := _entry(register, by, place, row, columns, trial))
    ]
    today = timezone.localtime(at).date()
    trial.faults += [
        Fault(place, "Дата", "Этот день ещё не наступил.") for place, entry in entries if entry.registered_on > today
    ]
    _compare(register, entries, trial)
    return trial


def bring_in(*, register: OutgoingRegister, data: bytes, by: User, at: datetime.datetime) -> Trial:
    """All of the file or nothing. Raises NotReady where the journal has moved since it was judged."""
    with transaction.atomic():
        # Nobody else brings in a file meanwhile, and no number is given.
        OutgoingRegister.objects.filter(pk=register.pk).update(code=F("code"))
        RegisterYear.objects.filter(register=register).update(last_on=F("last_on"))
        trial = judge(register=register, data=data, by=by, at=at)
        if not trial.is_ready:
            raise NotReady
        RegisterEntry.objects.bulk_create(trial.new)
        for entry in trial.filled:
            entry.save(update_fields=[*HEADINGS, "origin"])
            last = RegisterYear.objects.filter(register=register, year=entry.year, last_sequence=entry.sequence)
            last.update(last_on=entry.registered_on)
        _open_years(register, trial.new)
        journal_log.write([*trial.new, *trial.filled], "Внесено из прежнего журнала", by=by, at=at)
    return trial


def _open_years(register: OutgoingRegister, entries: Sequence[RegisterEntry]) -> None:
    """A year that the portal has not begun goes on after what was brought in."""
    if not register.counts:
        return
    last: dict[int, RegisterEntry] = {}
    for entry in sorted(entries, key=_place):
        last[entry.year] = entry
    RegisterYear.objects.bulk_create(
        [
            RegisterYear(
                register=register,
                year=year,
                first_sequence=entry.sequence + 1,
                last_sequence=entry.sequence,
                last_on=entry.registered_on,
                opening_note=f"Номера по {entry.sequence} внесены из прежнего журнала",
            )
            for year, entry in last.items()
        ],
        ignore_conflicts=True,
    )


# -- Reading ------------------------------------------------------------------------------------------------


def _columns(heads: Sequence[str], trial: Trial) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = COLUMNS.get(russian.search_key(head).rstrip(":"))
        if name and name in found:
            trial.faults.append(Fault(1, head, "Такой столбец уже есть."))
        elif name:
            found[name] = place
    for name in ("number", "registered_on"):
        if name not in found:
            heading = russian.upper_first(HEADINGS[name][0])
            trial.faults.append(Fault(1, heading, f"Нет столбца «{heading}»: первая строка – названия столбцов."))
    return found


def _entry(
    register: OutgoingRegister, by: User, place: int, row: list[str], columns: dict[str, int], trial: Trial
) -> RegisterEntry | None:
    cells = {name: row[column] if column < len(row) else "" for name, column in columns.items()}
    before = len(trial.faults)

    def fault(name: str, words: str) -> None:
        trial.faults.append(Fault(place, russian.upper_first(HEADINGS[name][0]), words))

    for name, limit in LIMITS.items():
        cells[name] = " ".join(cells.get(name, "").split())
        if len(cells[name]) > limit:
            fault(name, f"Длиннее {limit} знаков.")
    cells["number"] = foreign_numbers.bare(cells["number"])
    parsed = _parsed(register, cells["number"])
    if parsed is None:
        fault("number", "Нет порядкового номера." if cells["number"] else "Номер не указан.")
    day = _day(cells["registered_on"])
    if day is None:
        fault("registered_on", "Дата не прочитана: нужна «05.10.2020»." if cells["registered_on"] else "Даты нет.")
    counts: dict[str, int | None] = {}
    for name in ("sheets", "copies"):
        counts[name] = _count(cells.get(name, ""))
        if cells.get(name) and counts[name] is None:
            fault(name, "Нужно целое число.")
    if len(trial.faults) > before or parsed is None or day is None:
        return None
    texts = {name: cells[name] for name in LIMITS}
    return RegisterEntry(
        register=register,
        year=day.year,
        registered_on=day,
        sequence=parsed.sequence,
        suffix=parsed.suffix,
        origin=Origin.IMPORTED,
        registered_by=by,
        **texts,
        **counts,
    )


def _parsed(register: OutgoingRegister, text: str) -> foreign_numbers.Parsed | None:
    try:
        return foreign_numbers.parse(register, text)
    except foreign_numbers.NotANumber:
        return None


def _day(text: str) -> datetime.date | None:
    if not (found := _DAY.fullmatch(text)):
        return None
    day, month, year, *iso = found.groups()
    parts = (year, month, day) if year else iso
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 5 else None


# -- Judging against the journal ------------------------------------------------------------------------------


def _compare(register: OutgoingRegister, read: Sequence[tuple[int, RegisterEntry]], trial: Trial) -> None:
    years = {entry.year for _, entry in read}
    there: dict[int, dict[tuple[int, str], RegisterEntry]] = defaultdict(dict)
    for known in register.entries.filter(year__in=years):
        there[known.year][known.sequence, known.suffix] = known
    counters = {one.year: one for one in register.years.filter(year__in=years)}
    seen: dict[tuple[int, int, str], int] = {}
    places: dict[int, int] = {}
    for place, entry in read:
        row: RegisterEntry | None
        key = (entry.year, entry.sequence, entry.suffix)
        if key in seen:
            trial.faults.append(Fault(place, "Номер", f"№ {entry.number} уже есть в строке {seen[key]}."))
            continue
        seen[key] = place
        row = there[entry.year].get(key[1:])
        words = _place_in_journal(row, entry, counters.get(entry.year), trial)
        if words:
            trial.faults.append(Fault(place, "Номер", words))
        kept = row if row and not words else entry
        places[id(kept)] = place
        there[entry.year][key[1:]] = kept
    if register.counts:
        for year in sorted(years):
            trial.faults += _falling(sorted(there[year].values(), key=_place), places)
    trial.faults.sort(key=lambda fault: fault.row)
    trial.gaps = list(_gaps(years, there))


def _place_in_journal(
    row: RegisterEntry | None, entry: RegisterEntry, counter: RegisterYear | None, trial: Trial
) -> str:
    """Note what becomes of the row, or say why it cannot be brought in."""
    if row is None:
        if counter and entry.sequence >= counter.first_sequence:
            return (
                f"№ {entry.number} не из прежнего журнала: {entry.year} год ведёт портал, с № {counter.first_sequence}."
            )
        trial.new.append(entry)
    elif row.status == EntryStatus.REGISTERED and row.origin == Origin.UNKNOWN:
        for name in (*HEADINGS, "origin"):
            setattr(row, name, getattr(entry, name))
        trial.filled.append(row)
    elif row.origin in (Origin.IMPORTED, Origin.PAPER) and all(
        getattr(row, name) == getattr(entry, name) for name in ("number", "registered_on", "addressee", "subject_line")
    ):
        trial.known += 1
    else:
        return f"№ {row.number} уже в журнале с другими сведениями: {row}, «{row.subject_line}»."
    return ""


def _falling(entries: Sequence[RegisterEntry], places: dict[int, int]) -> Iterator[Fault]:
    for before, after in pairwise(entries):
        if after.registered_on < before.registered_on:
            place = places.get(id(after)) or places.get(id(before))
            if place:
                yield Fault(place, "Дата", f"{after} раньше, чем {before}.")


def _gaps(years: set[int], there: dict[int, dict[tuple[int, str], RegisterEntry]]) -> Iterator[str]:
    for year in sorted(years):
        known = {sequence for sequence, _ in there[year]}
        if missing := set(range(min(known), max(known) + 1)) - known:
            yield f"{year} год: № {journal_invariants.listed(missing)}"


def _place(entry: RegisterEntry) -> tuple[int, str]:
    return entry.sequence, entry.suffix
