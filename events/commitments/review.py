"""Answers walked through one after another: which comes next, and where in the row one stands."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from events.models import Commitment


class Place(NamedTuple):
    """Of one answer in the walk: «3 из 12»; ``following`` is the next that waits, if any does."""

    number: int
    total: int
    following: int | None


def queue(decision: UUID | None = None) -> QuerySet[Commitment]:
    """What waits for its review, the earliest term first, of all or of one decision."""
    rows = Commitment.objects.in_review().order_by("due_on", "position", "organization__sort_key", "pk")
    return rows.filter(decision_key=decision) if decision else rows


def place(commitment: Commitment, *, decision: UUID | None, done: int) -> Place | None:
    """``done``: how many were judged on the way. None where this one waits no longer."""
    keys = list(queue(decision).values_list("pk", flat=True))
    if commitment.pk not in keys:
        return None
    at = keys.index(commitment.pk)
    # Whoever skipped one comes round to it at the end.
    following = (keys[at + 1 :] + keys[:at])[:1]
    return Place(done + at + 1, done + len(keys), following[0] if following else None)


def after(commitment: Commitment, *, decision: UUID | None) -> int | None:
    """The next that waits once this one is judged: the first that comes after it in the row, else the first of all."""
    rows = queue(decision).exclude(pk=commitment.pk)
    later = rows.filter(_comes_after(commitment)).values_list("pk", flat=True).first()
    return later or rows.values_list("pk", flat=True).first()


def _comes_after(commitment: Commitment) -> Q:
    """In the order of the row, whatever its own state is by now."""
    placed: dict[str, Any] = {
        "due_on": commitment.due_on,
        "position": commitment.position,
        "organization__sort_key": commitment.organization.sort_key,
        "pk": commitment.pk,
    }
    found = Q()
    alike: dict[str, Any] = {}
    for name, value in placed.items():
        found |= Q(**alike, **{f"{name}__gt": value})
        alike[name] = value
    return found
