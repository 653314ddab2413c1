"""What people are on a day, as letters print it: one way to say it, for one person or for many."""

import datetime
from collections.abc import Collection

from centers.models import Coordinator, Employment, StaffPost


def printed(people: Collection[int], day: datetime.date) -> dict[int, str]:
    """By the keys of those who hold a post that day: of the institution's staff, else of a centre's coordinator, else
    where they work. Three queries for any number of people."""
    if not people:
        return {}
    held: dict[int, str] = {}
    for model, order in ((StaffPost, "pk"), (Coordinator, "pk"), (Employment, "since")):
        rows = model.objects.in_force_on(day).filter(person__in=people).order_by(order, "pk")
        for person, title in rows.values_list("person", "title"):
            held.setdefault(person, title)
    return held
