"""Numbers that paper letters bear already: recorded in one go, or inserted late, beside the number of their day."""

import datetime
import re
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from reports import halted
from reports.journal import entries, numbering, year_opening
from reports.journal import log as journal_log
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import Origin

SKIPPED_AT_MOST = 50
# «941а», «941/1»: the number of its day and what sets it apart.
LATE = re.compile(r"(\d{1,9})([а-яё]|/\d{1,2})")


class NumberTaken(Refusal):
    """The number has its row already."""


class NumbersMoved(Refusal):
    """Other numbers were taken meanwhile."""


class WrongDay(Refusal):
    """The day does not fit between its neighbours, or lies in the future."""


@transaction.atomic
def record_paper_letters(
    *,
    register: OutgoingRegister,
    first: int,
    last: int,
    details: entries.Details,
    on: datetime.date,
    with_skipped: bool = False,
    by: User,
    at: datetime.datetime,
) -> list[RegisterEntry]:
    """«942–946 – бумажные»: these numbers, which must be the next ones, in one go and with one day.

    ``with_skipped`` makes rows without particulars of the numbers between the last one and ``first``. Raises
    NumberTaken, WrongNumbers, NumbersMoved, WrongDay, NumbersComeFromElsewhere, Halted, YearNotOpen.
    """
    halted.refuse()
    if not register.counts:
        raise numbering.NumbersComeFromElsewhere
    if not 1 <= first <= last < first + entries.AT_ONCE:
        raise entries.WrongNumbers
    if on > timezone.localtime(at).date():
        raise WrongDay("Этот день ещё не наступил.")
    year_opening.refuse(register, on)
    numbering.open_counter(register, on.year)
    counter = RegisterYear.objects.get(register=register, year=on.year)
    _refuse_taken(register, counter, first, last)
    _refuse_skipped(counter, first, with_skipped)
    same = RegisterYear.objects.filter(pk=counter.pk, last_sequence=counter.last_sequence)
    if not numbering.in_order(same, on).update(last_sequence=last, last_on=on):
        raise _not_now(counter, on)
    skipped = range(counter.last_sequence + 1, first)
    rows = [_row(register, number, on, by, origin=Origin.UNKNOWN) for number in skipped]
    rows += [_row(register, number, on, by, **details.columns()) for number in range(first, last + 1)]
    RegisterEntry.objects.bulk_create(rows)
    journal_log.write(rows[: len(skipped)], "Пропущенный номер внесён без сведений", by=by, at=at)
    journal_log.write(rows[len(skipped) :], "Внесено бумажное письмо", by=by, at=at)
    return rows


def _row(register: OutgoingRegister, sequence: int, day: datetime.date, by: User, **columns: Any) -> RegisterEntry:
    return numbering.row(register=register, sequence=sequence, day=day, registered_by=by, **columns)


def _refuse_taken(register: OutgoingRegister, counter: RegisterYear, first: int, last: int) -> None:
    if first > counter.last_sequence:
        return
    given = register.entries.filter(year=counter.year, sequence__range=(first, last)).order_by("-sequence", "-suffix")
    free = f"Свободен № {counter.last_sequence + 1}."
    if entry := given.first():
        prepared = f" (исп. {entry.prepared_by})" if entry.prepared_by else ""
        raise NumberTaken(
            f"№ {entry.number} занят письмом от {russian.short_date(entry.registered_on)}{prepared}. {free}"
        )
    raise NumberTaken(
        f"Портал ведёт этот год с № {counter.first_sequence}. {free} "
        "Более ранние номера вносят загрузкой прежнего журнала."
    )


def _refuse_skipped(counter: RegisterYear, first: int, with_skipped: bool) -> None:
    following = counter.last_sequence + 1
    if first == following:
        return
    if first > following + SKIPPED_AT_MOST:
        raise entries.WrongNumbers(f"Следующий номер – {following}, а указан № {first}. Проверьте, нет ли опечатки.")
    if not with_skipped:
        between = f"№ {following}" if first == following + 1 else f"№ {following}–{first - 1}"
        raise entries.WrongNumbers(
            f"Следующий номер – {following}. Если {between} тоже выданы на бумаге, отметьте «Пропущенные номера тоже "
            "выданы»: они войдут в журнал без сведений."
        )


def _not_now(counter: RegisterYear, day: datetime.date) -> Refusal:
    now = RegisterYear.objects.get(pk=counter.pk)
    if now.last_on and now.last_on > day:
        return WrongDay(
            f"№ {now.last_sequence} выдан {russian.short_date(now.last_on)}: "
            "день следующих номеров не может быть раньше."
        )
    return NumbersMoved(
        f"Пока вы писали, выдали номера по {now.last_sequence}. Следующий – {now.last_sequence + 1}. Проверьте номера."
    )


@transaction.atomic
def insert_late(
    *,
    register: OutgoingRegister,
    sequence: int,
    suffix: str,
    on: datetime.date,
    reason: str,
    details: entries.Details,
    by: User,
    at: datetime.datetime,
) -> RegisterEntry:
    """«941а»: a letter that was forgotten, beside the number of its day. Raises NumberTaken, WrongDay, NoReason."""
    if not reason.strip():
        raise numbering.NoReason("Укажите, почему письмо внесено с опозданием.")
    # No number is taken or inserted meanwhile.
    RegisterYear.objects.filter(register=register, year=on.year).update(last_on=F("last_on"))
    year = register.entries.filter(year=on.year)
    if not year.filter(sequence=sequence, suffix="").exists():
        raise NumberTaken(f"№ {sequence} в журнале {on.year} года нет: рядом с ним внести нельзя.")
    if year.filter(sequence=sequence, suffix=suffix).exists():
        raise NumberTaken(f"№ {sequence}{suffix} уже есть в журнале. Возьмите следующую букву.")
    _refuse_between(year, sequence, suffix, on, timezone.localtime(at).date())
    RegisterYear.objects.filter(register=register, year=on.year, last_sequence=sequence, last_on__lt=on).update(
        last_on=on
    )
    entry = _row(register, sequence, on, by, suffix=suffix, **details.columns())
    entry.save()
    journal_log.write([entry], f"Внесено с опозданием: {reason}", by=by, at=at)
    return entry


def _refuse_between(
    year: "QuerySet[RegisterEntry]", sequence: int, suffix: str, on: datetime.date, today: datetime.date
) -> None:
    beside = [(row.sequence, row.suffix, row.registered_on) for row in year.filter(sequence__in=[sequence])]
    following = year.filter(sequence__gt=sequence).order_by("sequence").values_list("registered_on", flat=True).first()
    before = max(day for _, known, day in beside if known < suffix)
    after = min([*(day for _, known, day in beside if known > suffix), following or today, today])
    if not before <= on <= after:
        between = f"с {russian.short_date(before)} по {russian.short_date(after)}"
        raise WrongDay(f"День должен лежать между соседними номерами: {between}.")
