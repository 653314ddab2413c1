"""Who is expected, by municipality: registered, and waiting in the order in which they move up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from centers.models import Municipality
from events.models import Attendance, Event
from events.models.attendance import Presence
from rcro_portal.lib import russian

NOWHERE = "Без муниципалитета"


@dataclass
class Group:
    """One municipality; who waits, with their place in the queue of the whole event."""

    name: str
    registered: list[Attendance] = field(default_factory=list)
    waiting: list[tuple[int, Attendance]] = field(default_factory=list)


def by_municipality(event: Event, presences: Sequence[str] = (Presence.REGISTERED, Presence.WAITING)) -> list[Group]:
    """In the order of names; who stands for nobody, last. One query for any number of people."""
    rows = event.attendances.filter(presence__in=presences).select_related(
        "person", "center__organization__municipality", "organization__municipality", "municipality"
    )
    found = list(rows.order_by("person__sort_key", "pk"))
    queue = sorted((row for row in found if row.is_waiting), key=lambda row: (row.waiting_since, row.pk))
    turns = {row.pk: number for number, row in enumerate(queue, start=1)}
    groups: dict[str, Group] = defaultdict(lambda: Group(""))
    for row in found:
        where = municipality_of(row)
        group = groups[where.name if where else NOWHERE]
        if row.is_waiting:
            group.waiting.append((turns[row.pk], row))
        else:
            group.registered.append(row)
    for name, group in groups.items():
        group.name = name
        group.waiting.sort(key=lambda one: one[0])
    return sorted(groups.values(), key=lambda group: (group.name == NOWHERE, russian.sort_key(group.name)))


def municipality_of(row: Attendance) -> Municipality | None:
    if row.center:
        return row.center.organization.municipality
    return row.organization.municipality if row.organization else row.municipality
