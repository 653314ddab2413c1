"""Numbers of outgoing letters: taken in the transaction that uses them, and never given back.

Taking one raises the counter – of the year, or of the block given to the portal – *first*, which makes all
others wait on both databases, and reads it after that. ``entries`` has the verbs of the clerk.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from centers.models import Department, User
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from reports import halted
from reports.journal import year_opening
from reports.models import FilePlanItem, Letter, NumberBlock, OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, RegisterMode


class DateWouldFall(Refusal):
    """Dates never fall as numbers rise."""


class YearIsOpen(Refusal):
    """The year has its counter already, and numbers are never given back."""


class NoRegister(Refusal):
    words = "В портале нет журнала исходящих. Попросите администратора внести его в справочник."


class NoReason(Refusal):
    words = "Укажите причину. Аннулированный номер повторно не используется."


class NoNumbersLeft(Refusal):
    """The blocks given to the portal are used up."""

    words = "Порталу ещё не выделены номера на этот год. Попросите делопроизводителя выделить их."


class NumberNotTyped(Refusal):
    words = "Номер этому письму ещё не внесён. Его вносит делопроизводитель."


class NumbersComeFromElsewhere(Refusal):
    words = "Номера этого журнала выдаёт не портал: их вносят для каждого письма."


def register_for(kind: str) -> OutgoingRegister:
    """The register of this kind of letters. Raises NoRegister."""
    if found := among(list(OutgoingRegister.objects.order_by("pk")), kind):
        return found
    raise NoRegister


def among(registers: list[OutgoingRegister], kind: str) -> OutgoingRegister | None:
    """The one that names this kind of letters, else the one for all the others."""
    named = [one for one in registers if kind in one.letter_kinds]
    return next(iter((*named, *(one for one in registers if not one.letter_kinds))), None)


def take(
    *, register: OutgoingRegister, letter: Letter, addressee: str, by: User, at: datetime.datetime
) -> RegisterEntry:
    """A number for a letter of the portal with the day of ``at`` in Tomsk, as a row of the register.

    Demands a transaction. By the register's mode it is the next one of the year, the next one of the oldest block, or
    the one that the clerk has typed. Raises DateWouldFall where a later day has had a number already, NoNumbersLeft,
    NumberNotTyped, Halted after a restore, YearNotOpen after a jump of the clock; then nothing was taken.
    """
    halted.refuse()
    day = timezone.localtime(at).date()
    printed: dict[str, Any] = {
        "addressee": addressee,
        "subject_line": letter.subject_line,
        "prepared_by": letter.prepared_by.surname_first,
        "registered_by": by,
    }
    if register.mode == RegisterMode.TYPED:
        return _use_typed(register, letter, day, printed)
    item = file_item_for(register, letter.department, day.year)
    return next_rows(register=register, day=day, letter=letter, file_item=item, **printed)[0]


def hindrance(letter: Letter, day: datetime.date) -> str:
    """Why ``take`` would give the letter no number that day, in its words; empty where nothing is in the way yet."""
    registers = OutgoingRegister.objects.annotate(is_halted=halted.now(), has_year=_is_open(day)).order_by("pk")
    register: Any = among(list(registers), letter.kind)
    if register.is_halted if register else halted.is_halted():
        return halted.Halted.words
    if register is None:
        return NoRegister.words
    if register.mode == RegisterMode.TYPED:
        return "" if _typed(register, letter, day).exists() else NumberNotTyped.words
    if register.mode == RegisterMode.BLOCK:
        blocks = NumberBlock.objects.filter(register=register, year=day.year)
        unused = blocks.filter(last_taken__lt=F("last_sequence"))
        return "" if unused.exists() else str(_none_left(register, blocks))
    asked = None if register.has_year else year_opening.question(register, day)
    return asked.waits if asked else ""


def _is_open(day: datetime.date) -> Exists:
    return Exists(RegisterYear.objects.filter(register=OuterRef("pk"), year=day.year))


def file_item_for(register: OutgoingRegister, department: Department, year: int) -> FilePlanItem | None:
    """The department's case of that year's nomenclature, where the register's numbers name one."""
    if not register.with_file_index:
        return None
    return FilePlanItem.objects.filter(year=year, department=department).order_by("index").first()


def next_rows(*, register: OutgoingRegister, day: datetime.date, count: int = 1, **columns: Any) -> list[RegisterEntry]:
    """So many numbers in a row as rows of the register, all with that day and these columns.

    Demands a transaction. Raises DateWouldFall, NoNumbersLeft, NumbersComeFromElsewhere, Halted, YearNotOpen.
    """
    halted.refuse()
    assert connection.in_atomic_block, "a number is taken in the transaction that uses it"
    if register.mode == RegisterMode.TYPED:
        raise NumbersComeFromElsewhere
    if register.mode == RegisterMode.BLOCK:
        given: list[tuple[int, NumberBlock | None]] = [_draw(register, day) for _ in range(count)]
    else:
        last = _raise(register, day, count)
        given = [(sequence, None) for sequence in range(last - count + 1, last + 1)]
    return RegisterEntry.objects.bulk_create(
        row(register=register, sequence=sequence, day=day, block=block, **columns) for sequence, block in given
    )


def row(
    *, register: OutgoingRegister, sequence: int, day: datetime.date, suffix: str = "", **columns: Any
) -> RegisterEntry:
    """A row of the register, not yet saved: its number is written as the register writes numbers."""
    number = register.written(sequence, suffix=suffix, file_item=columns.get("file_item"))
    place = {"register": register, "year": day.year, "sequence": sequence, "suffix": suffix}
    return RegisterEntry(**place, number=number, registered_on=day, **columns)


# -- The counter of a year --------------------------------------------------------------------------------


def _raise(register: OutgoingRegister, day: datetime.date, count: int) -> int:
    counter = RegisterYear.objects.filter(register=register, year=day.year)
    if not _count_up(counter, day, count):
        # The year opens with its first number; a second request to open it changes nothing.
        year_opening.refuse(register, day)
        open_counter(register, day.year)
        if not _count_up(counter, day, count):
            raise date_would_fall(counter.get(), day)
    return counter.values_list("last_sequence", flat=True).get()


def _count_up(counter: "QuerySet[RegisterYear]", day: datetime.date, count: int) -> int:
    return in_order(counter, day).update(last_sequence=F("last_sequence") + count, last_on=day)


def in_order(counter: "QuerySet[RegisterYear]", day: datetime.date) -> "QuerySet[RegisterYear]":
    """The counter, unless a later day has had a number already."""
    return counter.filter(Q(last_on__isnull=True) | Q(last_on__lte=day))


def open_counter(register: OutgoingRegister, year: int) -> None:
    """The year's counter, if there is none: it goes on after the numbers that were typed or brought in before."""
    top = register.entries.filter(year=year).aggregate(top=Max("sequence"))["top"] or 0
    counter = RegisterYear(register=register, year=year, first_sequence=top + 1, last_sequence=top)
    RegisterYear.objects.bulk_create([counter], ignore_conflicts=True)


def date_would_fall(counter: RegisterYear, day: datetime.date) -> DateWouldFall:
    assert counter.last_on, "only a later day refuses"
    return _falls(counter.last_sequence, counter.last_on, day)


def _falls(number: int, given_on: datetime.date, day: datetime.date) -> DateWouldFall:
    return DateWouldFall(
        f"Номер {number} уже выдан {russian.short_date(given_on)}, "
        f"а сегодня {russian.short_date(day)}. Проверьте дату на сервере."
    )


def open_year(*, register: OutgoingRegister, year: int, first: int, note: str) -> RegisterYear:
    """Begin a year's numbers after those that went out on paper (``note`` says so).

    Raises YearIsOpen, NumbersComeFromElsewhere.
    """
    if not register.counts:
        raise NumbersComeFromElsewhere
    counter, opened = RegisterYear.objects.get_or_create(
        register=register,
        year=year,
        defaults={"first_sequence": first, "last_sequence": first - 1, "opening_note": note},
    )
    if not opened:
        raise YearIsOpen(f"Журнал за {year} год уже открыт: последний номер {counter.last_sequence}.")
    return counter


# -- Numbers that come from elsewhere -----------------------------------------------------------------------


def _draw(register: OutgoingRegister, day: datetime.date) -> tuple[int, NumberBlock]:
    """The next number of the oldest block of the year that has any left."""
    blocks = NumberBlock.objects.filter(register=register, year=day.year)
    unused = blocks.filter(last_taken__lt=F("last_sequence"))
    for oldest in _until_none(unused):
        if unused.filter(pk=oldest.pk).update(last_taken=F("last_taken") + 1):
            oldest.refresh_from_db()
            _refuse_fall(oldest, day)
            return oldest.last_taken, oldest
    raise _none_left(register, blocks)


def _none_left(register: OutgoingRegister, blocks: "QuerySet[NumberBlock]") -> NoNumbersLeft:
    last = blocks.order_by("given_at", "pk").last()
    if last is None:
        return NoNumbersLeft()
    number = register.written(last.last_sequence)
    return NoNumbersLeft(
        f"Выделенные порталу номера кончились (последний – № {number}). Попросите делопроизводителя выделить ещё."
    )


def _until_none(blocks: "QuerySet[NumberBlock]") -> Iterator[NumberBlock]:
    """Asked anew each time: another request may have taken the last number of the one that was found."""
    while oldest := blocks.order_by("given_at", "pk").first():
        yield oldest


def _refuse_fall(block: NumberBlock, day: datetime.date) -> None:
    latest = RegisterEntry.objects.filter(block=block).order_by("-registered_on", "-sequence").first()
    if latest and latest.registered_on > day:
        raise _falls(latest.sequence, latest.registered_on, day)


def _use_typed(
    register: OutgoingRegister, letter: Letter, day: datetime.date, printed: dict[str, Any]
) -> RegisterEntry:
    assert connection.in_atomic_block, "a number is taken in the transaction that uses it"
    del printed["registered_by"]  # who typed it stays
    if not _typed(register, letter, day).update(status=EntryStatus.REGISTERED, registered_on=day, **printed):
        raise NumberNotTyped
    return RegisterEntry.objects.get(register=register, letter=letter, status=EntryStatus.REGISTERED)


def _typed(register: OutgoingRegister, letter: Letter, day: datetime.date) -> "QuerySet[RegisterEntry]":
    """The number that the clerk has typed for this letter."""
    return RegisterEntry.objects.filter(register=register, year=day.year, letter=letter, status=EntryStatus.RESERVED)


# -- Annulled --------------------------------------------------------------------------------------------------


def annul(*, entry: RegisterEntry, reason: str, by: User, at: datetime.datetime) -> bool:
    """The number stays in the register as annulled, with the reason. True if this call did it. Raises NoReason."""
    if not reason.strip():
        raise NoReason
    return annul_all(RegisterEntry.objects.filter(pk=entry.pk), reason=reason, by=by, at=at) > 0


def drop_typed(*, letter: Letter, reason: str, by: User, at: datetime.datetime) -> None:
    """A number typed for a letter that ends before it takes it."""
    kept = RegisterEntry.objects.filter(letter=letter, status=EntryStatus.RESERVED)
    annul_all(kept, reason=reason, by=by, at=at)


def annul_all(entries: "QuerySet[RegisterEntry]", *, reason: str, by: User, at: datetime.datetime) -> int:
    """How many were annulled: those that were annulled before keep their first reason."""
    return entries.exclude(status=EntryStatus.ANNULLED).update(
        status=EntryStatus.ANNULLED, annulled_at=at, annulled_by=by, annulled_reason=reason
    )
