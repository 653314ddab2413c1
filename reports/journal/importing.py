"""Bring in the register that was kept before the portal: read, judge every row, and only then write all of it.

A file says in its first row what its columns are. Numbers lie before the first one that the portal gave, or fill rows
of unknown origin. The same file imported twice changes nothing, and neither does the register's own table.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import russian, xlsx
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from reports.journal import cells as journal_cells
from reports.journal import invariants as journal_invariants
from reports.journal import log as journal_log
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin

# Numbers follow the days: a row a year away from both its neighbours is a mistyped one.
FAR = datetime.timedelta(days=366)


class ImportNotReady(Refusal):
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
    """What bringing in the file would do; nothing is written.

    ``totals`` are rows left out, for they only sum up; ``elsewhere`` counts those that name another register.
    """

    faults: list[Fault] = field(default_factory=list)
    new: list[RegisterEntry] = field(default_factory=list)
    filled: list[RegisterEntry] = field(default_factory=list)
    known: int = 0
    elsewhere: int = 0
    gaps: list[str] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    is_empty: bool = False

    @property
    def is_ready(self) -> bool:
        return not self.faults and bool(self.new or self.filled)


def judge(*, register: OutgoingRegister, data: bytes, by: User, at: datetime.datetime) -> Trial:
    """Every fault at once, with its row and column. Raises xlsx.CannotRead where there is no table."""
    return _judged(register, xlsx.read(data), by, at)


def _judged(register: OutgoingRegister, rows: Sequence[list[str]], by: User, at: datetime.datetime) -> Trial:
    trial = Trial(is_empty=not rows)
    columns = _columns(rows[0], trial) if rows else {}
    if trial.faults or trial.is_empty:
        return trial
    entries = list(_entries(register, by, rows[1:], columns, trial))
    trial.is_empty = not (entries or trial.faults or trial.elsewhere)
    doubtful = list(_doubtful_days(register, entries, timezone.localtime(at).date()))
    trial.faults += doubtful
    set_aside = {fault.row for fault in doubtful}
    fresh = [(number, entry) for number, entry in entries if number not in set_aside and entry.pk is None]
    _compare(register, fresh, trial)
    return trial


def bring_in(*, register: OutgoingRegister, data: bytes, by: User, at: datetime.datetime) -> Trial:
    """All of the file or nothing. Raises ImportNotReady where the register has moved since it was judged."""
    rows = xlsx.read(data)
    with transaction.atomic():
        # No other file is imported meanwhile, and no number is given.
        OutgoingRegister.objects.filter(pk=register.pk).update(code=F("code"))
        RegisterYear.objects.filter(register=register).update(last_on=F("last_on"))
        trial = _judged(register, rows, by, at)
        if not trial.is_ready:
            raise ImportNotReady
        RegisterEntry.objects.bulk_create(trial.new)
        for entry in trial.filled:
            entry.save(update_fields=[*journal_cells.HEADINGS, "origin"])
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
        name = journal_cells.COLUMNS.get(russian.folded(head).rstrip(":"))
        if name and name in found:
            trial.faults.append(Fault(1, head, "Такой столбец уже есть."))
        elif name:
            found[name] = place
    for name in ("number", "registered_on"):
        if name not in found:
            heading = journal_cells.heading(name)
            trial.faults.append(Fault(1, heading, f"Нет столбца «{heading}»: первая строка – названия столбцов."))
    return found


def _entries(
    register: OutgoingRegister, by: User, rows: Sequence[list[str]], columns: dict[str, int], trial: Trial
) -> Iterator[tuple[int, RegisterEntry]]:
    """What can be read, by the number of its row; faults and totals are noted in the trial.

    A row that says what the register says of it is the register's own one, whatever else one might doubt about it.
    """
    own = {(entry.number, russian.short_date(entry.registered_on)): entry for entry in register.entries.all()}
    others = set(OutgoingRegister.objects.exclude(pk=register.pk).values_list("name", flat=True))
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        cells = {name: row[column] if column < len(row) else "" for name, column in columns.items()}
        if journal_cells.is_total(row, cells):
            trial.totals.append(number)
            continue
        if cells.pop(journal_cells.REGISTER, "") in others:
            trial.elsewhere += 1
            continue
        there = own.get((cells["number"], cells["registered_on"]))
        if there and journal_cells.is_same(cells, there):
            trial.known += 1
            yield number, there
            continue
        read, faults = journal_cells.read(register, cells)
        trial.faults += [Fault(number, journal_cells.heading(name), words) for name, words in faults]
        if read:
            yield number, _entry(register, by, read)


def _entry(register: OutgoingRegister, by: User, read: journal_cells.Row) -> RegisterEntry:
    return RegisterEntry(
        register=register,
        year=read.day.year,
        registered_on=read.day,
        sequence=read.place.sequence,
        suffix=read.place.suffix,
        origin=Origin.IMPORTED,
        registered_by=by,
        **read.texts,
        **read.counts,
    )


def _doubtful_days(
    register: OutgoingRegister, entries: Sequence[tuple[int, RegisterEntry]], today: datetime.date
) -> Iterator[Fault]:
    """Days that are to come, before the register began, or far from the rows around them."""
    days = [entry.registered_on for _, entry in entries]
    for place, (number, entry) in enumerate(entries):
        if entry.pk:
            continue
        if entry.registered_on > today:
            yield Fault(number, "Дата", "Этот день ещё не наступил.")
        elif entry.year < register.first_year:
            words = f"{entry.year} год – раньше, чем начат журнал ({register.first_year}). Проверьте год."
            yield Fault(number, "Дата", words)
        elif around := _close_neighbours(days, place):
            written = " и ".join(russian.short_date(day) for day in around)
            words = f"{russian.short_date(entry.registered_on)} далеко от соседних строк ({written}). Проверьте год."
            yield Fault(number, "Дата", words)


def _close_neighbours(days: Sequence[datetime.date], place: int) -> list[datetime.date]:
    """The two rows around this one, or beside it at an end, where they are near to each other and far from it."""
    first = min(max(place - 1, 0), max(len(days) - 3, 0))
    around = [day for number, day in enumerate(days[first : first + 3], start=first) if number != place]
    if len(around) < 2 or abs(around[0] - around[1]) > FAR:
        return []
    return around if all(abs(day - days[place]) > FAR for day in around) else []


# -- Judging against the register ------------------------------------------------------------------------------


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
        for name in (*journal_cells.HEADINGS, "origin"):
            setattr(row, name, getattr(entry, name))
        trial.filled.append(row)
    elif row.origin in (Origin.IMPORTED, Origin.PAPER) and all(
        getattr(row, name) == getattr(entry, name) for name in ("number", "registered_on", "addressee", "subject_line")
    ):
        trial.known += 1
    else:
        return f"№ {row.number} уже в журнале с другими сведениями: {row}, {quoted(row.subject_line)}."
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
