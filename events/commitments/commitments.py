"""Commitments: what each debtor owes by a decision, the answer, and what became of it; ``changes`` opens them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from centers.models import User
from events.commitments import terms, told
from events.models import Answer, AnswerFile, Commitment, CommitmentTransition
from events.models.commitment import AnswerWay, CommitmentStatus
from events.models.outcome import Asks
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move


class NothingToSay(Refusal):
    words = "Напишите, что исправить: замечание прочтёт тот, кто исполняет."


class SaidAnew(Refusal):
    """A letter that replaces the former one worded the commitment anew while the page was open."""

    words = "Пока страница была открыта, новое письмо изменило это поручение. Прочитайте его: теперь нужно другое."


class Withdrawn(WrongStep):
    words = "Это поручение снято более поздним письмом: отвечать на него не нужно."


@transaction.atomic
def acknowledge(*, commitment: Commitment, by: User | None, at: datetime.datetime, note: str = "") -> None:
    """«Подтвердить ознакомление»: done where nothing more is asked, else only noted.

    Nobody is ``by`` where it was done without logging in; then ``note`` says how.
    """
    if commitment.asks == Asks.ACKNOWLEDGEMENT:
        move_as_read(commitment, CommitmentStatus.ACCEPTED, by=by, at=at, note=note, acknowledged_at=at)
        terms.lapse(commitments=[commitment], because=terms.ANSWERED, at=at)
        told.answered(commitment, at=at)
    else:
        standing = Commitment.objects.standing().filter(pk=commitment.pk, opened_at=commitment.opened_at)
        if not standing.filter(acknowledged_at__isnull=True).update(acknowledged_at=at):
            _refuse_changed(commitment)


@transaction.atomic
def answer(
    *,
    commitment: Commitment,
    text: str,
    by: User,
    at: datetime.datetime,
    way: str = AnswerWay.PORTAL,
    said_by: str = "",
    said_on: datetime.date | None = None,
    files: Iterable[tuple[str, str, int]] = (),
) -> Answer:
    """Answer for whoever owes it; ``files`` are (name, digest, size in bytes) of what lies in the store already.

    Of one that came otherwise ``said_by`` and ``said_on`` say from whom and when. Where nothing but the reading is
    asked, nothing is left to review: it is accepted. A request for another term is over with it.
    """
    acknowledged = commitment.acknowledged_at or at
    is_all = commitment.asks == Asks.ACKNOWLEDGEMENT
    after = CommitmentStatus.ACCEPTED if is_all else CommitmentStatus.IN_REVIEW
    move_as_read(commitment, after, by=by, at=at, acknowledged_at=acknowledged)
    given = Answer.objects.create(
        commitment=commitment, text=text, way=way, said_by=said_by, said_on=said_on, by=by, at=at
    )
    AnswerFile.objects.bulk_create(
        AnswerFile(answer=given, name=name, digest=digest, size=size) for name, digest, size in files
    )
    terms.lapse(commitments=[commitment], because=terms.ANSWERED, at=at)
    told.answered(commitment, at=at)
    return given


@transaction.atomic
def accept(*, commitment: Commitment, by: User, at: datetime.datetime) -> None:
    if commitment.status != CommitmentStatus.IN_REVIEW:
        raise WrongStep
    move_as_read(commitment, CommitmentStatus.ACCEPTED, by=by, at=at)
    told.accepted(commitment, at=at)


@transaction.atomic
def give_back(*, commitment: Commitment, note: str, by: User, at: datetime.datetime) -> None:
    if not note.strip():
        raise NothingToSay
    move_as_read(commitment, CommitmentStatus.RETURNED, by=by, at=at, note=note)
    told.returned(commitment, at=at)


def move_as_read(
    commitment: Commitment, after: str, *, by: User | None, at: datetime.datetime, note: str = "", **fields: Any
) -> None:
    """Raises SaidAnew or Withdrawn where a letter has changed meanwhile what was read, else WrongStep."""
    seen = {"opened_at": commitment.opened_at}
    try:
        move(commitment, after, by=by, at=at, note=note, transitions=CommitmentTransition, seen=seen, **fields)
    except WrongStep:
        _refuse_changed(commitment)
        raise


def _refuse_changed(commitment: Commitment) -> None:
    now = Commitment.objects.get(pk=commitment.pk)
    if now.status == CommitmentStatus.WITHDRAWN:
        raise Withdrawn
    if now.opened_at != commitment.opened_at:
        raise SaidAnew
