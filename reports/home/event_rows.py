"""Rows of events on the home page: those that wait for ticks, for an outcome, for being announced."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear, User
from events.models import Event
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from events.telling import outcomes
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.working_days import Calendar
from reports.home import letter_rows
from reports.models import Letter

ROWS = 20
# An outcome is expected soon after its event; what was never written of a year ago is history, not a reminder.
OUTCOME_EXPECTED = datetime.timedelta(days=60)


def to_do(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """Events of the person's own departments that wait for ticks, for an outcome, or for a mended text."""
    departments = user.departments_on(timezone.localdate(now))
    own = Event.objects.filter(department__in=departments)
    # The one that waits longest comes first.
    begun = own.filter(starts_at__lte=now).order_by("starts_at", "pk")
    held = begun.filter(status=EventStatus.HELD)
    unfiled = held.filter(outcome__status=OutcomeStatus.DRAFT).exclude(
        outcome__in=Letter.objects.living().values("outcome")
    )
    day, calendar = timezone.localdate(now), CalendarYear.objects.calendar()
    unwritten = held.filter(outcome__isnull=True, starts_at__gte=now - OUTCOME_EXPECTED)
    return [
        *letter_rows.drafts(user, departments),
        *_rows(begun.filter(status=EventStatus.ANNOUNCED), "Участники не отмечены"),
        *_with_term(unwritten, "Итоги не внесены", calendar, day),
        *_with_term(unfiled, "Итоги не направлены", calendar, day),
        *_rows(own.filter(status=EventStatus.DRAFT).order_by("starts_at", "pk"), "Не объявлено"),
    ]


def _with_term(rows: QuerySet[Event], what: str, calendar: Calendar, day: datetime.date) -> list[dict[str, Any]]:
    """The outcome is due so many working days after the event."""
    found = list(rows[:ROWS])
    dues = [outcomes.due_on(event, calendar) for event in found]
    return [
        {**_row(event, what), "due": calendar.due_words(due, day), "tone": "overdue" if due < day else "soon"}
        for event, due in zip(found, dues, strict=True)
    ]


def _rows(rows: QuerySet[Event], what: str) -> list[dict[str, Any]]:
    return [_row(event, what) for event in rows[:ROWS]]


def _row(event: Event, what: str) -> dict[str, Any]:
    return {
        "title": f"{what}: {event.what} {quoted(event.topic)}",
        "url": reverse("reports:event-page", args=[event.pk]),
        "note": event.days,
    }
