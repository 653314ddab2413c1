"""Rows of events on the home page: those that wait for ticks, for an outcome, for being announced."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.models import User
from events.models import Event, Outcome
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from reports.home import letter_rows
from reports.models import Letter
from reports.models.letter import LetterStatus

ROWS = 20
# An outcome is expected soon after its event; what was never written of a year ago is history, not a reminder.
OUTCOME_EXPECTED = datetime.timedelta(days=60)


def to_do(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """Events of the person's own departments that wait for ticks, for an outcome, or for a mended text."""
    departments = user.person.posts.in_force_on(timezone.localdate(now)).values("department")
    begun = Event.objects.filter(department__in=departments, starts_at__lte=now).order_by("-starts_at")
    returned = Outcome.objects.drafts().filter(event__department__in=departments, letters__status=LetterStatus.DRAFT)
    in_letters = Letter.objects.living().values("outcome")
    return [
        *_event_rows(begun.filter(status=EventStatus.ANNOUNCED), "Участники не отмечены"),
        *[_returned_row(outcome) for outcome in returned.select_related("event").distinct()[:ROWS]],
        *letter_rows.written(user, departments),
        *_event_rows(
            begun.filter(status=EventStatus.HELD, outcome__isnull=True, starts_at__gte=now - OUTCOME_EXPECTED),
            "Итоги не внесены",
        ),
        *_event_rows(
            begun.filter(status=EventStatus.HELD, outcome__status=OutcomeStatus.DRAFT).exclude(outcome__in=in_letters),
            "Итоги не направлены",
        ),
        *_event_rows(Event.objects.filter(department__in=departments, status=EventStatus.DRAFT), "Не объявлено"),
    ]


def _event_rows(rows: QuerySet[Event], what: str) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{what}: {event.what} {event.days}",
            "url": reverse("reports:event-page", args=[event.pk]),
            "note": event.topic,
        }
        for event in rows[:ROWS]
    ]


def _returned_row(outcome: Outcome) -> dict[str, Any]:
    letter = outcome.letters.filter(status=LetterStatus.DRAFT).get()
    step = letter.transitions.filter(after=LetterStatus.DRAFT).order_by("-pk").first()
    if step is None:
        return {
            "title": f"Письмо взамен не направлено: {outcome.subject_line}",
            "url": reverse("reports:letter-detail", args=[letter.pk]),
            "note": letter.replacement_reason,
            "status": letter.status,
            "status_label": letter.get_status_display(),
        }
    return {
        "title": f"Возвращено на доработку: {outcome.subject_line}",
        "url": reverse("reports:letter-detail", args=[letter.pk]),
        "note": step.note if step else outcome.event.topic,
        "status": "returned",
        "status_label": "На доработке",
    }
