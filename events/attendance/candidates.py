"""Whom a centre may send: its coordinator of the day of the event, and those who work in its organisation then."""

from typing import NamedTuple

from centers.models import Center, Coordinator, Employment, Person
from events.models import Event
from events.models.attendance import Capacity


class Candidate(NamedTuple):
    person: Person
    post: str
    capacity: str

    @property
    def label(self) -> str:
        """«Зимина Ирина Петровна – координатор»."""
        post = "координатор РВЦИ" if self.capacity == Capacity.COORDINATOR else self.post
        return f"{self.person} – {post}" if post else str(self.person)


def of(event: Event, center: Center) -> dict[str, Candidate]:
    """By the key of each person; the coordinator first. Two queries."""
    day = event.first_day
    held = Coordinator.objects.in_force_on(day).filter(center=center).select_related("person").order_by("pk")
    works = Employment.objects.in_force_on(day).filter(organization=center.organization_id).select_related("person")
    found = {str(row.person_id): Candidate(row.person, row.title, Capacity.COORDINATOR) for row in held}
    for row in works.order_by("person__sort_key", "pk"):
        found.setdefault(str(row.person_id), Candidate(row.person, row.title, Capacity.PARTICIPANT))
    return found
