"""Rows of events on the home page: those that wait for ticks, for an outcome, for being announced."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.models import User
from events.models import Event
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from rcro_portal.lib.quotes import quoted
from reports.home import letter_rows
from reports.models import Letter

ROWS = 20
# An outcome is expected soon after its event; what was never written of a year ago is history, not a reminder.
OUTCOME_EXPECTED = datetime.timedelta(days=60)


def to_do(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """Events of the person's own departments that wait for ticks, for an outcome, or for a mended text."""
    departments = user.person.posts.in_force_on(timezone.localdate(now)).values("department")
    own = Event.objects.filter(department__in=departments)
    # The one that waits longest comes first.
    begun = own.filter(starts_at__lte=now).order_by("starts_at", "pk")
    held = begun.filter(status=EventStatus.HELD)
    unfiled = held.filter(outcome__status=OutcomeStatus.DRAFT).exclude(
        outcome__in=Letter.objects.living().values("outcome")
    )
    return [
        *letter_rows.drafts(user, departments),
        *_rows(begun.filter(status=EventStatus.ANNOUNCED), "Участники не отмечены"),
        *_rows(held.filter(outcome__isnull=True, starts_at__gte=now - OUTCOME_EXPECTED), "Итоги не внесены"),
        *_rows(unfiled, "Итоги не направлены"),
        *_rows(own.filter(status=EventStatus.DRAFT).order_by("starts_at", "pk"), "Не объявлено"),
    ]


def _rows(rows: QuerySet[Event], what: str) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{what}: {event.what} {quoted(event.topic)}",
            "url": reverse("reports:event-page", args=[event.pk]),
            "note": event.days,
        }
        for event in rows[:ROWS]
    ]
