"""«Лист согласования»: who was asked for an approval and what they said, round by round, on the page and as PDF."""

import datetime
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone

from centers.models import StaffPost
from centers.models.person import Duty
from rcro_portal.lib.quotes import quoted
from reports.approval import approvers
from reports.approval.approvers import NeededApproval
from reports.models import Approval, Letter, LetterTransition, Snapshot
from reports.models.approval import ApprovalKind
from reports.models.letter import LetterStatus
from reports.typesetting import rendering

RECALLED = "Отозвано с согласования"
WAITS, LATER = "На согласовании", "Очередь не подошла"


# In their order, with whose they are.
STEPS = LetterTransition.objects.select_related("by__person").order_by("at", "pk")


class Line(NamedTuple):
    """One row of the sheet; ``at`` is None for what is still waited for. On the page it is a step of a timeline."""

    post: str
    name: str
    result: str
    note: str
    at: datetime.datetime | None
    tone: str = ""

    @property
    def title(self) -> str:
        return self.result

    @property
    def who(self) -> str:
        if self.at is None:
            return f"{self.post}: {self.name}"
        return ", ".join(filter(None, (self.name, self.post)))


class Round(NamedTuple):
    """The approvals of one text: a filing begins a round, and so does a correction by an approver."""

    number: int
    title: str
    begun_at: datetime.datetime
    digest: str
    lines: list[Line]


class Read(NamedTuple):
    """What the sheet is made of; the page of a letter shows other things of the same rows.

    ``needed``: every approval that the text as it stands needs, of a letter in review.
    """

    snapshots: Sequence[Snapshot]
    approvals: Sequence[Approval]
    steps: Sequence[LetterTransition]
    needed: Sequence[NeededApproval]


def texts(letter: Letter) -> list[Snapshot]:
    """Every text of the letter that was sent round, the oldest first, with who took it."""
    return list(letter.snapshots.select_related("taken_by__person").order_by("taken_at", "pk"))


def rounds(letter: Letter, day: datetime.date) -> list[Round]:
    """Every text of the letter that was sent round, the oldest first; six queries and no more for letters of today."""
    approvals, in_review = approvers.given(letter), letter.status == LetterStatus.REVIEW
    needed = approvers.needed_approvals(letter, day, approvals) if in_review else []
    return rounds_of(letter, Read(texts(letter), approvals, list(STEPS.filter(letter=letter)), needed))


def rounds_of(letter: Letter, read: Read) -> list[Round]:
    """The same of rows that were read already."""
    snapshots, approvals, steps, needed = read
    filings = {step.at for step in steps if step.after == LetterStatus.REVIEW and step.before == LetterStatus.DRAFT}
    found = []
    for number, (snapshot, later) in enumerate(pairwise([*snapshots, None]), 1):
        assert snapshot, "only the last one is followed by nothing"
        own = [approval for approval in approvals if approval.snapshot_id == snapshot.pk]
        lines = [_line(approval) for approval in own] + _ends(steps, snapshot, later, own)
        lines.sort(key=lambda line: line.at or snapshot.taken_at)
        if snapshot.pk == letter.snapshot_id:
            lines += [_waited_for(approval) for approval in needed if approval.answer is None]
        title = _title(snapshot, is_filing=snapshot.taken_at in filings)
        found.append(Round(number, title, snapshot.taken_at, snapshot.digest, lines))
    return found


def _title(snapshot: Snapshot, *, is_filing: bool) -> str:
    what = "Направлено на согласование" if is_filing else "Текст исправлен при согласовании"
    return f"{what}: {snapshot.taken_by.person.surname_first}"


def _line(approval: Approval) -> Line:
    if approval.kind == ApprovalKind.SKIPPED:
        return Line("", "", approval.get_kind_display(), approval.note, approval.at)
    post = approval.post or _post_then(approval)
    if approval.instead_of:
        post = f"{post}, замещает: {approval.instead_of.surname_first}".lstrip(", ")
    note = approval.note
    if approval.request and ";" in approval.request.title:
        note = f"Одна виза за этапы {quoted(approval.request.title)}. {note}".strip()
    name = approval.name or approval.by.person.surname_first
    tone = "returned" if approval.kind == ApprovalKind.RETURNED else ""
    return Line(post, name, approval.get_kind_display(), note, approval.at, tone)


def _post_then(approval: Approval) -> str:
    """Approvals of earlier years copied no post: the one that was held on their day."""
    posts = StaffPost.objects.in_force_on(timezone.localdate(approval.at)).filter(person=approval.by.person_id)
    held = sorted(posts, key=lambda post: (post.duty != Duty.HEAD, post.pk))
    return held[0].title if held else ""


def _ends(
    steps: Sequence[LetterTransition], snapshot: Snapshot, later: Snapshot | None, approvals: list[Approval]
) -> list[Line]:
    """Returns and recalls of this text that no approval tells of: of earlier years, and by those who had agreed."""
    told = {approval.by_id for approval in approvals if approval.kind == ApprovalKind.RETURNED}
    return [
        Line(
            "",
            step.by.person.surname_first if step.by else "",
            RECALLED if step.note == RECALLED else ApprovalKind.RETURNED.label,
            "" if step.note == RECALLED else step.note,
            step.at,
            "returned",
        )
        for step in steps
        if step.after == LetterStatus.DRAFT
        and snapshot.taken_at <= step.at
        and (later is None or step.at < later.taken_at)
        and step.by_id not in told
    ]


def _waited_for(approval: NeededApproval) -> Line:
    title = approval.request.title
    names = [one.person.surname_first for one in approval.people if one.instead_of is None]
    names += [f"{one.person.surname_first} (замещает)" for one in approval.people if one.instead_of]
    nobody = approval.request.person.surname_first if approval.request.person else "не назначен"
    return Line(title, ", ".join(names) or nobody, WAITS if approval.is_asked else LATER, "", None, "todo")


def pdf(letter: Letter, at: datetime.datetime) -> bytes:
    """The sheet as PDF, as it stands at that moment. Raises rendering.CannotDraw."""
    context = {"letter": letter, "rounds": rounds(letter, timezone.localdate(at)), "at": at}
    return rendering.table_document(render_to_string("reports/letters/approval_sheet.html", context))
