"""A digest: what waits for the morning goes to each address in one message a day.

The message is a row of its own, its lines are the rows of what it tells. A line shares the fate of the message that it
was put into; one that came too late goes the next day.
"""

import datetime
import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from rcro_portal.lib.notices import planning, quiet_hours, reasons, sending, tables
from rcro_portal.lib.notices.messages import TAKEN_BACK, MessageStatus

log = logging.getLogger(__name__)
DIGEST = "digest"
WORDS = "Утренняя сводка"
NOTHING_LEFT = "Всё, о чём говорила бы сводка, уже не так."
NOT_SAID = "Строку сводки не составить ({}). Обратитесь к администратору."


def gather(*, now: datetime.datetime) -> int:
    """A message for each address that has lines due; how many were made."""
    if quiet_hours.are_on(now):
        return 0
    waiting = _waiting(now).order_by("email", "pk")
    first = {row.email: row for row in reversed(waiting)}
    return sum(_gather(row, now) for row in first.values())


def _waiting(now: datetime.datetime) -> Any:
    """Lines that are in no digest, or in one that has gone without them."""
    free = Q(within=None) | ~Q(within__status=MessageStatus.QUEUED) & ~Q(within__status=MessageStatus.SENDING)
    return tables.notices().filter(free, in_digest=True).due(now)


@transaction.atomic
def _gather(line: Any, now: datetime.datetime) -> bool:
    """One message a day and address: two who gather at once find the same row."""
    day = timezone.localtime(now).date()
    message, is_new = (
        tables.notices()
        .standing()
        .get_or_create(
            reason=DIGEST,
            about=DIGEST,
            fact=day.isoformat(),
            email=line.email,
            defaults={
                "user": line.user,
                "subject": f"Сводка портала сети РВЦИ за {day:%d.%m.%Y}",
                "planned_at": now,
                "send_after": now,
                "message_id": planning.new_message_id(),
            },
        )
    )
    if message.status == MessageStatus.QUEUED:
        lines = list(_waiting(now).filter(email=line.email).values_list("pk", flat=True))
        tables.notices().filter(pk__in=lines).planned().update(within=message)
    return is_new


def lines(message: Any) -> list[reasons.Line]:
    """What the digest says now; from here on its lines are claimed as it is itself. Raises NoLongerSo without any."""
    rows = message.lines.planned().order_by("pk")
    said = [(row, line) for row in rows if (line := _line(row, message.claimed_at))]
    kept = [line for row, line in said if tables.notices().filter(pk=row.pk).planned().update(**_claim(message))]
    if not kept:
        raise sending.NoLongerSo(NOTHING_LEFT)
    return kept


def _claim(message: Any) -> dict[str, Any]:
    return {"status": MessageStatus.SENDING, "claimed_at": message.claimed_at}


def _line(row: Any, now: datetime.datetime) -> reasons.Line | None:
    """What the digest says of the row; one that cannot be said silences no other."""
    try:
        line = reasons.named(row.reason).line
        assert line, "a reason that goes into a digest has a line"
        return line(row)
    except sending.NoLongerSo as over:
        fate = {"status": TAKEN_BACK, "taken_back_at": now, "error": str(over)}
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("the line of notice %s cannot be put together", row.pk)
        fate = {"status": MessageStatus.FAILED, "error": NOT_SAID.format(error)}
    tables.notices().filter(pk=row.pk).planned().update(**fate)
    return None


def settle_lines() -> None:
    """Lines that were claimed share what became of their message, once that stands."""
    left = tables.notices().filter(in_digest=True, status=MessageStatus.SENDING)
    settled = tables.notices().filter(lines__in=left).exclude(status=MessageStatus.SENDING).distinct()
    for message in settled:
        message.lines.filter(status=MessageStatus.SENDING).update(
            status=message.status,
            sent_at=message.sent_at,
            bounced_at=message.bounced_at,
            taken_back_at=message.taken_back_at,
            error=message.error,
        )
