"""Commitments: what each centre owes by a decision, its answer, and what became of it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from centers.models import Center, User
from events.models import Answer, AnswerFile, Commitment, CommitmentStep, Decision, Outcome
from events.models.commitment import AnswerWay, CommitmentStatus
from events.models.outcome import Asks, DecisionKind
from rcro_portal.refusals import Refusal, WrongStep
from rcro_portal.trail import move


class NothingToSay(Refusal):
    words = "Напишите, что исправить: центр увидит это замечание."


def open_for(*, outcome: Outcome, centers: Iterable[Center], at: datetime.datetime) -> int:
    """Make the commitments of a letter that goes out, one for each centre and decision; returns how many.

    Called inside the transaction that releases the letter; a second call adds nothing.
    """
    rows = [
        # A decision has its term: a constraint says so.
        Commitment(  # type: ignore[misc]
            decision=decision,
            center=center,
            text=decision.text,
            asks=decision.asks,
            due_on=decision.due_on,
            opened_at=at,
        )
        for decision in outcome.decisions.filter(kind=DecisionKind.DECISION).order_by("position")
        for center in _owing(decision, centers)
    ]
    return len(Commitment.objects.bulk_create(rows, ignore_conflicts=True))


def foreseen(*, outcome: Outcome, centers: Iterable[Center]) -> list[tuple[Decision, int]]:
    """What ``open_for`` would make of each decision, and for how many centres: the rehearsal of a letter."""
    centers = list(centers)
    decisions = outcome.decisions.filter(kind=DecisionKind.DECISION).order_by("position")
    return [(decision, len(_owing(decision, centers))) for decision in decisions]


def _owing(decision: Decision, centers: Iterable[Center]) -> list[Center]:
    """The chosen centres, else all; nobody owes what no letter told them."""
    chosen = set(decision.owed_by.all())
    return [center for center in centers if center in chosen or not chosen]


@transaction.atomic
def acknowledge(*, commitment: Commitment, by: User | None, at: datetime.datetime, note: str = "") -> None:
    """«Подтвердить ознакомление»: done where nothing more is asked, else only noted.

    Nobody is ``by`` where it was done without logging in; then ``note`` says how.
    """
    if commitment.asks == Asks.ACKNOWLEDGEMENT:
        _move(commitment, CommitmentStatus.ACCEPTED, by=by, at=at, note=note, acknowledged_at=at)
    else:
        Commitment.objects.filter(pk=commitment.pk, acknowledged_at__isnull=True).update(acknowledged_at=at)


@transaction.atomic
def answer(
    *,
    commitment: Commitment,
    text: str,
    by: User,
    at: datetime.datetime,
    way: str = AnswerWay.PORTAL,
    files: Iterable[tuple[str, str, int]] = (),
) -> Answer:
    """Answer for the centre; ``files`` are (name, digest, size in bytes) of what lies in the store already."""
    acknowledged = commitment.acknowledged_at or at
    _move(commitment, CommitmentStatus.IN_REVIEW, by=by, at=at, acknowledged_at=acknowledged)
    given = Answer.objects.create(commitment=commitment, text=text, way=way, by=by, at=at)
    AnswerFile.objects.bulk_create(
        AnswerFile(answer=given, name=name, digest=digest, size=size) for name, digest, size in files
    )
    return given


@transaction.atomic
def accept(*, commitment: Commitment, by: User, at: datetime.datetime) -> None:
    if commitment.status != CommitmentStatus.IN_REVIEW:
        raise WrongStep
    _move(commitment, CommitmentStatus.ACCEPTED, by=by, at=at)


@transaction.atomic
def give_back(*, commitment: Commitment, note: str, by: User, at: datetime.datetime) -> None:
    if not note.strip():
        raise NothingToSay
    _move(commitment, CommitmentStatus.RETURNED, by=by, at=at, note=note)


def _move(
    commitment: Commitment, after: str, *, by: User | None, at: datetime.datetime, note: str = "", **fields: Any
) -> None:
    move(commitment, after, by=by, at=at, note=note, steps=CommitmentStep, **fields)
