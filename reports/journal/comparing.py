"""Rows of a former register beside those that are there, and beside each other: numbers given twice, days that fall."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils import timezone

from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement, Read
from reports.journal import cells as journal_cells
from reports.journal import invariants as journal_invariants
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin

# Numbers follow the days: a row a year away from both its neighbours is a mistyped one.
FAR = datetime.timedelta(days=366)
NUMBER, DATE = "Номер", "Дата"


def compare(register: OutgoingRegister, read: Sequence[Read], judgement: Judgement, at: datetime.datetime) -> None:
    """Sort the rows into new, changed and same; note faults and gaps."""
    doubtful = list(_doubtful_days(register, read, timezone.localtime(at).date()))
    judgement.faults += doubtful
    set_aside = {fault.row for fault in doubtful}
    fresh = [one for one in read if one.row not in set_aside and not one.is_known]
    _compare(register, fresh, judgement)
    bad = judgement.bad
    judgement.new = [one for one in judgement.new if one.row not in bad]
    judgement.changed = [one for one in judgement.changed if one.row not in bad]


def place(entry: RegisterEntry) -> tuple[int, str]:
    return entry.sequence, entry.suffix


def _fault(row: int, name: str, words: str) -> Fault:
    heading = DATE if name == "registered_on" else NUMBER
    return Fault(row, heading, words, name)


def _doubtful_days(register: OutgoingRegister, read: Sequence[Read], today: datetime.date) -> Iterator[Fault]:
    """Days that are to come, before the register began, or far from the rows around them."""
    days = [one.what.registered_on for one in read]
    for number, one in enumerate(read):
        entry = one.what
        if one.is_known:
            continue
        if entry.registered_on > today:
            yield _fault(one.row, "registered_on", "Этот день ещё не наступил.")
        elif entry.year < register.first_year:
            words = f"{entry.year} год – раньше, чем начат журнал ({register.first_year}). Проверьте год."
            yield _fault(one.row, "registered_on", words)
        elif around := _close_neighbours(days, number):
            written = " и ".join(russian.short_date(day) for day in around)
            words = f"{russian.short_date(entry.registered_on)} далеко от соседних строк ({written}). Проверьте год."
            likely = entry.registered_on.strftime(f"%d.%m.{around[0].year}")
            yield replace(_fault(one.row, "registered_on", words), suggestion=likely)


def _close_neighbours(days: Sequence[datetime.date], number: int) -> list[datetime.date]:
    """The two rows around this one, or beside it at an end, where they are near to each other and far from it."""
    first = min(max(number - 1, 0), max(len(days) - 3, 0))
    around = [day for one, day in enumerate(days[first : first + 3], start=first) if one != number]
    if len(around) < 2 or abs(around[0] - around[1]) > FAR:
        return []
    return around if all(abs(day - days[number]) > FAR for day in around) else []


def _compare(register: OutgoingRegister, read: Sequence[Read], judgement: Judgement) -> None:
    years = {one.what.year for one in read}
    there: dict[int, dict[tuple[int, str], RegisterEntry]] = defaultdict(dict)
    for known in register.entries.filter(year__in=years):
        there[known.year][place(known)] = known
    counters = {one.year: one for one in register.years.filter(year__in=years)}
    seen: dict[tuple[int, int, str], int] = {}
    rows: dict[int, int] = {}
    for one in read:
        entry: RegisterEntry = one.what
        key = (entry.year, entry.sequence, entry.suffix)
        if key in seen:
            judgement.faults.append(_fault(one.row, "number", f"№ {entry.number} уже есть в строке {seen[key]}."))
            continue
        seen[key] = one.row
        row = there[entry.year].get(key[1:])
        words = _place_in_journal(row, one, counters.get(entry.year), judgement)
        if words:
            judgement.faults.append(_fault(one.row, "number", words))
        kept = row if row and not words else entry
        rows[id(kept)] = one.row
        there[entry.year][key[1:]] = kept
    if register.counts:
        for year in sorted(years):
            judgement.faults += _falling(sorted(there[year].values(), key=place), rows)
    judgement.notes += _gaps(years, there)


def _place_in_journal(row: RegisterEntry | None, read: Read, counter: RegisterYear | None, judgement: Judgement) -> str:
    """Note what becomes of the row, or say why it cannot be brought in."""
    entry: RegisterEntry = read.what
    if row is None:
        if counter and entry.sequence >= counter.first_sequence:
            return (
                f"№ {entry.number} не из прежнего журнала: {entry.year} год ведёт портал, с № {counter.first_sequence}."
            )
        judgement.new.append(read)
    elif row.status == EntryStatus.REGISTERED and row.origin == Origin.UNKNOWN:
        for name in (*journal_cells.HELD, "origin"):
            setattr(row, name, getattr(entry, name))
        judgement.changed.append(Read(read.row, row))
    elif row.origin in (Origin.IMPORTED, Origin.PAPER) and all(
        getattr(row, name) == getattr(entry, name) for name in ("number", "registered_on", "addressee", "subject_line")
    ):
        judgement.same.append(read.row)
    else:
        return f"№ {row.number} уже в журнале с другими сведениями: {row}, {quoted(row.subject_line)}."
    return ""


def _falling(entries: Sequence[RegisterEntry], rows: dict[int, int]) -> Iterator[Fault]:
    for before, after in pairwise(entries):
        if after.registered_on < before.registered_on:
            row = rows.get(id(after)) or rows.get(id(before))
            if row:
                yield _fault(row, "registered_on", f"{after} раньше, чем {before}.")


def _gaps(years: set[int], there: dict[int, dict[tuple[int, str], RegisterEntry]]) -> Iterator[str]:
    for year in sorted(years):
        known = {sequence for sequence, _ in there[year]}
        if missing := set(range(min(known), max(known) + 1)) - known:
            yield f"В прежнем журнале пропущены номера: {year} год: № {journal_invariants.listed(missing)}"
