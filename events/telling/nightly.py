"""Every night all reminders are held against the facts: a day alone changes who is in office and what is a day off."""

import datetime
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from events.models import Commitment, DataSheet, Event
from events.models.event import EventStatus
from events.telling import commitments, events, outcomes, requests

BECAUSE = "С сегодняшнего дня об этом напоминают не так: сменились координатор, срок или календарь."
ROWS = 500
# Longer after an event nobody is thanked, and its outcome is history.
LOOKS_BACK = datetime.timedelta(days=60)


def follow(*, at: datetime.datetime) -> None:
    owed = Commitment.objects.to_do().select_related("organization__center", "outcome__event")
    for rows in _by_parts(owed):
        commitments.follow(rows, because=BECAUSE, at=at)
    for sheets in _by_parts(DataSheet.objects.silent().select_related("center", "request")):
        requests.follow(sheets, because=BECAUSE, at=at)
    living = Event.objects.filter(status__in=[EventStatus.ANNOUNCED, EventStatus.HELD])
    recent = living.filter(Q(starts_at__gte=at - LOOKS_BACK) | Q(ends_at__gte=at - LOOKS_BACK))
    for events_of in _by_parts(recent.select_related("outcome", "planned_by")):
        events.follow(events_of, because=BECAUSE, at=at)
        outcomes.follow(events_of, because=BECAUSE, at=at)


def _by_parts(rows: QuerySet) -> Iterator[QuerySet]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), ROWS):
        yield rows.filter(pk__in=keys[first : first + ROWS])
