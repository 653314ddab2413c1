"""What people are on a day, as letters print it: one way to say it, for one person or for many."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from centers.models import Coordinator, Employment, Person, StaffPost


def printed(people: Collection[int], day: datetime.date) -> dict[int, str]:
    """By the keys of those who hold a post that day, as ``printed_of`` says; one query for any number of people."""
    rows = Person.objects.filter(pk__in=people).annotate(post=printed_of(OuterRef("pk"), day)).exclude(post=None)
    return dict(rows.values_list("pk", "post"))


def printed_of(person: OuterRef, day: Any) -> Coalesce:
    """Of the institution's staff, else of a centre's coordinator, else where they work; an annotation."""
    orders = ((StaffPost, "pk"), (Coordinator, "pk"), (Employment, "since"))
    held = (model.objects.in_force_on(day).filter(person=person).order_by(order, "pk") for model, order in orders)
    return Coalesce(*(Subquery(rows.values("title")[:1]) for rows in held))
