"""How far a letter's messages have come, and whether the page need look again by itself."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from rcro_portal.lib.notices import mail_fault, quiet_hours
from rcro_portal.lib.notices.messages import NOT_REACHED, MessageStatus
from reports import halted
from reports.models import Letter, Recipient
from reports.models.letter import LetterStatus

# A page left open beside a dead worker asks no longer than this.
RELEASED_WITHIN = datetime.timedelta(minutes=2)
LEAVES_WITHIN = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class DeliveryProgress:
    """``leaving`` messages may go now; ``later`` ones wait for the mail server, or all of them for the morning, or
    until the portal's own mail works again (``held``).
    """

    total: int
    delivered: int
    leaving: int
    later: int
    not_reached: int
    unknown: int
    acknowledged: int
    by_morning: bool
    held: bool
    looks_again: bool


def recipients(letter: Letter) -> list[Recipient]:
    """All of the letter's, with whom they name and whether they have read it: one query, none before it was sent."""
    if letter.status != LetterStatus.SENT:
        return []
    return list(rows().filter(letter=letter))


def rows() -> QuerySet[Recipient]:
    related = ("center__organization", "addressee", "acknowledged_by__person")
    return Recipient.objects.with_reading().select_related(*related).order_by("pk")


def tally(messages: Sequence[Any], now: datetime.datetime) -> DeliveryProgress:
    """Of the rows that ``recipients`` has read."""
    statuses = Counter(one.status for one in messages)
    queued = [one.send_after for one in messages if one.status == MessageStatus.QUEUED]
    sending = [one.send_after for one in messages if one.status == MessageStatus.SENDING]
    leaving = [*sending, *(at for at in queued if at <= now)]
    return DeliveryProgress(
        total=len(messages),
        delivered=statuses[MessageStatus.SENT],
        leaving=len(leaving),
        later=len(queued) + len(sending) - len(leaving),
        not_reached=sum(statuses[status] for status in NOT_REACHED),
        unknown=statuses[MessageStatus.UNKNOWN],
        acknowledged=sum(one.is_read for one in messages),
        by_morning=quiet_hours.are_on(now),
        held=bool(leaving) and mail_fault.standing() is not None,
        looks_again=bool(leaving) and max(leaving) > now - LEAVES_WITHIN and _moves(now),
    )


def is_being_released(letter: Letter, now: datetime.datetime) -> bool:
    """Signed a moment ago: the step to «Отправлено» comes by itself."""
    if letter.status != LetterStatus.SIGNED or not _moves(now):
        return False
    return letter.signature.signed_at > now - RELEASED_WITHIN


def _moves(now: datetime.datetime) -> bool:
    return not quiet_hours.are_on(now) and not halted.is_halted()
