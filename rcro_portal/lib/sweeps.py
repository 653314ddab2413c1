"""What a sweep does: row after row, so that one that fails holds up no other, until its time is over."""

import logging
import time
from collections.abc import Callable
from itertools import takewhile

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet

log = logging.getLogger(__name__)
# A drawing takes seconds; the task must end before its limit of 60.
BEGINS_NOTHING_AFTER_SECONDS = 20
ROWS = 200


def deadline() -> float:
    """On the clock that only goes on: when a sweep that begins now begins nothing more."""
    return time.monotonic() + BEGINS_NOTHING_AFTER_SECONDS


def each(rows: QuerySet, act: Callable[[int], bool], until: float | None = None) -> int:
    """How many of the rows the act was true of, the oldest first. The next sweep takes what is left."""
    ends = deadline() if until is None else until
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS])
    return sum(_unhindered(act, pk) for pk in takewhile(lambda _: time.monotonic() < ends, keys))


def _unhindered(act: Callable[[int], bool], pk: int) -> bool:
    """One row that fails holds up no other; the row itself says what it waits for."""
    try:
        return act(pk)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("the sweep could not do what row %s waits for", pk)
        return False
