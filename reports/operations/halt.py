"""The halt after a restore: what the copy does not know of must not happen a second time.

Numbers given after the copy was made are on letters that people hold, and messages that the copy believes to wait may
have gone. So both stand still (``halted``) until a person has said which number was the last.
"""

import contextlib
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import russian
from rcro_portal.lib.notices import telling
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.refusals import Refusal, WrongStep
from reports.journal import numbering
from reports.letters import letters, replacements
from reports.models import Halt, NumberBlock, OutgoingRegister, Recipient, RegisterEntry, RegisterYear
from reports.models.letter import Letter
from reports.models.register import Origin, RegisterMode

NUMBERS_AT_MOST = 1000
UNKNOWN = "Номер выдан после резервной копии, сведений о письме нет."
MAY_HAVE_GONE = "Портал восстановлен из копии: письмо могло уйти после неё. Уточните у адресата или отправьте ещё раз."


class NumberBeforeTheLast(Refusal):
    """A number that the portal has given itself is known to be given."""


class TooManyNumbers(Refusal):
    words = f"Это больше {NUMBERS_AT_MOST} номеров после копии. Проверьте число: номера назад не возвращаются."


class NumberOfNoBlock(Refusal):
    words = "Такого номера нет среди выделенных порталу. Проверьте число."


class NothingStated(Refusal):
    words = "Укажите последний выданный номер каждого журнала."


@dataclass(frozen=True)
class Series:
    """Numbers that the portal counts: a year of a register, and the last number that this copy knows of."""

    register: OutgoingRegister
    year: int
    last: int

    @property
    def rises(self) -> bool:
        """Whether a later number is a greater one: blocks are used up in the order in which they were given."""
        return self.register.mode != RegisterMode.BLOCK

    @property
    def key(self) -> str:
        return f"{self.register.pk}-{self.year}"

    @property
    def label(self) -> str:
        return f"{self.register}, {self.year} год: последний выданный номер"


def halt(*, reason: str, at: datetime.datetime) -> Halt:
    """Halt numbers and messages, right after a restore, before web and worker start.

    Letters that waited to be released are released, for their commitments are owed; but none of the messages that
    the copy holds as waiting is sent: a person decides on each.
    """
    with transaction.atomic():
        for pk in Letter.objects.due_for_release().order_by("pk").values_list("pk", flat=True):
            # Of two in place of one letter the second is left to a person: it does not prevent the halt.
            with contextlib.suppress(replacements.AlreadyReplaced):
                letters.release(letter_id=pk, at=at)
        waiting = Recipient.objects.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])
        waiting.update(status=MessageStatus.UNKNOWN, lease_until=None, error=MAY_HAVE_GONE)
        telling.doubt_what_was_due(words=MAY_HAVE_GONE, now=at)
        return Halt.objects.create(reason=reason, since_at=at)


def may_lift(user: User) -> bool:
    return bool(user.roles & {"clerk", "administrator"})


def banner(user: User) -> dict[str, Any]:
    """For the home page of those whose work stands still."""
    if not user.roles & {"clerk", "director", "administrator"} or (halt := current()) is None:
        return {}
    return {"halt": {"words": words(halt)}, "may_lift": may_lift(user)}


def words(halt: Halt) -> str:
    """Why, and what is to be done."""
    return (
        f"{russian.upper_first(halt.reason.rstrip('.'))}. Номера не выдаются и письма не рассылаются, пока "
        "делопроизводитель или администратор не укажет последний выданный номер."
    )


def current() -> Halt | None:
    """The halt in force that began first, or none."""
    return Halt.objects.filter(lifted_at__isnull=True).order_by("since_at", "pk").first()


def series(day: datetime.date) -> list[Series]:
    """Every register that the portal counts in: this year, and the last one that the copy has numbers of."""
    found = []
    for register in OutgoingRegister.objects.exclude(mode=RegisterMode.TYPED).order_by("pk"):
        years = {day.year, *register.entries.order_by("-year").values_list("year", flat=True)[:1]}
        found += [Series(register, year, _last(register, year)) for year in sorted(years)]
    return found


def _last(register: OutgoingRegister, year: int) -> int:
    if register.mode == RegisterMode.BLOCK:
        begun = [one for one in _blocks(register, year) if one.last_taken >= one.first_sequence]
        return begun[-1].last_taken if begun else 0
    counter = RegisterYear.objects.filter(register=register, year=year).first()
    return counter.last_sequence if counter else 0


def _blocks(register: OutgoingRegister, year: int) -> list[NumberBlock]:
    """In the order in which ``numbering`` uses them up."""
    return list(NumberBlock.objects.filter(register=register, year=year).order_by("given_at", "pk"))


@transaction.atomic
def lift(*, stated: Mapping[str, int], by: User, at: datetime.datetime) -> None:
    """Lift the halt: numbers and messages go on after the number ``stated`` for each series by its key.

    Every number in between becomes a row of the register that says that nothing is known of it. Raises WrongStep
    where no halt is in force, NothingStated, NumberBeforeTheLast, TooManyNumbers, NumberOfNoBlock.
    """
    day = timezone.localtime(at).date()
    all_series = series(day)
    if not all(one.key in stated for one in all_series):
        raise NothingStated
    main = next((stated[one.key] for one in all_series if one.year == day.year), 0)
    halted = Halt.objects.filter(lifted_at__isnull=True)
    if not halted.update(lifted_at=at, lifted_by=by, stated_number=main):
        raise WrongStep
    for one in all_series:
        _go_on_after(stated[one.key], one, day=min(day, datetime.date(one.year, 12, 31)), by=by)


def _go_on_after(number: int, one: Series, *, day: datetime.date, by: User) -> None:
    if number == one.last:
        return
    given = _raise_counter(number, one, day) if one.rises else _use_up_blocks(number, one)
    RegisterEntry.objects.bulk_create(
        numbering.row(
            register=one.register,
            sequence=sequence,
            day=day,
            block=block,
            origin=Origin.UNKNOWN,
            note=UNKNOWN,
            registered_by=by,
        )
        for sequence, block in given
    )


def _raise_counter(number: int, one: Series, day: datetime.date) -> list[tuple[int, NumberBlock | None]]:
    if number < one.last:
        raise NumberBeforeTheLast(f"{one.register}: номер {one.last} портал уже выдал. Укажите его или больший.")
    if number - one.last > NUMBERS_AT_MOST:
        raise TooManyNumbers
    counter = RegisterYear.objects.filter(register=one.register, year=one.year)
    numbering.open_counter(one.register, one.year)
    if not numbering.in_order(counter, day).update(last_sequence=number, last_on=day):
        raise numbering.date_would_fall(counter.get(), day)
    first = max(one.last + 1, counter.get().first_sequence)
    # Numbers that were typed or brought in stand there already.
    known = set(one.register.entries.filter(year=one.year, suffix="").values_list("sequence", flat=True))
    return [(sequence, None) for sequence in range(first, number + 1) if sequence not in known]


def _use_up_blocks(number: int, one: Series) -> list[tuple[int, NumberBlock | None]]:
    """Blocks are used up one after the other: those before the one that holds the number are gone."""
    blocks = _blocks(one.register, one.year)
    holding = [place for place, block in enumerate(blocks) if block.first_sequence <= number <= block.last_sequence]
    if not holding:
        raise NumberOfNoBlock
    place = holding[0]
    begun_later = any(block.last_taken >= block.first_sequence for block in blocks[place + 1 :])
    if begun_later or number < blocks[place].last_taken:
        raise NumberBeforeTheLast(
            f"{one.register}: после номера {number} портал уже выдал {one.last}. Проверьте число."
        )
    given: list[tuple[int, NumberBlock | None]] = []
    for block in blocks[: place + 1]:
        last = number if block == blocks[place] else block.last_sequence
        given += [(sequence, block) for sequence in range(block.last_taken + 1, last + 1)]
        NumberBlock.objects.filter(pk=block.pk, last_taken__lt=last).update(last_taken=last)
    return given
