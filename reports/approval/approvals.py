"""The approvals of a letter: asked for at its filing, given in their order, or refused with remarks."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from centers.models import Person, User
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.transitions import move
from reports.approval import approvers
from reports.approval.approvers import OWN_HEAD, Approver, NeededApproval
from reports.models import (
    Approval,
    ApprovalRequest,
    ApprovalRoute,
    Letter,
    LetterTransition,
    SigningAuthority,
    Snapshot,
)
from reports.models.approval import ApprovalKind
from reports.models.letter import LetterStatus

FILED_BY_HEAD = "Направлено начальником отдела: виза не требуется."
HEAD_SIGNS = "Начальник отдела исполняет обязанности директора: виза не требуется."
FILED_BY_APPROVER = "Направлено тем, чья это виза: виза не требуется."
APPROVER_SIGNS = "Согласующий исполняет обязанности директора: виза не требуется."
TITLE_LENGTH = 150


class NotAsked(WrongStep):
    words = "Сейчас письмо ждёт визы не от вас. Обновите страницу: на ней видно, чья очередь."


class AlreadyGiven(WrongStep):
    words = "Ваша виза на этом тексте уже стоит, замечания к ней не добавить. С замечаниями письмо можно вернуть."


def ask(*, letter: Letter, snapshot: Snapshot, by: User, at: datetime.datetime) -> None:
    """Write down whose approvals the content needs, by the narrowest route in force that day.

    Where no person is left to give one (the approver filed the letter and has no deputy, or signs as director), it is
    skipped with a mark; where all are skipped, the letter is approved. Call it in the transaction of the filing.
    """
    day = timezone.localdate(at)
    wanted = _wanted(letter, snapshot, day)
    signatories = set(SigningAuthority.objects.in_force_on(day).values_list("person", flat=True))
    skipped: list[tuple[ApprovalRequest, str]] = []
    asked: dict[object, ApprovalRequest] = {}
    for request, people in zip(wanted, approvers.people(wanted, day), strict=True):
        why = _skipped(request, people, by.person_id, signatories)
        if why:
            skipped.append((request, why))
            continue
        same = _whose(request, people, by.person_id)
        if same in asked:
            asked[same].title = _joined(asked[same], request)
        else:
            asked[same] = request
    ApprovalRequest.objects.bulk_create(asked.values())
    if skipped:
        _skip(letter, snapshot, _note(skipped, alone=len(wanted) == 1), by=by, at=at, ends=not asked)


def _wanted(letter: Letter, snapshot: Snapshot, day: datetime.date) -> list[ApprovalRequest]:
    """The stages of the route as requests, not saved; without a route the department's head is asked."""
    route = route_for(letter, day)
    stages = list(route.stages.select_related("department", "person").order_by("order", "pk")) if route else []
    own = letter.department
    return [
        ApprovalRequest(
            snapshot=snapshot,
            order=stage.order,
            title=stage.title,
            department=None if stage.person else stage.department or own,
            person=stage.person,
        )
        for stage in stages
    ] or [ApprovalRequest(snapshot=snapshot, order=1, title=OWN_HEAD, department=own)]


def route_for(letter: Letter, day: datetime.date) -> ApprovalRoute | None:
    """The narrowest in force: kind and department, then department, then kind, then for all; the latest of equals."""
    fits = ApprovalRoute.objects.in_force_on(day).filter(
        Q(kind=letter.kind) | Q(kind=""), Q(department=letter.department_id) | Q(department=None)
    )
    of_kind, of_department = Q(kind=letter.kind), Q(department=letter.department_id)
    width = Case(
        When(of_kind & of_department, then=Value(0)),
        When(of_department, then=Value(1)),
        When(of_kind, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return fits.order_by(width, "-since", "-pk").first()


def _skipped(request: ApprovalRequest, people: list[Approver], filer: int, signatories: set[int]) -> str:
    """Why this approval is not needed, or nothing. While the post is vacant it waits."""
    own = {one.person.pk for one in people if one.instead_of is None}
    deputies = {one.person.pk for one in people} - own
    if not own or own - signatories - {filer}:
        return ""
    if filer in own and deputies - signatories - {filer}:
        return ""
    if request.department:
        return FILED_BY_HEAD if filer in own else HEAD_SIGNS
    return FILED_BY_APPROVER if filer in own else APPROVER_SIGNS


def _whose(request: ApprovalRequest, people: list[Approver], filer: int) -> object:
    """The same for two requests that would be answered by the same people: one approval answers both."""
    able = [one for one in people if one.person.pk != filer]
    own = frozenset(one.person.pk for one in able if one.instead_of is None)
    return own or frozenset(one.person.pk for one in able) or (request.department_id, request.person_id)


def _joined(first: ApprovalRequest, second: ApprovalRequest) -> str:
    """Both titles, as far as they fit, so that the sheet says what one approval answered."""
    both = f"{first.title}; {second.title}"
    return both if len(both) <= TITLE_LENGTH else f"{both[: TITLE_LENGTH - 1]}…"


def _note(skipped: list[tuple[ApprovalRequest, str]], *, alone: bool) -> str:
    return skipped[0][1] if alone else "\n".join(f"{request.title}. {why}" for request, why in skipped)


def _skip(letter: Letter, snapshot: Snapshot, note: str, *, by: User, at: datetime.datetime, ends: bool) -> None:
    Approval.objects.create(snapshot=snapshot, kind=ApprovalKind.SKIPPED, by=by, at=at, note=note)
    if ends:
        move(letter, LetterStatus.APPROVED, by=by, at=at, note=note, transitions=LetterTransition)


def ask_anew(*, before: int, snapshot: Snapshot, at: datetime.datetime) -> None:
    """The approvals of the text ``before`` its correction, asked for again: the route stays that of the filing."""
    old = ApprovalRequest.objects.filter(snapshot=before).order_by("order", "pk")
    for request in old:
        request.pk, request.snapshot, request._state.adding = None, snapshot, True
    ApprovalRequest.objects.bulk_create(old)
    mark = Approval.objects.filter(snapshot=before, kind=ApprovalKind.SKIPPED).first()
    if mark:
        Approval.objects.create(snapshot=snapshot, kind=ApprovalKind.SKIPPED, by=mark.by, at=at, note=mark.note)


@transaction.atomic
def give(
    *,
    letter: Letter,
    snapshot_id: int,
    by: User,
    at: datetime.datetime,
    note: str = "",
    remarks: bool = False,
    ahead: bool = False,
) -> None:
    """An approval on the content that was read; the last one makes the letter approved in the same transaction.

    ``remarks``: agreed, with remarks in ``note``. ``ahead``: also before the turn, for who has just corrected the text.
    Raises WrongStep where the letter has moved on, NotAsked, AlreadyGiven.
    """
    _hold(letter, snapshot_id)
    approvals = approvers.needed_approvals(letter, timezone.localdate(at))
    kind = ApprovalKind.REMARKS if remarks else ApprovalKind.APPROVED
    earlier = Approval.objects.filter(snapshot=snapshot_id, by=by, request__isnull=False).first()
    if earlier and earlier.request and not remarks and (again := approvers.turn(approvals, by)):
        # One person's word on one text is one approval: who holds another post by now answers for it too.
        _fold(earlier.request, [again.approval])
        request = earlier.request
    elif earlier:
        raise AlreadyGiven if remarks else NotAsked
    else:
        request = _write(approvals, kind, by=by, at=at, note=note, ahead=ahead)
    if ApprovalRequest.objects.filter(snapshot=snapshot_id, approval=None).exists():
        status, words = letter.status, f"{kind.label}: {request.title}"
        LetterTransition.objects.create(letter=letter, before=status, after=status, by=by, at=at, note=words)
    else:
        move(
            letter,
            LetterStatus.APPROVED,
            by=by,
            at=at,
            note=note,
            transitions=LetterTransition,
            seen={"snapshot": snapshot_id},
        )


def _hold(letter: Letter, snapshot_id: int) -> None:
    """Approvals on one letter are given one after the other: the second caller reads what the first one wrote."""
    in_review = Letter.objects.filter(pk=letter.pk, status=LetterStatus.REVIEW, snapshot=snapshot_id)
    if letter.status != LetterStatus.REVIEW or in_review.update(snapshot=snapshot_id) != 1:
        raise WrongStep


def _write(
    approvals: list[NeededApproval], kind: ApprovalKind, *, by: User, at: datetime.datetime, note: str, ahead: bool
) -> ApprovalRequest:
    able = [approval._replace(since=approval.since or at) for approval in approvals] if ahead else approvals
    turn = approvers.turn(able, by)
    if turn is None:
        raise NotAsked
    request = turn.approval.request
    if not request.pk:
        request.pk = None
        request.save(force_insert=True)
    _answer(request, kind, turn.approver, by=by, at=at, note=note)
    # What is asked of the same person in their own right, now or later, this approval answers too.
    own = [
        approval
        for approval in approvals
        if approval.answer is None and approval.request != request and _is_own(approval, by)
    ]
    _fold(request, own)
    return request


def _is_own(approval: NeededApproval, user: User) -> bool:
    mine = approval.approver(user)
    return mine is not None and mine.instead_of is None


def _answer(
    request: ApprovalRequest, kind: ApprovalKind, approver: Approver, *, by: User, at: datetime.datetime, note: str
) -> None:
    Approval.objects.create(
        snapshot_id=request.snapshot_id,
        request=request,
        kind=kind,
        by=by,
        name=approver.person.surname_first,
        post=approver.post,
        instead_of=approver.instead_of,
        at=at,
        note=note,
    )


def _fold(answered: ApprovalRequest, others: Iterable[NeededApproval]) -> None:
    """Requests that the approval on ``answered`` answers too become one row with it, which names them all."""
    for approval in others:
        answered.title = _joined(answered, approval.request)
        answered.save(update_fields=["title"])
        approval.request.delete()


def give_back(*, letter: Letter, by: User, at: datetime.datetime, note: str) -> None:
    """Write down that the text was returned, and why. Call it in the transaction that moves the letter.

    In review only a person who is asked returns it (else NotAsked); afterwards the director does.
    """
    assert letter.snapshot, "a letter under way has content"
    turn = None
    if letter.status == LetterStatus.REVIEW:
        _hold(letter, letter.snapshot.pk)
        turn = approvers.turn(approvers.needed_approvals(letter, timezone.localdate(at)), by)
        if turn is None:
            raise NotAsked
    if Approval.objects.filter(snapshot=letter.snapshot_id, by=by).exists():
        # One word of a person on a text; the remark stands in the letter's step.
        return
    Approval.objects.create(
        snapshot=letter.snapshot,
        request_id=turn.approval.request.pk or None if turn else None,
        kind=ApprovalKind.RETURNED,
        by=by,
        name=by.person.surname_first,
        post=turn.approver.post if turn else _post(by.person, at),
        instead_of=turn.approver.instead_of if turn else None,
        at=at,
        note=note,
    )


def _post(person: Person, at: datetime.datetime) -> str:
    """As the right to sign names it."""
    authority = SigningAuthority.objects.in_force_on(timezone.localdate(at)).filter(person=person)
    return authority.order_by("-since").values_list("post", flat=True).first() or ""
