"""Rows of commitments on the home page: what is owed, what waits to be reviewed, what became of answers."""

import datetime
from typing import Any

from django.urls import reverse

from centers.models import CalendarYear, User
from events.models import Commitment
from rcro_portal.lib import russian

ROWS = 20


def to_review() -> list[dict[str, Any]]:
    rows = Commitment.objects.in_review().select_related("organization").order_by("due_on", "pk")[:ROWS]
    return [
        {
            "title": str(commitment.organization),
            "url": reverse("events:commitment-detail", args=[commitment.pk]),
            "note": commitment.text,
            "status": commitment.status,
            "status_label": commitment.get_status_display(),
        }
        for commitment in rows
    ]


def owed(user: User, day: datetime.date) -> list[dict[str, Any]]:
    rows = Commitment.objects.to_do().coordinated_by(user, day)
    calendar = CalendarYear.objects.calendar()
    return [
        {
            "title": russian.upper_first(commitment.text),
            "url": reverse("events:commitment-detail", args=[commitment.pk]),
            "note": str(commitment.organization),
            "due": calendar.due_words(commitment.due_on, day),
            "tone": "overdue" if commitment.due_on < day else "soon",
            "status": commitment.status,
            "status_label": commitment.get_status_display(),
        }
        for commitment in rows.select_related("organization").order_by("due_on", "pk")[:ROWS]
    ]
