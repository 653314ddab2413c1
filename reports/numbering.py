"""Numbers of outgoing letters: taken in the transaction that uses them, and never given back."""

import datetime

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from centers.models import User
from rcro_portal import russian
from rcro_portal.refusals import Refusal
from reports.models import Letter, OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus


class DateWouldFall(Refusal):
    """Dates never fall as numbers rise."""


class YearIsOpen(Refusal):
    """The year has its counter already, and numbers are never given back."""


class NoReason(Refusal):
    words = "Укажите причину. Аннулированный номер повторно не используется."


def take(
    *, register: OutgoingRegister, letter: Letter, addressee: str, by: User, at: datetime.datetime
) -> RegisterEntry:
    """The next number of the year with the day of ``at`` in Tomsk, as a row of the journal.

    Demands a transaction: the counter is raised first, which makes everybody else wait on both databases, and is
    read after that. Raises DateWouldFall where a later day has had a number already.
    """
    assert connection.in_atomic_block, "a number is taken in the transaction that uses it"
    day = timezone.localtime(at).date()
    sequence = _raise(register, day)
    return RegisterEntry.objects.create(
        register=register,
        year=day.year,
        sequence=sequence,
        number=str(sequence),
        registered_on=day,
        letter=letter,
        addressee=addressee,
        subject_line=letter.subject_line,
        prepared_by=letter.prepared_by.surname_first,
        registered_by=by,
    )


def _raise(register: OutgoingRegister, day: datetime.date) -> int:
    counter = RegisterYear.objects.filter(register=register, year=day.year)
    if not _count_up(counter, day):
        # The year opens with its first number; whoever comes second to open it changes nothing.
        RegisterYear.objects.bulk_create([RegisterYear(register=register, year=day.year)], ignore_conflicts=True)
        if not _count_up(counter, day):
            raise _date_would_fall(counter.get(), day)
    return counter.values_list("last_sequence", flat=True).get()


def _count_up(counter: "QuerySet[RegisterYear]", day: datetime.date) -> int:
    in_order = counter.filter(Q(last_on__isnull=True) | Q(last_on__lte=day))
    return in_order.update(last_sequence=F("last_sequence") + 1, last_on=day)


def _date_would_fall(counter: RegisterYear, day: datetime.date) -> DateWouldFall:
    assert counter.last_on, "only a later day refuses"
    return DateWouldFall(
        f"Номер {counter.last_sequence} уже выдан {russian.short_date(counter.last_on)}, "
        f"а сегодня {russian.short_date(day)}. Проверьте дату на сервере."
    )


def annul(*, entry: RegisterEntry, reason: str, by: User, at: datetime.datetime) -> None:
    """The number stays in the journal as annulled, with the reason. Raises NoReason."""
    if not reason.strip():
        raise NoReason
    RegisterEntry.objects.filter(pk=entry.pk, status=EntryStatus.REGISTERED).update(
        status=EntryStatus.ANNULLED, annulled_at=at, annulled_by=by, annulled_reason=reason
    )


def open_year(*, register: OutgoingRegister, year: int, first: int, note: str) -> RegisterYear:
    """Begin a year's numbers after those that went out on paper (``note`` says so). Raises YearIsOpen."""
    counter, opened = RegisterYear.objects.get_or_create(
        register=register,
        year=year,
        defaults={"first_sequence": first, "last_sequence": first - 1, "opening_note": note},
    )
    if not opened:
        raise YearIsOpen(f"Журнал за {year} год уже открыт: последний номер {counter.last_sequence}.")
    return counter
