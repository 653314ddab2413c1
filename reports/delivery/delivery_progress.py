"""How far a letter's messages have come, and whether the page need look again by itself."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from rcro_portal.lib.notices import mail_fault, quiet_hours
from rcro_portal.lib.notices.messages import NOT_REACHED, MessageStatus
from reports import halted
from reports.models import Letter
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


def tally(letter: Letter, now: datetime.datetime) -> DeliveryProgress:
    queued = Q(status=MessageStatus.QUEUED)
    due = queued & Q(send_after__lte=now)
    counted = letter.recipients.aggregate(
        total=Count("pk"),
        delivered=Count("pk", filter=Q(status=MessageStatus.SENT)),
        leaving=Count("pk", filter=due | Q(status=MessageStatus.SENDING)),
        later=Count("pk", filter=queued & Q(send_after__gt=now)),
        not_reached=Count("pk", filter=Q(status__in=NOT_REACHED)),
        unknown=Count("pk", filter=Q(status=MessageStatus.UNKNOWN)),
        since=Max("send_after", filter=due | Q(status=MessageStatus.SENDING)),
    )
    since = counted.pop("since")
    return DeliveryProgress(
        **counted,
        acknowledged=letter.recipients.acknowledged().count(),
        by_morning=quiet_hours.are_on(now),
        held=bool(counted["leaving"]) and mail_fault.standing() is not None,
        looks_again=since is not None and since > now - LEAVES_WITHIN and _moves(now),
    )


def is_being_released(letter: Letter, now: datetime.datetime) -> bool:
    """Signed a moment ago: the step to «Отправлено» comes by itself."""
    if letter.status != LetterStatus.SIGNED or not _moves(now):
        return False
    return letter.signature.signed_at > now - RELEASED_WITHIN


def _moves(now: datetime.datetime) -> bool:
    return not quiet_hours.are_on(now) and not halted.is_halted()
