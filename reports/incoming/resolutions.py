"""What becomes of an incoming letter: the director's resolution, the work of its executor, its end.

An answer is a letter of ours that is written and sent as any other; sent, it ends the work.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from centers.models import Department, Person, StaffPost, User
from events.permissions import PLANNERS
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move
from reports.incoming import notices
from reports.models import IncomingLetter, IncomingTransition, Letter
from reports.models.incoming import IncomingStatus

REGISTERED, IN_WORK, ANSWERED, CLOSED = IncomingStatus


class NoExecutor(Refusal):
    words = "Исполнителем может быть методист или начальник отдела, у которого сегодня есть эта должность."


class NotOfTheDepartment(Refusal):
    words = "Передать можно методисту или начальнику того же отдела, который сегодня в должности."


class NoReason(Refusal):
    words = "Напишите, почему: причина останется в карточке письма."


class NoEnd(NoReason):
    words = "Напишите, чем кончилось: запись останется в карточке письма."


@transaction.atomic
def resolve(
    *,
    incoming: IncomingLetter,
    executor: Person,
    resolution: str,
    due_on: datetime.date,
    by: User,
    at: datetime.datetime,
) -> None:
    """The director's resolution: who answers by when; another takes the place of the one before, the same is none.

    Raises NoExecutor, WrongStep where somebody changed the letter meanwhile.
    """
    fields: dict[str, Any] = {
        "executor": executor,
        "department": department_of(incoming, executor, timezone.localdate(at)),
        "resolution": resolution,
        "due_on": due_on,
    }
    note = f"{resolution} Исполнитель – {executor.surname_first}, срок {russian.short_date(due_on)}"
    former = incoming.executor if incoming.status == IN_WORK else None
    if incoming.status == IN_WORK and _stands(incoming, fields):
        return
    if incoming.status == IN_WORK:
        _amend(incoming, note, by=by, at=at, **fields)
    else:
        _move(incoming, IN_WORK, by=by, at=at, note=note, **fields)
    notices.assigned(incoming, at=at)
    if former and former != executor:
        notices.released(incoming, former=former, at=at)


@transaction.atomic
def reassign(*, incoming: IncomingLetter, executor: Person, why: str, by: User, at: datetime.datetime) -> None:
    """The head puts it to another of the department; resolution and term stay the director's. Both are told.

    Raises NotOfTheDepartment, NoReason, WrongStep where somebody changed the letter meanwhile.
    """
    if not why.strip():
        raise NoReason
    if not colleagues(incoming, timezone.localdate(at)).filter(pk=executor.pk).exists():
        raise NotOfTheDepartment
    former = incoming.executor
    assert former, "a letter in work has its executor"
    if incoming.status != IN_WORK:
        raise WrongStep
    note = f"{notices.PASSED_ON} – {executor.surname_first}, раньше – {former.surname_first}. Причина: {why}"
    _amend(incoming, note, by=by, at=at, executor=executor)
    notices.assigned(incoming, at=at)
    notices.released(incoming, former=former, at=at)


def colleagues(incoming: IncomingLetter, day: datetime.date) -> QuerySet[Person]:
    """Who else of its department may be the executor that day."""
    posts = StaffPost.objects.in_force_on(day).filter(department=incoming.department_id, duty__in=PLANNERS)
    others = posts.exclude(person=incoming.executor_id).values("person")
    return Person.objects.filter(pk__in=others).order_by("sort_key")


def _stands(incoming: IncomingLetter, fields: dict[str, Any]) -> bool:
    """Pressed twice, it is written and told once."""
    return all(getattr(incoming, name) == value for name, value in fields.items())


def answerable(user: User, day: datetime.date) -> QuerySet[IncomingLetter]:
    """What this person may answer now: theirs, and as a head their department's."""
    heads = user.departments_on(day, "head")
    rows: QuerySet[IncomingLetter] = IncomingLetter.objects.in_work()
    return rows.filter(Q(executor=user.person_id) | Q(department__in=heads))


def department_of(incoming: IncomingLetter, person: Person, day: datetime.date) -> Department:
    """Where this person answers it: of several departments that of the resolution before, else of our letter that it
    replies to, else the first. Raises NoExecutor."""
    posts = StaffPost.objects.in_force_on(day).filter(person=person, duty__in=PLANNERS)
    held = {post.department_id: post.department for post in posts.select_related("department").order_by("pk")}
    if not held:
        raise NoExecutor
    wished = [incoming.department_id, incoming.replies_to.department_id if incoming.replies_to else None, *held]
    return next(held[key] for key in wished if key in held)


def _amend(incoming: IncomingLetter, note: str, *, by: User, at: datetime.datetime, **fields: Any) -> None:
    """Another resolution in the place of the one that was read."""
    seen = {"executor": incoming.executor_id, "due_on": incoming.due_on, "resolution": incoming.resolution}
    if not IncomingLetter.objects.filter(pk=incoming.pk, status=IN_WORK, **seen).update(**fields):
        raise WrongStep
    for name, value in fields.items():
        setattr(incoming, name, value)
    note_of(incoming, note, by=by, at=at)


def note_of(incoming: IncomingLetter, note: str, *, by: User | None, at: datetime.datetime) -> None:
    """A step that changes no state: it says what was changed."""
    state = incoming.status
    IncomingTransition.objects.create(incoming=incoming, before=state, after=state, by=by, at=at, note=note)


@transaction.atomic
def file_away(*, incoming: IncomingLetter, by: User, at: datetime.datetime) -> None:
    """«В дело»: the director leaves it without an executor."""
    if incoming.status != REGISTERED:
        raise WrongStep
    _move(incoming, CLOSED, by=by, at=at, note="В дело: исполнения не требует")


@transaction.atomic
def close(*, incoming: IncomingLetter, note: str, by: User, at: datetime.datetime) -> None:
    """The executor ends the work without a letter: agreed by telephone, say. Raises NoEnd, WrongStep."""
    if not note.strip():
        raise NoEnd
    if incoming.status != IN_WORK:
        raise WrongStep
    _move(incoming, CLOSED, by=by, at=at, note=note)


@transaction.atomic
def reopen(*, incoming: IncomingLetter, note: str, by: User, at: datetime.datetime) -> None:
    """The director takes an ended letter up again: it waits for another resolution. Raises NoReason, WrongStep."""
    if not note.strip():
        raise NoReason
    _move(incoming, REGISTERED, by=by, at=at, note=note)


def counted(*, incoming: IncomingLetter, by: User, at: datetime.datetime) -> None:
    """It is the answer to a commitment: it goes on there. Call it in the transaction of the answer."""
    if incoming.status in (REGISTERED, IN_WORK):
        _move(incoming, CLOSED, by=by, at=at, note="Внесено как ответ на поручение")


def answered(*, letter: Letter, at: datetime.datetime) -> None:
    """Our letter answers it: call it in the transaction that sends the letter. Closed by hand before, it stays so."""
    if letter.answers_id is None:
        return
    incoming = IncomingLetter.objects.get(pk=letter.answers_id)
    if incoming.status in (REGISTERED, IN_WORK):
        named = f"№ {letter.entry.number} от {russian.short_date(letter.entry.registered_on)}"
        _move(incoming, ANSWERED, by=None, at=at, note=f"Отправлен ответ {named}")


def _move(
    incoming: IncomingLetter, after: str, *, by: User | None, at: datetime.datetime, note: str, **fields: Any
) -> None:
    move(incoming, after, by=by, at=at, note=note, transitions=IncomingTransition, **fields)
    notices.follow([incoming], at=at)
