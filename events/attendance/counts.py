"""Participants who are counted and not named: at any event that has begun, also where no coordinator came."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from centers.models import Municipality, User
from events.attendance import attendance
from events.models import Attendance, Event, ParticipantCount
from events.models.participant_count import Category
from rcro_portal.lib.changes import authorship


@transaction.atomic
def count(
    *,
    event: Event,
    category: str,
    post: str,
    municipality: Municipality | None,
    number: int,
    by: User,
    at: datetime.datetime,
) -> None:
    """So many there were of this category, post and municipality; nought takes the line away. Raises NotHeldYet."""
    attendance.refuse_early(event, at)
    line: dict[str, Any] = {"event": event, "category": category, "post": post, "municipality": municipality}
    with authorship.explain("", by=by.pk):
        if number:
            ParticipantCount.objects.update_or_create(**line, defaults={"count": number})
        else:
            ParticipantCount.objects.filter(**line).delete()
    if number:
        attendance.note_held(event, by=by, at=at)


def lines(event: Event) -> QuerySet[ParticipantCount]:
    return event.counts.select_related("municipality").order_by("category", "post", "municipality__name", "pk")


def named(event: Event) -> QuerySet[Attendance]:
    """Who was there of a category, by name."""
    rows = event.attendances.present().exclude(category="").select_related("person", "organization", "municipality")
    return rows.order_by("category", "person__sort_key", "pk")


def by_category(event: Event) -> Counter[str]:
    """Those who are counted and those who are named, by the key of their category."""
    return by_category_of([event.pk])[event.pk]


def by_category_of(events: Iterable[int]) -> dict[int, Counter[str]]:
    """The same of many events, by their keys, with one query."""
    found: dict[int, Counter[str]] = {pk: Counter() for pk in events}
    counted = ParticipantCount.objects.filter(event__in=found).order_by().values_list("event", "category")
    met = Attendance.objects.present().filter(event__in=found).exclude(category="").order_by()
    named_too = met.values_list("event", "category").annotate(number=Count("pk"))
    for pk, category, number in counted.annotate(number=Sum("count")).union(named_too, all=True):
        found[pk][category] += number
    return found


def totals(event: Event) -> list[tuple[str, int]]:
    """By category, in the order of the choices: those who are counted and those who are named."""
    found = by_category(event)
    return [(category.label, found[category]) for category in Category if found[category]]
