"""Posts as letters print them on a day: of the institution's staff, else of a centre's coordinator, else of a place."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from centers.models import Coordinator, Employment, Person, StaffPost

# The first that has a post speaks.
KINDS: tuple[Any, ...] = (StaffPost, Coordinator, Employment)


def printed(people: Iterable[Person], day: datetime.date) -> Mapping[int, str]:
    """By the key of each person the post, where the portal knows one; asked once for all of them."""
    keys = [person.pk for person in people]
    found: dict[int, str] = {}
    for kind in KINDS if keys else ():
        rows = kind.objects.in_force_on(day).filter(person__in=[key for key in keys if key not in found])
        for key, title in rows.order_by("-since", "-pk").values_list("person", "title"):
            found[key] = title
    return {key: title for key, title in found.items() if title}


def of(person: Person, day: datetime.date) -> str:
    return printed([person], day).get(person.pk, "")
