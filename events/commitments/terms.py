"""Another term: asked for by whoever owes, granted or declined by the setter, moved for one or for everybody.

The commitment is held before its requests everywhere, so an answer that comes meanwhile and a move wait for each other.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from centers.models import User
from events.commitments import told
from events.models import Commitment, CommitmentTransition, TermMove, TermRequest, TermRequestTransition
from events.models.term import TermRequestStatus
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move as step

DECIDE_FIRST = "Исполнитель просит о другом сроке: решите об этом на странице поручения."
ANSWERED, BY_LETTER = "Ответ направлен раньше решения.", "Поручение изменено письмом."


class NoReason(Refusal):
    words = "Напишите причину: её прочтёт другая сторона."


class NotLater(Refusal):
    words = "Новый срок должен быть позже нынешнего."


class AskedAlready(Refusal):
    words = "Просьба о переносе уже направлена. Дождитесь решения: оно придёт на почту."


class NotAsked(Refusal):
    words = "На эту просьбу уже ответили, или она больше не нужна. Обновите страницу."


class TermChanged(Refusal):
    words = "Пока страница была открыта, поручение изменилось: пришёл ответ или срок уже перенесли. Обновите страницу."


class NobodyOwes(Refusal):
    words = "Переносить срок некому: все, кому это поручено, уже исполнили или срок у них не раньше."


@transaction.atomic
def ask(
    *, commitment: Commitment, wanted_on: datetime.date, reason: str, by: User, at: datetime.datetime
) -> TermRequest:
    """Raises TermChanged where it is no longer to be done, or due on another day than was read."""
    _check(commitment, wanted_on, reason)
    _hold(commitment)
    if standing(commitment):
        raise AskedAlready
    request = TermRequest.objects.create(
        commitment=commitment, wanted_on=wanted_on, reason=reason, asked_by=by, asked_at=at
    )
    _note(commitment, f"Просьба о переносе срока до {russian.short_date(wanted_on)}. {reason}", by, at)
    told.asked_for_term(commitment, at=at)
    return request


@transaction.atomic
def move(*, commitment: Commitment, to: datetime.date, reason: str, by: User, at: datetime.datetime) -> TermMove:
    """For this one alone; a request that stands is granted by it, also with another day than was wished."""
    _check(commitment, to, reason)
    _hold(commitment)
    made = _move(commitment, to, reason, by, at)
    told.term_moved([commitment], at=at)
    return made


@transaction.atomic
def move_for_all(
    *, commitment: Commitment, to: datetime.date, reason: str, by: User, at: datetime.datetime
) -> list[TermMove]:
    """«Перенести срок всем»: for everybody who still owes the same decision, and is not due that day or later."""
    if not reason.strip():
        raise NoReason
    rows = Commitment.objects.alike(commitment).unfinished().filter(due_on__lt=to).held()
    owing = list(rows.select_related("organization__center", "outcome__event").order_by("pk"))
    if not owing:
        raise NobodyOwes
    moves = [_move(row, to, reason, by, at, for_all=True) for row in owing]
    told.term_moved(owing, at=at)
    return moves


@transaction.atomic
def move_many(
    *,
    commitments: Sequence[Commitment],
    to: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime,
    tell_from: datetime.datetime,
) -> None:
    """Of many decisions at once: all, or none. Nobody is told before ``tell_from``, until when it may be taken back.

    Raises what ``move`` does, and AskedAlready where a request waits for a decision of its own.
    """
    for row in commitments:
        _check(row, to, reason)
        _hold(row)
        if standing(row):
            raise AskedAlready(DECIDE_FIRST)
        _move(row, to, reason, by, at)
    told.term_moved(commitments, at=at, tell_from=tell_from)


@transaction.atomic
def take_back(
    *,
    before: Mapping[Commitment, tuple[datetime.date, datetime.date | None]],
    to: datetime.date,
    moved_at: datetime.datetime,
    by: User,
    at: datetime.datetime,
) -> None:
    """Undo what ``move_many`` did then: ``before`` says the term of each, and its letter's where that was another.

    Raises TermChanged where one of them is no longer to be done, or is due another day than ``to``.
    """
    for row, (due_on, letter_due_on) in before.items():
        moved = Commitment.objects.to_do().filter(pk=row.pk, due_on=to)
        if not moved.update(due_on=due_on, letter_due_on=letter_due_on, sequence=F("sequence") + 1, changed_at=at):
            raise TermChanged
        row.due_on, row.letter_due_on = due_on, letter_due_on
        _note(row, f"Перенос срока отменён: срок снова {russian.short_date(due_on)}.", by, at)
    told.term_move_taken_back(list(before), moved_at=moved_at, at=at)


@transaction.atomic
def decline(*, commitment: Commitment, words: str, by: User, at: datetime.datetime) -> None:
    """The term stays; ``words`` say why."""
    if not words.strip():
        raise NoReason
    _hold(commitment)
    request = standing(commitment)
    if request is None:
        raise NotAsked
    _end(request, TermRequestStatus.DECLINED, words, by, at)
    _note(commitment, f"В переносе срока отказано. {words}", by, at)
    told.term_refused(commitment, at=at)


def standing(commitment: Commitment) -> TermRequest | None:
    """The request that waits for a decision."""
    return TermRequest.objects.filter(commitment=commitment.pk, status=TermRequestStatus.ASKED).first()


def lapse(*, commitments: Iterable[Commitment], because: str, at: datetime.datetime) -> None:
    """Nothing is left to decide. Call it in the transaction that answers or changes them."""
    keys = [row.pk for row in commitments]
    for request in TermRequest.objects.filter(commitment__in=keys, status=TermRequestStatus.ASKED).order_by("pk"):
        _end(request, TermRequestStatus.LAPSED, because, None, at)


def _check(commitment: Commitment, day: datetime.date, reason: str) -> None:
    if not reason.strip():
        raise NoReason
    if day <= commitment.due_on:
        raise NotLater(f"Новый срок должен быть позже нынешнего – {russian.short_date(commitment.due_on)}.")


def _hold(commitment: Commitment) -> None:
    """Still to be done, in the words and by the term that were read."""
    read = {"pk": commitment.pk, "opened_at": commitment.opened_at, "due_on": commitment.due_on}
    if not Commitment.objects.to_do().filter(**read).update(position=F("position")):
        raise TermChanged


def _move(
    commitment: Commitment, to: datetime.date, reason: str, by: User, at: datetime.datetime, *, for_all: bool = False
) -> TermMove:
    before, said = commitment.due_on, commitment.said_due_on
    unchanged = Commitment.objects.unfinished().filter(pk=commitment.pk, due_on=before)
    if not unchanged.update(due_on=to, letter_due_on=said, sequence=F("sequence") + 1, changed_at=at):
        raise TermChanged
    commitment.due_on, commitment.letter_due_on = to, said
    request = standing(commitment)
    if request and for_all and request.wanted_on > to:
        request = None  # More was asked for: that still waits for its own decision.
    if request:
        _end(request, TermRequestStatus.GRANTED, reason, by, at)
    made = TermMove.objects.create(
        commitment=commitment, request=request, before=before, after=to, reason=reason, for_all=for_all, by=by, at=at
    )
    whom = " всем, кому это поручено" if for_all else ""
    _note(commitment, f"Срок перенесён {made}{whom}. Причина: {reason}", by, at)
    return made


def _note(commitment: Commitment, words: str, by: User, at: datetime.datetime) -> None:
    """A step that changes no state: it says to everybody what became of the term."""
    CommitmentTransition.objects.create(
        commitment=commitment, before=commitment.status, after=commitment.status, by=by, at=at, note=words
    )


def _end(request: TermRequest, after: str, note: str, by: User | None, at: datetime.datetime) -> None:
    try:
        step(request, after, by=by, at=at, note=note, transitions=TermRequestTransition)
    except WrongStep as error:
        raise NotAsked from error
