"""The clerk's hand in the register of outgoing letters: the verbs. ``numbering`` takes the numbers.

Every act is written into the row's history in the same transaction. A form that was sent twice – a double click, a
reload, a broken connection – carries the same key and finds the rows that it has made.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import records, russian, sent_forms
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal, WrongStep
from reports.journal import log as journal_log
from reports.journal import numbering, year_opening
from reports.models import FilePlanItem, OutgoingRegister, RegisterEntry, YearOpening
from reports.models.register import EntryStatus, Origin

AT_ONCE = 100


class WrongNumbers(Refusal):
    words = "Укажите номера по возрастанию, не больше ста за один раз: «942–946»."


class WrongTerm(Refusal):
    """A reservation ends in the year in which it was made."""


class NothingSaid(Refusal):
    words = "Укажите, кому и о чём письмо: без этого номер останется без сведений."


class BelongsToALetter(Refusal):
    words = (
        "Этот номер носит письмо портала. Вернуть или аннулировать можно само письмо – "
        "его номер будет аннулирован вместе с ним."
    )


@dataclass(frozen=True)
class Details:
    """What the register says of a letter that the portal did not make; all of it may come later."""

    addressee: str = ""
    subject_line: str = ""
    prepared_by: str = ""
    document_kind: str = ""
    sheets: int | None = None
    copies: int | None = None
    note: str = ""
    file_item: FilePlanItem | None = None

    def columns(self) -> dict[str, Any]:
        """For the row of a paper letter."""
        return {**vars(self), "origin": Origin.PAPER}


def give(
    *, register: OutgoingRegister, details: Details, by: User, at: datetime.datetime, key: str = ""
) -> RegisterEntry:
    """«Дать номер»: the next number for a paper letter, with today's date. Raises what ``numbering.next_rows`` does."""

    def take() -> list[RegisterEntry]:
        return numbering.next_rows(register=register, day=_day(at), registered_by=by, **details.columns())

    return _once(take, "Номер дан бумажному письму", by=by, at=at, key=key)[0]


def reserve(
    *,
    register: OutgoingRegister,
    count: int,
    until: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: str = "",
) -> list[RegisterEntry]:
    """«Зарезервировать номера»: the next ones, which hold this day. Raises WrongNumbers, WrongTerm, NoReason."""
    day = _day(at)
    if not reason.strip():
        raise numbering.NoReason("Укажите, для чего нужны номера.")
    if not 1 <= count <= AT_ONCE:
        raise WrongNumbers("За один раз резервируют от 1 до 100 номеров.")
    if until < day or until.year != day.year:
        raise WrongTerm(
            f"Укажите срок с {russian.short_date(day)} по 31.12.{day.year}: на другой год резерв не переходит."
        )
    kept = {"status": EntryStatus.RESERVED, "reserved_until": until, "reserved_reason": reason}

    def take() -> list[RegisterEntry]:
        return numbering.next_rows(
            register=register, day=day, count=count, registered_by=by, origin=Origin.PAPER, **kept
        )

    words = f"Номер зарезервирован до {russian.short_date(until)}: {reason}"
    return _once(take, words, by=by, at=at, key=key)


def _once(
    take: Callable[[], list[RegisterEntry]], words: str, *, by: User, at: datetime.datetime, key: str
) -> list[RegisterEntry]:
    """The rows of the form with this key, in the order of their numbers; without a key of any form."""

    def take_and_write() -> list[RegisterEntry]:
        rows = take()
        journal_log.write(rows, words, by=by, at=at, made=True)
        return rows

    rows, _ = sent_forms.once_for_all(take_and_write, key=key, by=by, at=at)
    return list(rows)


@transaction.atomic
def open_year(*, register: OutgoingRegister, day: datetime.date, by: User, at: datetime.datetime) -> None:
    """«Сегодня действительно …»: the year of ``day`` opens, as the clerk says. Open already: nothing changes.

    Raises NotThatDay where the question was asked on another day.
    """
    if day != _day(at):
        raise year_opening.NotThatDay
    asked = year_opening.question(register, day)
    if asked is None:
        return
    said = {"day": day, "last_number": asked.last.number, "last_on": asked.last.registered_on, "by": by, "at": at}
    YearOpening.objects.get_or_create(register=register, year=day.year, defaults=said)
    numbering.open_counter(register, day.year)


# -- A row that is there ------------------------------------------------------------------------------------


@transaction.atomic
def use(*, entry: RegisterEntry, details: Details, by: User, at: datetime.datetime) -> None:
    """A reserved number goes to a paper letter and keeps the day of its reservation. Raises NothingSaid, WrongStep."""
    _refuse_silence(details)
    reserved = RegisterEntry.objects.reserved().filter(pk=entry.pk)
    if not reserved.update(status=EntryStatus.REGISTERED, **details.columns()):
        raise WrongStep
    journal_log.write([entry], "Зарезервированный номер дан письму", by=by, at=at)


@transaction.atomic
def describe(*, entry: RegisterEntry, details: Details, by: User, at: datetime.datetime) -> None:
    """Say or mend to whom a paper letter went; number and day stay.

    Raises NothingSaid, BelongsToALetter, WrongStep, and Moved where the row is not as ``entry`` was read.
    """
    _refuse_silence(details)
    if entry.letter_id:
        raise BelongsToALetter
    origin = Origin.IMPORTED if entry.origin == Origin.IMPORTED else Origin.PAPER
    if not RegisterEntry.objects.registered().filter(pk=entry.pk, letter=None).exists():
        raise WrongStep
    before = vars(details_of(entry))
    read = {**before, "status": entry.status, "letter": None}
    records.change(entry, held=read, **{**vars(details), "origin": origin})
    journal_log.write([entry], _changed(before, details), by=by, at=at)


def details_of(entry: RegisterEntry) -> Details:
    return Details(**{name: getattr(entry, name) for name in vars(Details())})


def _changed(before: dict[str, Any], details: Details) -> str:
    """«Кому: «Школам» вместо «Школе»; …»: what was there stays in the row's history."""
    now = vars(details)
    names = {field.name: str(field.verbose_name) for field in RegisterEntry._meta.fields}
    parts = [
        f"{names[name]}{f' (было {quoted(before[name])})' if before[name] and name != 'file_item' else ''}"
        for name in now
        if now[name] != before[name]
    ]
    return f"Сведения внесены: {', '.join(parts)}" if parts else "Сведения подтверждены"


@transaction.atomic
def annul(*, entry: RegisterEntry, reason: str, by: User, at: datetime.datetime) -> None:
    """«Аннулировать номер» that no letter of the portal bears. Raises NoReason, BelongsToALetter, WrongStep."""
    if entry.letter_id and entry.status == EntryStatus.REGISTERED:
        raise BelongsToALetter
    if not reason.strip():
        raise numbering.NoReason
    seen = RegisterEntry.objects.filter(pk=entry.pk, status=entry.status)
    if not numbering.annul_all(seen, reason=reason, by=by, at=at):
        raise WrongStep
    journal_log.write([entry], f"Номер аннулирован: {reason}", by=by, at=at)


def _refuse_silence(details: Details) -> None:
    if not details.addressee or not details.subject_line:
        raise NothingSaid


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()
