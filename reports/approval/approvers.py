"""Whose approval a letter needs, whose turn it is, who may answer for whom on a day. Reads, and changes nothing."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from centers.models import Person, StaffPost, User
from centers.models.person import Duty
from reports.models import Approval, ApprovalRequest, Deputy, Letter
from reports.models.approval import ApprovalKind
from reports.models.letter import LetterStatus

OWN_HEAD = "Начальник отдела"
HOUSE = set(Duty.values)
GIVEN = (ApprovalKind.APPROVED, ApprovalKind.REMARKS)


class Approver(NamedTuple):
    """Who may answer, with the post as it would be printed; ``instead_of``: the person whom a deputy stands in for."""

    person: Person
    post: str
    instead_of: Person | None = None


class NeededApproval(NamedTuple):
    """One request, its answer if there is one, who may give it, and since when it is their turn (None: not yet)."""

    request: ApprovalRequest
    answer: Approval | None
    people: list[Approver]
    since: datetime.datetime | None

    @property
    def is_asked(self) -> bool:
        return self.answer is None and self.since is not None

    def approver(self, user: User) -> Approver | None:
        """As whom this person would answer: in the own right rather than as a deputy."""
        mine = [one for one in self.people if one.person.pk == user.person_id]
        return min(mine, key=lambda one: one.instead_of is not None, default=None)


class Turn(NamedTuple):
    """An approval that is asked of this person now, and as whom."""

    approval: NeededApproval
    approver: Approver


def given(letter: Letter) -> list[Approval]:
    """Every answer to a request for an approval, to each text of the letter, in their order; one query."""
    rows = Approval.objects.filter(snapshot__letter=letter).order_by("at", "pk")
    return list(rows.select_related("by__person", "instead_of", "request", "snapshot").defer("snapshot__content"))


def needed_approvals(
    letter: Letter, day: datetime.date, answers: Iterable[Approval] | None = None
) -> list[NeededApproval]:
    """Every approval that the letter's content needs, in their order; at most four queries.

    ``answers``: what ``given`` has read already. A letter that was filed before requests were kept needs the approval
    of its department's head.
    """
    requests, answered = _requests(letter, given(letter) if answers is None else answers)
    filer = letter.filed_by.person_id if letter.filed_by else None
    approvals: list[NeededApproval] = []
    for request, approvers in zip(requests, people(requests, day), strict=True):
        able = [one for one in approvers if one.person.pk != filer]
        approvals.append(NeededApproval(request, answered.get(request), able, _since(letter, request, approvals)))
    return approvals


def _requests(
    letter: Letter, answers: Iterable[Approval]
) -> tuple[list[ApprovalRequest], dict[ApprovalRequest, Approval]]:
    rows = ApprovalRequest.objects.filter(snapshot=letter.snapshot_id).select_related("department", "person")
    requests = list(rows.order_by("order", "pk"))
    own = [one for one in answers if one.snapshot_id == letter.snapshot_id and one.kind != ApprovalKind.RETURNED]
    if not requests:
        head = ApprovalRequest(
            pk=0, snapshot=letter.snapshot, order=1, title=OWN_HEAD, department=letter.department, person=None
        )
        return [head], {head: own[0]} if own else {}
    by_request = {answer.request_id: answer for answer in own}
    return requests, {request: by_request[request.pk] for request in requests if request.pk in by_request}


def _since(letter: Letter, request: ApprovalRequest, before: list[NeededApproval]) -> datetime.datetime | None:
    """When the last approval of the orders before came; those of the first order are asked for at the filing."""
    earlier = [approval for approval in before if approval.request.order < request.order]
    if any(approval.answer is None for approval in earlier):
        return None
    # A correction takes a new snapshot: what it voids is asked for anew from that moment.
    begun = letter.snapshot.taken_at if letter.snapshot else letter.filed_at
    return max([approval.answer.at for approval in earlier if approval.answer], default=begun)


def people(requests: Iterable[ApprovalRequest], day: datetime.date) -> list[list[Approver]]:
    """For each request who may answer it that day, those in their own right first; two queries, one without deputies.

    The head of the department or the person, and their deputies: only while they hold a post in the institution.
    """
    requests = list(requests)
    departments = {request.department_id for request in requests if request.department_id}
    named = {request.person_id for request in requests if request.person_id}
    heads = StaffPost.objects.in_force_on(day).filter(duty=Duty.HEAD, department__in=departments)
    asked = Q(person__in=heads.values("person")) | Q(person__in=named)
    standing_in = Deputy.objects.in_force_on(day).filter(asked)
    working = StaffPost.objects.in_force_on(day).filter(asked | Q(person__in=standing_in.values("deputy")))
    is_deputy = Exists(standing_in.filter(deputy=OuterRef("person")))
    rows = list(working.annotate(is_deputy=is_deputy).select_related("person").order_by("pk"))
    is_stood_in = any(row.is_deputy for row in rows)
    deputies = list(standing_in.select_related("person", "deputy").order_by("pk")) if is_stood_in else []
    posts, headed = _posts(rows), _heads(rows, departments)
    found = []
    for request in requests:
        group = headed.get(request.department_id or 0, [request.person] if request.person else [])
        own = [Approver(person, posts[person.pk, request.department_id]) for person in group if _works(posts, person)]
        absent = {person.pk for person in group}
        instead = [row for row in deputies if row.person_id in absent and _works(posts, row.deputy)]
        found.append(own + [Approver(row.deputy, posts[row.deputy_id, None], row.person) for row in instead])
    return found


def _heads(rows: Iterable[StaffPost], departments: Iterable[int]) -> dict[int, list[Person]]:
    heads: dict[int, list[Person]] = {department: [] for department in departments}
    for post in rows:
        if post.duty == Duty.HEAD and post.department_id in heads:
            heads[post.department_id].append(post.person)
    return heads


class _Posts(dict[tuple[int, int | None], str]):
    """By person and department; a person's first post where the department is another one or none."""

    def __missing__(self, key: tuple[int, int | None]) -> str:
        return self[key[0], None] if key[1] else ""


def _posts(rows: Iterable[StaffPost]) -> _Posts:
    posts = _Posts()
    # Of a person's posts in one department that of the head is printed.
    for post in sorted(rows, key=lambda post: (post.duty != Duty.HEAD, post.pk)):
        posts.setdefault((post.person_id, post.department_id), post.title)
        posts.setdefault((post.person_id, None), post.title)
    return posts


def _works(posts: _Posts, person: Person) -> bool:
    return (person.pk, None) in posts


def turn(approvals: list[NeededApproval], user: User) -> Turn | None:
    """The approval that is asked of this person now, if any: one in the own right before one as a deputy."""
    turns = [Turn(approval, mine) for approval in approvals if approval.is_asked and (mine := approval.approver(user))]
    return min(turns, key=lambda turn: turn.approver.instead_of is not None, default=None)


def is_among(approvals: list[NeededApproval], user: User) -> bool:
    """Asked now, before or later."""
    return any(approval.approver(user) for approval in approvals)


def has_acted(letter: Letter, answers: Iterable[Approval]) -> bool:
    """Of all that were given one is on the content as it stands; a mark that skips one does not count."""
    return any(one.snapshot_id == letter.snapshot_id and one.kind in GIVEN for one in answers)


def gave_before(letter: Letter, user: User, answers: Iterable[Approval]) -> bool:
    """This person's approval of the same filing stands on a text that was corrected since."""
    own = [one for one in answers if one.by_id == user.pk and one.kind in GIVEN]
    filed_at = letter.filed_at
    return any(one.snapshot_id != letter.snapshot_id and filed_at and one.snapshot.taken_at >= filed_at for one in own)


class Waiting(NamedTuple):
    """A letter that asks this person for an approval, and in whose place (None: in the own right)."""

    letter: Letter
    instead_of: Person | None


def waiting_for(user: User, day: datetime.date) -> list[Waiting]:
    """The letters whose turn it is, the oldest first: at most five queries however many there are."""
    if not user.roles & HOUSE:
        return []
    deputised = Deputy.objects.in_force_on(day).filter(deputy=user.person_id).select_related("person")
    absent = {row.person_id: row.person for row in deputised.order_by("pk")}
    headed = {department: {user.person_id} for department in user.departments_on(day, Duty.HEAD)}
    # Of an empty list nothing is asked.
    heads = StaffPost.objects.in_force_on(day).filter(duty=Duty.HEAD, person__in=absent)
    for department, person in heads.values_list("department", "person"):
        headed.setdefault(department, set()).add(person)
    rows: dict[int, Waiting] = {}
    for letter, holders in _asked(headed, {user.person_id, *absent}):
        instead = None if user.person_id in holders else absent[min(holders)]
        if letter.filed_by_id != user.pk and (letter.pk not in rows or instead is None):
            rows[letter.pk] = Waiting(letter, instead)
    return sorted(rows.values(), key=lambda row: (row.letter.filed_at, row.letter.pk))


def _asked(headed: dict[int, set[int]], persons: set[int]) -> Iterable[tuple[Letter, set[int]]]:
    """Letters that ask the heads of these departments or these persons now, each with whom it asks."""
    rows = current().filter(Q(department__in=headed) | Q(person__in=persons))
    related = ("entry", "department", "outcome__event", "event")
    for request in rows.select_related(*(f"snapshot__letter__{name}" for name in related)):
        holders = headed[request.department_id] if request.department_id else {request.person_id or 0}
        yield request.snapshot.letter, holders
    unasked = Letter.objects.filter(status=LetterStatus.REVIEW, department__in=headed, snapshot__requests=None)
    for letter in unasked.select_related(*related):
        yield letter, headed[letter.department_id]


def without_approvers(day: datetime.date) -> list[ApprovalRequest]:
    """Requests that wait now and have no approver that day, the oldest first: five queries."""
    requests = list(
        current().select_related("snapshot__letter__filed_by", "department", "person").order_by("snapshot__taken_at")
    )
    return [
        request
        for request, able in zip(requests, people(requests, day), strict=True)
        if not {one.person.pk for one in able} - {request.snapshot.letter.filed_by.person_id}
    ]


def current() -> QuerySet[ApprovalRequest]:
    """The requests that wait for an answer now: of letters in review, of the lowest order that is not answered."""
    unanswered = ApprovalRequest.objects.filter(approval=None)
    before = unanswered.filter(snapshot=OuterRef("snapshot"), order__lt=OuterRef("order"))
    in_review = unanswered.filter(
        snapshot__letter__status=LetterStatus.REVIEW, snapshot__letter__snapshot=F("snapshot")
    )
    return in_review.filter(~Exists(before))
