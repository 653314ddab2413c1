"""What waits for a person of the institution, and how it passes to another.

Coordinators hand over apart (``events.coordinators``): what a centre owes is the centre's.
"""

import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centers.models import Department, Person, StaffPost, User
from events.models import Commitment, Outcome
from events.models.commitment import CommitmentStatus
from events.models.outcome import OutcomeStatus
from events.permissions import PLANNERS
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from reports.approval import approvers
from reports.incoming import notices as incoming_notices
from reports.incoming import resolutions
from reports.models import ApprovalRequest, IncomingLetter, Letter, WorkHandOver
from reports.models.letter import LetterStatus
from reports.operations.handing_over import notices


class NotAColleague(Refusal):
    words = "Принять дела может методист или начальник того же отдела, который сегодня в должности и входит в портал."


class OwnLetter(Refusal):
    """Who filed a letter does not approve it."""


class AskedAlready(Refusal):
    """Nobody approves one text twice: the second approval could never be given."""


class NotOneDepartment(Refusal):
    """Nobody can tell in which of the receiver's departments an incoming letter is to be answered."""


class Nothing(Refusal):
    words = "У этого сотрудника нет дел, которые можно передать."


class Work(NamedTuple):
    """By kind the rows that wait for the person."""

    outcomes: QuerySet[Outcome]
    drafts: QuerySet[Letter]
    approvals: QuerySet[ApprovalRequest]
    incoming: QuerySet[IncomingLetter]
    commitments: QuerySet[Commitment]

    def counts(self) -> dict[str, int]:
        return {kind: rows.count() for kind, rows in self._asdict().items()}


# What a person may choose to hand over: the field of ``Work`` and its words.
KINDS = {
    "outcomes": "Черновики итогов",
    "drafts": "Черновики писем",
    "approvals": "Согласования, которых ждут от этого человека",
    "incoming": "Входящие письма в работе",
    "commitments": "Неисполненные поручения центрам",
}


def work_of(person: Person) -> Work:
    owed = Commitment.objects.exclude(status__in=[CommitmentStatus.ACCEPTED, CommitmentStatus.WITHDRAWN])
    written = Letter.objects.filter(outcome=None, status=LetterStatus.DRAFT)
    in_review = Letter.objects.filter(status=LetterStatus.REVIEW).values("snapshot")
    asked = ApprovalRequest.objects.filter(person=person, approval=None, snapshot__in=in_review)
    incoming: QuerySet[IncomingLetter] = IncomingLetter.objects.in_work()
    return Work(
        Outcome.objects.filter(prepared_by=person, status=OutcomeStatus.DRAFT),
        written.filter(prepared_by=person),
        asked,
        incoming.filter(executor=person),
        owed.filter(setter=person),
    )


def colleagues(person: Person, day: datetime.date) -> QuerySet[Person]:
    """Who may take it over: in office that day, with an account, in a department where this person works or worked."""
    departments = StaffPost.objects.filter(person=person).values("department")
    posts = StaffPost.objects.in_force_on(day).filter(duty__in=PLANNERS, department__in=departments)
    able = Person.objects.filter(pk__in=posts.values("person"), user__is_active=True)
    return able.exclude(pk=person.pk).order_by("sort_key")


@transaction.atomic
def hand_over(
    *, giver: Person, receiver: Person, kinds: set[str], by: User, at: datetime.datetime, day: datetime.date
) -> WorkHandOver:
    """Everything of the chosen kinds, in one transaction; each row's log says why, and both are told.

    Raises NotAColleague, OwnLetter, AskedAlready, Nothing, NotOneDepartment.
    """
    if not colleagues(giver, day).filter(pk=receiver.pk).exists():
        raise NotAColleague
    work = work_of(giver)
    counts = {kind: number for kind, number in work.counts().items() if kind in kinds}
    if not any(counts.values()):
        raise Nothing
    if "approvals" in kinds:
        _refuse_own_letters(work.approvals, receiver)
        _refuse_asked_already(work.approvals, receiver, day)
    with authorship.explain(f"Дела переданы: {giver.surname_first} → {receiver.surname_first}", by=by.pk):
        for kind in counts:
            _MOVES[kind](getattr(work, kind), receiver, by, at)
    done = WorkHandOver.objects.create(giver=giver, receiver=receiver, by=by, at=at, **counts)
    notices.tell(done, at=at)
    return done


def _refuse_own_letters(approvals: QuerySet[ApprovalRequest], receiver: Person) -> None:
    own = approvals.filter(snapshot__letter__filed_by__person=receiver).select_related("snapshot__letter").first()
    if own:
        name = receiver.surname_first.rstrip(".")
        raise OwnLetter(
            f"{name} – автор письма {quoted(own.snapshot.letter.subject_line)}, которое ждёт этого согласования: "
            "своё письмо не согласуют. Передайте согласования другому."
        )


def _refuse_asked_already(approvals: QuerySet[ApprovalRequest], receiver: Person, day: datetime.date) -> None:
    others = ApprovalRequest.objects.filter(snapshot__in=approvals.values("snapshot")).exclude(pk__in=approvals)
    rows = list(others.select_related("snapshot__letter", "approval__by").order_by("pk"))
    for row, people in zip(rows, approvers.people(rows, day), strict=True):
        asked = {one.person.pk for one in people if one.instead_of is None}
        given = getattr(row, "approval", None)
        if receiver.pk in (asked if given is None else {given.by.person_id}):
            name = receiver.surname_first.rstrip(".")
            raise AskedAlready(
                f"{name} уже согласует письмо {quoted(row.snapshot.letter.subject_line)} ({row.title}): две визы на "
                "одном тексте один человек не ставит. Передайте согласования другому."
            )


def _prepared(rows: QuerySet[Any], to: Person, by: User, at: datetime.datetime) -> None:  # noqa: ARG001
    rows.update(prepared_by=to)


def _asked(rows: QuerySet[Any], to: Person, by: User, at: datetime.datetime) -> None:  # noqa: ARG001
    rows.update(person=to)


def _set(rows: QuerySet[Any], to: Person, by: User, at: datetime.datetime) -> None:  # noqa: ARG001
    rows.update(setter=to)


def _executed(rows: QuerySet[Any], to: Person, by: User, at: datetime.datetime) -> None:
    for row in rows.select_related("executor", "department"):
        before, department = row.executor.surname_first, _department(row, to, timezone.localdate(at))
        # Who was first at this letter meanwhile, by an answer or a resolution, is left alone.
        if rows.filter(pk=row.pk).update(executor=to, department=department):
            row.executor, row.department = to, department
            note = f"Дела переданы: исполнитель – {to.surname_first}, раньше – {before}"
            resolutions.note_of(row, note, by=by, at=at)
            incoming_notices.follow([row], at=at)


def _department(row: IncomingLetter, to: Person, day: datetime.date) -> Department:
    """The letter's own where the receiver works there too, else the one in which both work. Raises NotOneDepartment."""
    posts = StaffPost.objects.in_force_on(day).filter(person=to, duty__in=PLANNERS)
    held = {post.department for post in posts.select_related("department")}
    if row.department in held:
        return row.department
    theirs = StaffPost.objects.filter(person=row.executor).values_list("department", flat=True)
    shared = [department for department in held if department.pk in set(theirs)]
    if len(shared) != 1:
        raise NotOneDepartment(
            f"{to.surname_first} не работает в отделе «{row.department}», где исполняют письмо {quoted(row.subject)}, "
            "а других общих отделов несколько. Передайте входящие письма коллеге этого отдела."
        )
    return shared[0]


_MOVES = {
    "outcomes": _prepared,
    "drafts": _prepared,
    "approvals": _asked,
    "incoming": _executed,
    "commitments": _set,
}
