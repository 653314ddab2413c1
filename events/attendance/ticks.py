"""Ticks of coordinators, one or all at once: sent again after a lost connection, and over nobody else's mark."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from centers.models import Center, Person, User
from events.attendance import attendance
from events.models import Attendance, Event
from events.models.attendance import Capacity


@dataclass(frozen=True)
class Tick:
    """What somebody wants of one centre's coordinator. ``seen``: the version of the mark that stood on their page."""

    center: int
    present: bool
    seen: str


class Mark(NamedTuple):
    """How one centre's coordinator stands; ``version`` is another one after each change."""

    center: Center
    person: Person
    row: Attendance | None

    @property
    def present(self) -> bool:
        return self.row is not None and self.row.is_present and self.row.capacity == Capacity.COORDINATOR

    @property
    def registered(self) -> bool:
        return self.row is not None and self.row.registered_at is not None

    @property
    def version(self) -> str:
        row = self.row
        return f"{row.presence}-{row.capacity}-{row.marked_at.timestamp():.6f}" if row else ""


@dataclass(frozen=True)
class Settled:
    """Marks as they were: ``done`` was changed here, ``disputed`` by others since the page was read."""

    done: Sequence[Mark]
    disputed: Sequence[Mark]
    gone: int


def marks(event: Event) -> dict[int, Mark]:
    """By the key of each centre that has a coordinator on the day of the event."""
    return marks_of(attendance.coordinators(event), event.attendances.select_related("marked_by__person"))


def marks_of(coordinators: Mapping[Center, Person], rows: Iterable[Attendance]) -> dict[int, Mark]:
    by_person = {row.person_id: row for row in rows}
    return {center.pk: Mark(center, person, by_person.get(person.pk)) for center, person in coordinators.items()}


@transaction.atomic
def settle(*, event: Event, ticks: Iterable[Tick], by: User, at: datetime.datetime) -> Settled:
    """Mark and unmark as the ticks say, of several for one centre as the last says; what stands so already stays.

    A mark that somebody else has changed since the page was read stays theirs. Raises NotHeldYet, NoReason.
    """
    attendance.refuse_early(event, at)
    wanted = {tick.center: tick for tick in ticks}
    # In one order for everybody: two lists that are sent at once never wait for each other.
    list(event.attendances.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    known = marks(event)
    done, disputed = [], []
    for key in sorted(wanted.keys() & known.keys()):
        tick, mark = wanted[key], known[key]
        if tick.present == mark.present:
            continue
        if tick.seen != mark.version:
            disputed.append(mark)
            continue
        _settle(event, mark, tick, by=by, at=at)
        done.append(mark)
    return Settled(done, disputed, len(wanted.keys() - known.keys()))


def _settle(event: Event, mark: Mark, tick: Tick, *, by: User, at: datetime.datetime) -> None:
    if tick.present:
        attendance.mark(event=event, center=mark.center, person=mark.person, by=by, at=at)
    else:
        attendance.unmark(event=event, person=mark.person, by=by, at=at)
