"""The list of centres on the page of participants: by municipality, each with its coordinator and who came instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from centers.models import Center, Municipality, Person
from events.attendance import attendance, ticks
from events.models import Attendance, Event
from events.models.attendance import Capacity
from rcro_portal.lib import russian


@dataclass(frozen=True)
class Line:
    """One centre; ``mark`` is nothing where it has no coordinator on that day."""

    center: Center
    mark: ticks.Mark | None
    stand_ins: Sequence[Person] = ()

    @property
    def present(self) -> bool:
        return self.mark is not None and self.mark.present

    @property
    def words(self) -> str:
        """What the search looks through."""
        person = self.mark.person.full_name if self.mark else ""
        return russian.search_key(f"{self.center} {person} {self.center.organization.municipality}")

    @property
    def tick(self) -> str:
        """What pressing it sends."""
        return _tick(self.mark, present=not self.present) if self.mark else ""

    @property
    def stood_in(self) -> str:
        return ", ".join(person.surname_first for person in self.stand_ins)


@dataclass(frozen=True)
class Group:
    """The centres of one municipality."""

    municipality: Municipality
    lines: Sequence[Line]

    @property
    def marked(self) -> int:
        return sum(line.present for line in self.lines)

    @property
    def ticks(self) -> list[str]:
        """What marks all who are not marked yet."""
        return [line.tick for line in self.lines if line.mark and not line.present]


@dataclass(frozen=True)
class Sheet:
    groups: Sequence[Group]
    representatives: Sequence[Attendance] = field(default_factory=list)
    expected_others: Sequence[Attendance] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def count(self) -> int:
        """People: whoever coordinates two centres is one."""
        return len({line.mark.person for line in self.lines if line.mark and line.present})

    @property
    def expected(self) -> int:
        return len({line.mark.person for line in self.lines if line.mark})

    @property
    def ticks(self) -> list[str]:
        return [tick for group in self.groups for tick in group.ticks]

    def state(self) -> dict[str, Any]:
        """What an open page asks for, to show what others have marked."""
        marks = {
            line.center.pk: {"present": line.present, "seen": line.mark.version, "standIn": line.stood_in}
            for line in self.lines
            if line.mark
        }
        return {
            "count": self.count,
            "marks": marks,
            "representatives": [row.pk for row in self.representatives],
        }


def of(event: Event) -> Sheet:
    rows = list(event.attendances.select_related("person", "center__organization", "marked_by__person"))
    known = ticks.marks_of(attendance.coordinators(event), rows)
    here = [row for row in rows if row.is_present and row.capacity == Capacity.REPRESENTATIVE]
    here.sort(key=lambda row: (row.person.sort_key, row.pk))
    others = [row for row in rows if not row.is_present and attendance.is_expected_by_name(row)]
    others.sort(key=lambda row: (row.person.sort_key, row.pk))
    centers = attendance.centers(event).select_related("organization__municipality")
    lines = [Line(one, known.get(one.pk), [row.person for row in here if row.center_id == one.pk]) for one in centers]
    return Sheet(list(_groups(lines)), here, others)


def _groups(lines: Iterable[Line]) -> Iterable[Group]:
    ordered = sorted(lines, key=lambda line: (russian.sort_key(str(_municipality(line))), _municipality(line).pk))
    for municipality, group in groupby(ordered, key=_municipality):
        yield Group(municipality, list(group))


def _municipality(line: Line) -> Municipality:
    return line.center.organization.municipality


def _tick(mark: ticks.Mark, *, present: bool) -> str:
    return f"{mark.center.pk}:{int(present)}:{mark.version}"
