"""What happened to technical assignments, for those who are told of it: called by verbs, in their transactions."""

import datetime
from collections.abc import Collection

from centers.models import Center
from events.models import AssignmentPeriod, Commitment, TechnicalAssignment
from events.telling import assignments as telling


def submitted(assignment: TechnicalAssignment, *, at: datetime.datetime) -> None:
    telling.submitted(assignment, at=at)


def settled(assignment: TechnicalAssignment, *, at: datetime.datetime) -> None:
    """Recalled, agreed or given back: whoever was to look at it, need not any more."""
    telling.take_back(assignment, at=at)


def agreed(assignment: TechnicalAssignment, *, done: Collection[Commitment], at: datetime.datetime) -> None:
    telling.agreed(assignment, done=len(done), at=at)


def returned(assignment: TechnicalAssignment, *, at: datetime.datetime) -> None:
    telling.returned(assignment, at=at)


def reminded(centers: Collection[Center], period: AssignmentPeriod, *, at: datetime.datetime) -> int:
    """By hand, of those who have not submitted; how many messages that is. At most once a day to one address."""
    return telling.remind(centers, period, at=at)
