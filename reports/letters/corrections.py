"""«Исправить и согласовать»: the only change to a text that is under way, and what it changed."""

import datetime
import difflib
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from events.outcomes import outcomes
from rcro_portal.lib.drafts import differences
from rcro_portal.lib.drafts.differences import DiffPiece
from rcro_portal.lib.refusals import WrongStep
from reports.approval import approvals, approvers
from reports.composing import addressees, content, reading
from reports.composing.content import Composed
from reports.letters import drafts, letters, receivers
from reports.models import Letter, Snapshot
from reports.models.letter import LetterStatus
from reports.typesetting import rendering
from reports.typesetting.sheet import Content

ROW = " | "
NOTE = "Исправлено при согласовании"


def correct_and_approve(
    *, letter: Letter, snapshot_id: int, page: dict[str, Any], by: User, at: datetime.datetime
) -> None:
    """One transaction writes the approver's revision of the text, a new snapshot and the approval on it.

    Approvals that others gave on the text before are void: the same people are asked for them again.

    ``page`` is what the editor's form gives. Raises LetterChanged, TextChanged, OutcomeNotReady,
    CannotDraw, WrongStep.
    """
    if letter.status != LetterStatus.REVIEW:
        raise WrongStep
    if approvers.turn(approvers.needed_approvals(letter, timezone.localdate(at)), by) is None:
        raise approvals.NotAsked
    composed = _rehearsed(letter, page, by, at)
    rendering.draw(composed.content, draft=True)
    with transaction.atomic():
        _revise(letter, page, by, at)
        letters.take_anew(letter=letter, composed=composed, seen=snapshot_id, by=by, at=at)
        approvals.give(letter=letter, snapshot_id=letter.snapshot_id or 0, note=NOTE, by=by, at=at, ahead=True)


def _revise(letter: Letter, page: dict[str, Any], by: User, at: datetime.datetime) -> None:
    if letter.outcome:
        outcomes.revise(of=letter.outcome, by=by, at=at, **page)
        addressees.address(letter, receivers.others(letter.outcome, letter.centers.all()))
        return
    drafts.revise(of=letter, by=by, at=at, **page)
    letter.manuscript.refresh_from_db()
    addressees.resolve(letter=letter, day=timezone.localdate(at))


def _rehearsed(letter: Letter, page: dict[str, Any], by: User, at: datetime.datetime) -> Composed:
    """The content as it will be: written, read and taken back, since nothing is drawn under a lock."""
    source = content.source_of(letter)
    with transaction.atomic():
        _revise(letter, page, by, at)
        composed = reading.ready(source, at=at).composed
        transaction.set_rollback(True)
    source.refresh_from_db()
    letter.refresh_from_db()
    return composed


def changes(snapshots: Iterable[Snapshot]) -> list[list[DiffPiece]]:
    """Paragraph by paragraph, what the newest text changed in the one before it; nothing where there is one."""
    newest = sorted(snapshots, key=lambda one: one.pk)[-2:]
    if len(newest) < 2:
        return []
    before, after = (_texts(snapshot.content) for snapshot in newest)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        list(differences.pieces("\n".join(before[a:b]), "\n".join(after[c:d])))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _texts(letter: Content) -> list[str]:
    """Every element in words, every row of a table by itself, its cells as they are typed."""
    return [
        text for element, value in letter for text in (map(ROW.join, value) if element == "table" else [_text(value)])
    ]


def _text(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
