"""Rows of a former register beside those that are there, and beside each other: numbers given twice, days that fall."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.utils import timezone

from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement, Read
from rcro_portal.lib.registers.importing.sheets import listed
from reports.journal import cells as journal_cells
from reports.journal import days_in_order, paper_numbers
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin

# Numbers follow the days: a row a year away from both its neighbours is a mistyped one.
FAR = datetime.timedelta(days=366)
# By hand no number is recorded so far beyond the last one either.
FAR_NUMBER = paper_numbers.SKIPPED_AT_MOST
NUMBER, DATE = "Номер", "Дата"


def compare(register: OutgoingRegister, read: Sequence[Read], judgement: Judgement, at: datetime.datetime) -> None:
    """Sort the rows into new, changed and same; note faults and gaps."""
    doubtful = list(_doubtful_days(register, read, timezone.localtime(at).date()))
    doubtful += _doubtful_numbers(read) if register.counts else []
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
        elif around := _close_neighbours(days, number, FAR):
            written = " и ".join(russian.short_date(day) for day in around)
            words = f"{russian.short_date(entry.registered_on)} далеко от соседних строк ({written}). Проверьте год."
            likely = entry.registered_on.strftime(f"%d.%m.{around[0].year}")
            yield replace(_fault(one.row, "registered_on", words), suggestion=likely)


def _doubtful_numbers(read: Sequence[Read]) -> Iterator[Fault]:
    """Numbers far from those of the rows around them: the year would go on after a number that was never given."""
    years: dict[int, dict[int, Read]] = defaultdict(dict)
    for one in read:
        years[one.what.year].setdefault(one.row, one)
    for rows in years.values():
        sequences = [one.what.sequence for one in rows.values()]
        for number, one in enumerate(rows.values()):
            around = _close_neighbours(sequences, number, FAR_NUMBER)
            if around and not one.is_known:
                written = " и ".join(f"№ {sequence}" for sequence in around)
                words = f"№ {one.what.number} далеко от соседних строк ({written}). Проверьте номер."
                yield _fault(one.row, "number", words)


def _close_neighbours(places: Sequence[Any], number: int, far: Any) -> list[Any]:
    """The two rows around this one, or beside it at an end, where they are near to each other and far from it."""
    first = min(max(number - 1, 0), max(len(places) - 3, 0))
    around = [place for one, place in enumerate(places[first : first + 3], start=first) if one != number]
    if len(around) < 2 or abs(around[0] - around[1]) > far:
        return []
    return around if all(abs(place - places[number]) > far for place in around) else []


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
        is_open = row is None or _wants_particulars(row)
        words = _place_in_journal(row, one, counters.get(entry.year), judgement)
        if words:
            judgement.faults.append(_fault(one.row, "number", words))
        elif is_open:
            kept = there[entry.year].setdefault(key[1:], entry)
            rows[id(kept)] = one.row
    if register.counts:
        for year in sorted(years):
            judgement.faults += _falling(sorted(there[year].values(), key=place), rows)
    judgement.notes += _gaps(years, there)


def _wants_particulars(row: RegisterEntry) -> bool:
    return row.status == EntryStatus.REGISTERED and row.origin == Origin.UNKNOWN


def _place_in_journal(row: RegisterEntry | None, read: Read, counter: RegisterYear | None, judgement: Judgement) -> str:
    """Note what becomes of the row, or say why it cannot be brought in."""
    entry: RegisterEntry = read.what
    if row is None:
        if counter and entry.sequence >= counter.first_sequence:
            return (
                f"№ {entry.number} не из прежнего журнала: {entry.year} год ведёт портал, с № {counter.first_sequence}."
            )
        judgement.new.append(read)
    elif _wants_particulars(row):
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
    """Rows of the file (``rows``: by their entries) that fall out of the order of days, the fewest there can be."""
    odd = days_in_order.odd_ones([one.registered_on for one in entries], [id(one) not in rows for one in entries])
    for place, against in odd.items():
        before, after = (entries[one] for one in sorted((place, against)))
        yield _fault(rows[id(entries[place])], "registered_on", f"{after} раньше, чем {before}.")


def _gaps(years: set[int], there: dict[int, dict[tuple[int, str], RegisterEntry]]) -> Iterator[str]:
    for year in sorted(years):
        known = sorted({sequence for sequence, _ in there[year]})
        missing = [_run(before + 1, after - 1) for before, after in pairwise(known) if after > before + 1]
        if missing:
            yield f"В прежнем журнале пропущены номера: {year} год: № {listed(missing)}"


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
