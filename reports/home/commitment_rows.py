"""Rows of commitments on the home page: what is owed, what waits to be reviewed, what became of answers."""

import datetime
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery
from django.urls import reverse

from centers.models import User
from events.models import Commitment, CommitmentTransition, TermRequest
from events.models.commitment import CommitmentStatus
from events.models.term import TermRequestStatus
from events.permissions import PLANNERS
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from reports.home.reader import Reader

ROWS = 20
# What became of an answer is news for a month; all of them stand in the list of commitments.
NEWS = datetime.timedelta(days=30)


def to_review() -> list[dict[str, Any]]:
    """By decision: forty answers to one request are one piece of work. The one whose term comes first leads."""
    asked = ["decision_key", "text", "outcome__event__topic", "subject_line"]
    rows = Commitment.objects.in_review().values(*asked).annotate(count=Count("pk"), due=Min("due_on"), first=Min("pk"))
    return [
        {
            "title": russian.upper_first(row["text"]),
            "url": f"{reverse('events:review')}?decision={row['decision_key']}",
            "note": quoted(row["outcome__event__topic"] or row["subject_line"]),
            "count": row["count"],
            "status": CommitmentStatus.IN_REVIEW,
            "status_label": CommitmentStatus.IN_REVIEW.label,
        }
        for row in rows.order_by("due", "first")[:ROWS]
    ]


def wishes(user: User, day: datetime.date) -> list[dict[str, Any]]:
    """Requests for another term that wait for whoever set it: the department whose letter it is."""
    departments = user.departments_on(day, *PLANNERS)
    rows = TermRequest.objects.filter(status=TermRequestStatus.ASKED, commitment__department__in=departments)
    return [
        {
            "title": f"{request.commitment.organization} – до {russian.short_date(request.wanted_on)}",
            "url": reverse("events:commitment-detail", args=[request.commitment_id]),
            "note": request.reason,
            "due": f"Срок – {russian.long_date(request.commitment.due_on)}",
            "tone": "overdue" if request.commitment.due_on < day else "soon",
        }
        for request in rows.select_related("commitment__organization").order_by("commitment__due_on", "pk")[:ROWS]
    ]


def owed(reader: Reader) -> list[dict[str, Any]]:
    """What is late stands first, as the terms go; what was given back says why."""
    mine = Commitment.objects.to_do().coordinated_by(reader.user, reader.day)
    rows = _with_remark(mine, CommitmentStatus.RETURNED)
    return [
        {
            **_row(commitment),
            "note": _returned(commitment) or str(commitment.organization),
            **reader.term(commitment.due_on),
        }
        for commitment in rows.order_by("due_on", "pk")[:ROWS]
    ]


def _returned(commitment: Any) -> str:
    is_returned = commitment.status == CommitmentStatus.RETURNED
    return f"Возвращено: {commitment.remark}" if is_returned and commitment.remark else ""


def answered(user: User, now: datetime.datetime, day: datetime.date) -> list[dict[str, Any]]:
    """What became of the answers: those that are looked at, and those that were accepted of late."""
    mine = Commitment.objects.coordinated_by(user, day)
    waiting = mine.in_review().annotate(moved_at=Max("transitions__at"))
    accepted = mine.filter(status=CommitmentStatus.ACCEPTED).annotate(moved_at=Max("transitions__at"))
    rows = [*accepted.filter(moved_at__gte=now - NEWS).select_related("organization")[:ROWS]]
    rows += waiting.select_related("organization")[:ROWS]
    return [_row(commitment) for commitment in sorted(rows, key=lambda row: row.moved_at, reverse=True)[:ROWS]]


def _with_remark(rows: QuerySet[Commitment], status: CommitmentStatus) -> QuerySet[Commitment]:
    """``remark``: what was said when it last came to that state."""
    steps = CommitmentTransition.objects.filter(commitment=OuterRef("pk"), after=status).order_by("-pk")
    return rows.select_related("organization").annotate(remark=Subquery(steps.values("note")[:1]))


def _row(commitment: Commitment) -> dict[str, Any]:
    return {
        "title": russian.upper_first(commitment.text),
        "url": reverse("events:commitment-detail", args=[commitment.pk]),
        "note": str(commitment.organization),
        "status": commitment.status,
        "status_label": commitment.get_status_display(),
    }
