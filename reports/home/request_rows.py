"""Rows of requests for information on the home page: what a centre is asked, what waits to be reviewed."""

import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from centers.models import CalendarYear, User
from events.models import DataSheet
from events.models.request_sheet import SheetStatus

ROWS = 20


def to_review() -> list[dict[str, Any]]:
    """By request: forty answers are one piece of work."""
    rows = DataSheet.objects.in_review().values("request", "request__title").annotate(count=Count("pk"))
    return [
        {
            "title": row["request__title"],
            "url": f"{reverse('events:answer-sheet-list')}?request={row['request']}&status={SheetStatus.IN_REVIEW}",
            "note": "запрос сведений",
            "count": row["count"],
            "status": SheetStatus.IN_REVIEW,
            "status_label": SheetStatus.IN_REVIEW.label,
        }
        for row in rows.order_by("request__due_on", "request")[:ROWS]
    ]


def owed(user: User, day: datetime.date) -> list[dict[str, Any]]:
    """A sheet of each centre that this person coordinates, the earliest term first."""
    calendar = CalendarYear.objects.calendar()
    rows = DataSheet.objects.silent().coordinated_by(user, day).select_related("center__organization", "request")
    return [
        {
            "title": sheet.request.title,
            "url": reverse("events:answer-sheet-detail", args=[sheet.pk]),
            "note": str(sheet.center),
            "status": sheet.status,
            "status_label": sheet.get_status_display(),
            "due": calendar.due_words(sheet.request.due_on, day),
            "tone": "overdue" if sheet.request.due_on < day else "soon",
        }
        for sheet in rows.order_by("request__due_on", "pk")[:ROWS]
    ]
