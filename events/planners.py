"""Whom to ask about an event or its letter: those who plan in its department, by name."""

import datetime

from centers.models import Department, StaffPost
from events.permissions import PLANNERS


def named(department: Department, day: datetime.date) -> str:
    """Methodists and the head of the department: « (Иванов И.И., Петров П.П.)», or nothing."""
    posts = (
        StaffPost.objects.in_force_on(day)
        .filter(department=department, duty__in=PLANNERS)
        .select_related("person")
        .order_by("pk")
    )
    names = dict.fromkeys(post.person.surname_first for post in posts)
    return f" ({', '.join(names)})" if names else ""
