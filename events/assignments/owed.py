"""Commitments that a technical assignment fulfils: in review with its version, done when that is agreed.

A letter that is annulled or replaced changes the commitments alone: the assignment stays as it is.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Q

from centers.models import Center, User
from events.commitments import handed_in
from events.models import AssignmentPeriod, AssignmentVersion, Commitment, TechnicalAssignment
from events.models.commitment import CommitmentQuerySet, CommitmentStatus
from events.models.outcome import Asks


def asked_of(assignment: TechnicalAssignment) -> CommitmentQuerySet:
    """What asks for a new version of this one and is not done yet."""
    organization = assignment.center.organization_id
    rows = Commitment.objects.to_do().filter(organization=organization, asks=Asks.ASSIGNMENT)
    return rows.filter(_within(assignment.period)).order_by("due_on", "position", "pk")


def chosen(assignment: TechnicalAssignment, keys: Collection[int]) -> list[Commitment]:
    return list(asked_of(assignment).filter(pk__in=keys))


def _within(period: AssignmentPeriod) -> Q:
    """Due in the period; the first one has what is due before it, each what is due before the next begins."""
    periods = AssignmentPeriod.objects.all()
    later = periods.filter(since__gt=period.since).order_by("since").first()
    found = Q(due_on__lt=later.since) if later else Q()
    return found & Q(due_on__gte=period.since) if periods.filter(since__lt=period.since).exists() else found


class Target(NamedTuple):
    """Which assignment a commitment asks to amend: ``assignment`` is none where it was not begun."""

    period: AssignmentPeriod
    center: Center
    assignment: TechnicalAssignment | None


def target(commitment: Commitment) -> Target | None:
    """None while no period was opened, and for who is no centre."""
    period, center = AssignmentPeriod.objects.nearest(commitment.due_on), commitment.center
    if period is None or center is None:
        return None
    return Target(period, center, TechnicalAssignment.objects.filter(center=center, period=period).first())


def hand_in(version: AssignmentVersion, rows: Iterable[Commitment], *, by: User, at: datetime.datetime) -> None:
    """Raises what ``handed_in.hand_in`` does."""
    rows = list(rows)
    for row in rows:
        handed_in.hand_in(commitment=row, note=_note(version, "направлено на согласование"), by=by, at=at)
    version.fulfils.set(rows)


def accept(version: AssignmentVersion, *, by: User, at: datetime.datetime) -> list[Commitment]:
    """Those that it was handed in for and that still wait; what a letter withdrew or worded anew since, does not."""
    rows = list(_waiting(version))
    for row in rows:
        handed_in.accept(commitment=row, note=_note(version, "согласовано"), by=by, at=at)
    return rows


def give_back(version: AssignmentVersion, *, note: str, by: User, at: datetime.datetime) -> None:
    for row in _waiting(version):
        handed_in.give_back(commitment=row, note=_note(version, f"возвращено. {note}"), by=by, at=at)


def recall(version: AssignmentVersion, *, by: User, at: datetime.datetime) -> None:
    for row in _waiting(version):
        handed_in.recall(commitment=row, note=_note(version, "отозвано центром"), by=by, at=at)


def _waiting(version: AssignmentVersion) -> CommitmentQuerySet:
    """Given again in other words they are other commitments: the version was not written for those."""
    rows = version.fulfils.filter(status=CommitmentStatus.IN_REVIEW, opened_at__lte=version.at)
    return rows.select_related("organization__center", "outcome__event").order_by("pk")


def _note(version: AssignmentVersion, what: str) -> str:
    return f"Техническое задание, редакция {version.number}: {what}".rstrip(".") + "."
