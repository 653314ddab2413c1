"""Commitments that something else than an answer fulfils: its own road leads them on, and its own messages tell it.

Each call is made in the transaction of what has happened there. Raises as ``commitments`` does.
"""

import datetime

from django.db import transaction

from centers.models import User
from events.commitments import commitments, terms, told
from events.models import Commitment
from events.models.commitment import CommitmentStatus


@transaction.atomic
def hand_in(*, commitment: Commitment, note: str, by: User, at: datetime.datetime) -> None:
    acknowledged = commitment.acknowledged_at or at
    _go(commitment, CommitmentStatus.IN_REVIEW, note=note, by=by, at=at, acknowledged_at=acknowledged)
    terms.lapse(commitments=[commitment], because=terms.ANSWERED, at=at)


def accept(*, commitment: Commitment, note: str, by: User, at: datetime.datetime) -> None:
    _go(commitment, CommitmentStatus.ACCEPTED, note=note, by=by, at=at)


def give_back(*, commitment: Commitment, note: str, by: User, at: datetime.datetime) -> None:
    _go(commitment, CommitmentStatus.RETURNED, note=note, by=by, at=at)


def recall(*, commitment: Commitment, note: str, by: User, at: datetime.datetime) -> None:
    """The one who handed it in took it back before anybody judged it."""
    _go(commitment, CommitmentStatus.OPEN, note=note, by=by, at=at)


@transaction.atomic
def _go(commitment: Commitment, after: str, *, note: str, by: User, at: datetime.datetime, **fields: object) -> None:
    commitments.move_as_read(commitment, after, by=by, at=at, note=note, **fields)
    told.moved_by_others(commitment, at=at)
