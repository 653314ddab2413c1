"""Rows of technical assignments on the home page: what a coordinator is to write, what a methodist is to look at."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from centers.models import Center
from events.assignments import standing
from events.models import AssignmentPeriod, AssignmentTransition, TechnicalAssignment
from events.models.assignment import AssignmentStatus
from reports.home.reader import Reader

ROWS = 20


def to_write(reader: Reader) -> list[dict[str, Any]]:
    """Of the centres that this person coordinates: not submitted, given back with what was said, or amended."""
    user, day = reader.user, reader.day
    period = AssignmentPeriod.objects.nearest(day)
    if period is None:
        return []
    own = Center.objects.coordinated_by(user.person, day)
    rows = standing.of_period(period, user, day).filter(pk__in=own, urgency=0, has_status=True)
    steps = AssignmentTransition.objects.filter(assignment=OuterRef("assignment")).order_by("-at", "-pk")
    found = rows.annotate(remark=Subquery(steps.values("note")[:1])).order_by("organization__sort_key")[:ROWS]
    return [_row(center, period, reader) for center in found]


def _row(center: Any, period: AssignmentPeriod, reader: Reader) -> dict[str, Any]:
    state, is_amended = dict(standing.STATES)[center.state], center.state == AssignmentStatus.AMENDED
    returned = center.remark if center.state == AssignmentStatus.RETURNED else ""
    return {
        "title": f"Техническое задание, {period}",
        "url": _url(center, period),
        "note": f"Возвращено: {returned}" if returned else f"{center.organization}: {state.lower()}",
        **({} if is_amended else reader.term(period.due_on)),
    }


def _url(center: Any, period: AssignmentPeriod) -> str:
    if center.assignment:
        return reverse("events:assignment-detail", args=[center.assignment])
    return reverse("events:assignment-new", args=[period.pk, center.pk])


def to_agree() -> list[dict[str, Any]]:
    """What waits for the methodist, the longest first."""
    rows = TechnicalAssignment.objects.submitted().select_related("center__organization", "period")
    return [
        {
            "title": str(row.center.organization),
            "url": reverse("events:assignment-review", args=[row.pk]),
            "note": f"Техническое задание, {row.period}",
            "status": row.status,
            "status_label": row.get_status_display(),
        }
        for row in rows.order_by("moved_at", "pk")[:ROWS]
    ]
