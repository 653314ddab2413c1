"""Whom a message goes to: who coordinates a centre that day, who plans in a department."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from centers.models import Coordinator, Person, StaffPost, User
from events.permissions import PLANNERS


class Addressee(NamedTuple):
    email: str
    user: User | None


def address(person: Person) -> Addressee | None:
    """That of the account, else of the record; None where the portal knows none."""
    user = getattr(person, "user", None)
    if user and user.is_active:
        return Addressee(user.email, user)
    return Addressee(person.email.lower(), None) if person.email else None


def coordinators(day: datetime.date, *, organizations: Iterable[int] | None = None) -> Mapping[int, list[Addressee]]:
    """In office that day, by the organisation of their centre; of all centres where none are named. One query."""
    posts = Coordinator.objects.in_force_on(day).select_related("person__user", "center").order_by("pk")
    if organizations is not None:
        posts = posts.filter(center__organization__in=set(organizations))
    found: dict[int, list[Addressee]] = defaultdict(list)
    for post in posts:
        if (one := address(post.person)) and one not in found[post.center.organization_id]:
            found[post.center.organization_id].append(one)
    return found


def planners(departments: Iterable[int], day: datetime.date) -> Mapping[int, list[Addressee]]:
    """Methodists and the heads, by the key of their department. One query."""
    posts = StaffPost.objects.in_force_on(day).filter(department__in=set(departments), duty__in=PLANNERS)
    found: dict[int, list[Addressee]] = defaultdict(list)
    for post in posts.select_related("person__user").order_by("pk"):
        if (one := address(post.person)) and one not in found[post.department_id]:
            found[post.department_id].append(one)
    return found


def first_of(planners: Collection[Addressee], person: int) -> Collection[Addressee]:
    """Whoever began it, while they plan in that department; else all who do."""
    return [one for one in planners if one.user and one.user.person_id == person] or planners
