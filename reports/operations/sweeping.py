"""The sweep: whatever a lost task, a dead broker or a killed worker left undone is found here and done."""

import datetime
import logging
import time
from collections.abc import Callable
from itertools import takewhile

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet

from rcro_portal.lib.notices import mail_fault
from reports.delivery import dispatch
from reports.letters import drawing, letters
from reports.models import Letter, Recipient

log = logging.getLogger(__name__)
# A drawing takes seconds; the task must end before its limit of 60.
BEGINS_NOTHING_AFTER_SECONDS = 20


def sweep(*, now: datetime.datetime) -> dict[str, int]:
    """Everything that is due; returns how much of each was done. The next sweep takes what is left."""
    return {**sweep_letters(now=now), **sweep_messages(now=now)}


def sweep_letters(*, now: datetime.datetime) -> dict[str, int]:
    """Draw and release what is due, and note which messages broke off: nothing here waits for a mail server."""
    deadline = time.monotonic() + BEGINS_NOTHING_AFTER_SECONDS
    due = Letter.objects.due_for_drawing(now)
    return {
        "drawn": _each(due, lambda pk: drawing.draw(letter_id=pk, at=now, now=now), deadline),
        "released": _each(Letter.objects.due_for_release(), lambda pk: letters.release(letter_id=pk, at=now), deadline),
        "doubtful": dispatch.mark_unknown(now=now),
    }


def sweep_messages(*, now: datetime.datetime) -> dict[str, int]:
    """Deliver what is due, in a queue of its own: one message to a server that hangs takes minutes."""
    deadline = time.monotonic() + BEGINS_NOTHING_AFTER_SECONDS
    due = Recipient.objects.due(now)
    delivered = _each(due, lambda pk: dispatch.deliver(recipient_id=pk, at=now, now=now), deadline)
    mail_fault.look(now=now)
    return {"delivered": delivered}


def _each(rows: QuerySet, act: Callable[[int], bool], deadline: float) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:200])
    return sum(_unhindered(act, pk) for pk in takewhile(lambda _: time.monotonic() < deadline, keys))


def _unhindered(act: Callable[[int], bool], pk: int) -> bool:
    """One row that fails holds up no other; the row itself says what it waits for."""
    try:
        return act(pk)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("the sweep could not do what row %s waits for", pk)
        return False
