"""The portal's clock as tests set it: it stands at a given moment, whatever the machine's hour, day and year are.

Views, forms and models' defaults read ``django.utils.timezone.now``; that one door is what is stopped here. Verbs are
given their moments. ``machine`` is the machine's own clock, for what another process or program writes into files.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import timezone

from tests.factories.moments import tomsk

machine = timezone.now
# A working Friday at noon, when everything may leave, years of the story behind it.
NOON = tomsk(11, 27, 12)
# Late in the evening of a plain day, the last minutes of a year, and a day that only leap years have; all of them in
# the term of the keys that are issued at noon.
HARD = {
    "23:30": tomsk(11, 30, 23, 30),
    "31 December": tomsk(12, 31, 23, 30),
    "29 February": tomsk(2, 29, 12, year=2028),
}

_stands_at: list[datetime.datetime | None] = [NOON]


def now() -> datetime.datetime:
    """What ``timezone.now()`` says: the given moment, or the machine's where the test lives by that."""
    return _stands_at[-1] or machine()


def today() -> datetime.date:
    """The day in Tomsk."""
    return timezone.localdate(now())


@contextmanager
def standing(at: datetime.datetime | None) -> Iterator[None]:
    """Within it the clock stands; without a moment it goes with the machine's."""
    _stands_at.append(at)
    try:
        yield
    finally:
        _stands_at.pop()


@contextmanager
def taken_over(at: datetime.datetime) -> Iterator[None]:
    """Within it Django's clock is this one, at the moment if nothing else is said."""
    with pytest.MonkeyPatch.context() as patched, standing(at):
        patched.setattr(timezone, "now", now)
        yield
