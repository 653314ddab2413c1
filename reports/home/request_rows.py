"""Rows of requests for information on the home page: what a centre is asked, what waits to be reviewed."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from events.models import DataSheet
from events.models.request_sheet import SheetStatus
from reports.home.reader import Reader

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


def owed(reader: Reader) -> list[dict[str, Any]]:
    """A sheet of each centre that this person coordinates, the earliest term first."""
    rows = DataSheet.objects.silent().coordinated_by(reader.user, reader.day)
    rows = rows.select_related("center__organization", "request")
    return [
        {
            "title": sheet.request.title,
            "url": reverse("events:answer-sheet-detail", args=[sheet.pk]),
            "note": str(sheet.center),
            "status": sheet.status,
            "status_label": sheet.get_status_display(),
            **reader.term(sheet.request.due_on),
        }
        for sheet in rows.order_by("request__due_on", "pk")[:ROWS]
    ]
