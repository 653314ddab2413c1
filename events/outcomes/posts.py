"""Posts as letters print them on a day: of the institution's staff, else of a centre's coordinator, else of a place.

A post that does not say where («заместитель директора») is said with the organisation, of a coordinator with the duty:
«заместитель директора Лицея № 1 г. Томска, координатор РВЦИ».
"""

import datetime
from collections.abc import Iterable, Mapping

from centers.models import Coordinator, Employment, Organization, Person, StaffPost
from rcro_portal.lib.russian import search_key

DUTY, TELLING = "координатор РВЦИ", 5


def printed(people: Iterable[Person], day: datetime.date) -> Mapping[int, str]:
    """By the key of each person the post, where the portal knows one; asked once for all of them."""
    keys = [person.pk for person in people]
    return {**_of_places(keys, day), **_of_coordinators(keys, day), **_of_staff(keys, day)} if keys else {}


def of(person: Person, day: datetime.date) -> str:
    return printed([person], day).get(person.pk, "")


def _of_staff(keys: list[int], day: datetime.date) -> dict[int, str]:
    posts = StaffPost.objects.in_force_on(day).filter(person__in=keys).order_by("-since", "-pk")
    return dict(posts.values_list("person", "title"))


def _of_coordinators(keys: list[int], day: datetime.date) -> dict[int, str]:
    rows = Coordinator.objects.in_force_on(day).filter(person__in=keys).exclude(title="")
    rows = rows.select_related("center__organization").order_by("-since", "-pk")
    return {row.person_id: _placed(row.title, row.center.organization, DUTY) for row in rows}


def _of_places(keys: list[int], day: datetime.date) -> dict[int, str]:
    rows = Employment.objects.in_force_on(day).filter(person__in=keys)
    rows = rows.select_related("organization").order_by("-since", "-pk")
    return {row.person_id: _placed(row.title, row.organization) for row in rows}


def _placed(title: str, organization: Organization, duty: str = "") -> str:
    if _names(title, organization):
        return title
    return ", ".join(filter(None, [f"{title} {organization.short_name_genitive}".strip(), duty]))


def _names(title: str, organization: Organization) -> bool:
    """By a word of its name, whatever its case: «Гуманитарного лицея» is the «Гуманитарный лицей»."""
    words = search_key(title).split()
    telling = [word[:TELLING] for word in search_key(organization.short_name).split() if len(word) >= TELLING]
    return any(word.startswith(start) for start in telling for word in words)
