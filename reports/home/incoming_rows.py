"""Rows of incoming letters on the home page: what waits for a resolution, and what for an answer."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from reports.home.reader import Reader
from reports.incoming import resolutions
from reports.models import IncomingLetter

ROWS = 20


def to_resolve() -> list[dict[str, Any]]:
    rows = IncomingLetter.objects.awaiting_resolution().order_by("received_on", "pk")[:ROWS]
    return [{**_row(row), "note": row.sender_name} for row in rows]


def to_answer(reader: Reader) -> list[dict[str, Any]]:
    """Of this person, and as a head of their department: what is due first."""
    rows: QuerySet[IncomingLetter] = resolutions.answerable(reader.user, reader.day)
    found = []
    for row in rows.select_related("executor").order_by("due_on", "pk")[:ROWS]:
        assert row.executor, "a constraint says so of what is in work"
        assert row.due_on, "a constraint says so of what is in work"
        whose = "" if row.executor_id == reader.user.person_id else f"{row.executor.surname_first}, "
        note = f"{whose}{row.sender_name}. {row.resolution}"
        found.append({**_row(row), "note": note, **reader.term(row.due_on)})
    return found


def _row(row: IncomingLetter) -> dict[str, Any]:
    return {
        "title": row.subject,
        "url": reverse("reports:incoming-detail", args=[row.pk]),
        "status": row.status,
        "status_label": row.get_status_display(),
    }
