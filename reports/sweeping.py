"""The sweep: whatever a lost task, a dead broker or a killed worker left undone is found here and done."""

import datetime
import logging
import time
from collections.abc import Callable
from itertools import takewhile

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet

from reports import dispatch, drawing, letters
from reports.models import Letter, Recipient
from reports.models.letter import LetterStatus

log = logging.getLogger(__name__)
# A mail server that hangs costs 20 seconds a message; the task must end before its limit of 60.
BEGINS_NOTHING_AFTER_SECONDS = 20


def sweep(*, now: datetime.datetime) -> dict[str, int]:
    """Draw, release and deliver what is due; returns how much of each was done. The next sweep takes what is left."""
    deadline = time.monotonic() + BEGINS_NOTHING_AFTER_SECONDS

    def each(rows: QuerySet, act: Callable[[int], bool]) -> int:
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:200])
        return sum(_unhindered(act, pk) for pk in takewhile(lambda _: time.monotonic() < deadline, keys))

    return {
        "drawn": each(Letter.objects.due_for_drawing(now), lambda pk: drawing.draw(letter_id=pk, at=now, now=now)),
        "released": each(_signed(), lambda pk: letters.send(letter_id=pk, at=now)),
        "doubtful": dispatch.doubt(now=now),
        "delivered": each(Recipient.objects.due(now), lambda pk: dispatch.deliver(recipient_id=pk, at=now, now=now)),
    }


def _signed() -> QuerySet[Letter]:
    return Letter.objects.filter(status=LetterStatus.SIGNED)


def _unhindered(act: Callable[[int], bool], pk: int) -> bool:
    """One row that fails holds up no other; the row itself says what it waits for."""
    try:
        return act(pk)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("the sweep could not do what row %s waits for", pk)
        return False
