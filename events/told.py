"""Whom the portal tells of what happens to an event: one function for each fact, called by its verb.

Each is called in the transaction of the fact, after it was written, so that what it plans is planned or gone together
with the fact. None of them refuses anything, and none sends: mails are rows (``rcro_portal.lib.notices``).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from centers.models import User
from events.models import Attendance, Event

# What people must hear of when it becomes another: the columns of an event that bring somebody elsewhere, or later.
MATERIAL = ("starts_at", "ends_at", "form", "place", "link")


def announced(event: Event, *, by: User, at: datetime.datetime) -> None:
    """Centres see the event from now on and can register. An event is announced once."""


def changed(event: Event, *, before: Mapping[str, Any], by: User, at: datetime.datetime) -> None:
    """An announced event takes place at another time, in another place, in another form or under another link.

    ``before`` holds the columns of ``MATERIAL`` that are others now, as they were; never empty.
    """


def cancelled(event: Event, *, note: str, by: User, at: datetime.datetime) -> None:
    """An event that was announced does not take place; ``note`` is the reason that people read."""


def held(event: Event, *, by: User, at: datetime.datetime) -> None:
    """The first mark was set, or somebody said that it took place: what was planned for before it is too late now."""


def registered(row: Attendance, *, by: User, at: datetime.datetime) -> None:
    """Somebody is to come, or waits for a seat (``row.is_waiting``). ``by`` is the coordinator or the staff."""


def withdrawn(row: Attendance, *, why: str, by: User, at: datetime.datetime) -> None:
    """Somebody who was to come, or waited, does not come; ``why`` may be empty where they only waited."""


def moved_up(row: Attendance, *, by: User | None, at: datetime.datetime) -> None:
    """Somebody who waited has a seat now: another has withdrawn, or there are more seats than before.

    Nobody is ``by`` where a hand-over of the night made two registrations one.
    """
