"""The life of a letter, from filing through approval and number to release: the verbs.

``signatures`` holds the verbs of signing. Every verb takes the state that it needs by compare-and-swap: a repeated
request, a late task or a second person changes nothing and is refused in words.
"""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from events.models import Outcome
from events.models.outcome import OutcomeStatus
from events.outcomes import outcomes
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.russian import search_key
from rcro_portal.lib.transitions import move
from reports import halted, nudges
from reports.approval import approvals, approvers
from reports.composing import addressees, content, reading
from reports.composing.content import Composed
from reports.delivery import dispatch
from reports.figures import frozen
from reports.incoming import resolutions
from reports.journal import numbering
from reports.letters import appendices, asked, drafts, receivers, replacements
from reports.models import (
    Letter,
    LetterTransition,
    RegisterEntry,
    SigningAuthority,
    Snapshot,
)
from reports.models.letter import LetterStatus, Way
from reports.typesetting.sheet import text_of
from reports.verification import checking

log = logging.getLogger(__name__)
FILED = "Письмо уже направлено на согласование."


class AlreadyFiled(WrongStep):
    words = "Итоги уже направлены на согласование."


class LetterChanged(Refusal):
    words = "Письмо изменилось, пока вы читали. Откройте его ещё раз."


class NoNote(Refusal):
    words = "Напишите, что исправить: без замечания письмо не возвращают."


class NotSignatory(Refusal):
    words = "Подписать письмо может только тот, у кого сегодня есть право подписи."


def file_outcome(*, outcome: Outcome, by: User, at: datetime.datetime, seen: str = "") -> Letter:
    """File the outcome: one transaction locks it and opens its letter in review with a snapshot of the content.

    ``seen`` is the key of the reading on the screen. Raises AlreadyFiled, reading.OutcomeMoved, OutcomeNotReady (what
    is missing, in words), CannotDraw where the letter cannot be printed.
    """
    if outcome.status != OutcomeStatus.DRAFT:
        raise AlreadyFiled
    read = reading.checked(outcome, at=at, seen=seen)
    with transaction.atomic():
        try:
            outcomes.lock(outcome=outcome, by=by, at=at)
        except WrongStep as error:
            raise (read.moved if outcomes.DRAFTS.is_draft(outcome) else AlreadyFiled()) from error
        read.refuse_moved_beside()
        letter = outcome.letters.under_way().select_related("replaces").first() or _new(outcome)
        fields = {"subject_line": outcome.subject_line, "prepared_by": outcome.prepared_by}
        _into_review(letter, read.composed, by=by, at=at, **fields)
        receivers.name(letter, outcome, timezone.localtime(at).date())
    return letter


def file_draft(*, letter: Letter, by: User, at: datetime.datetime, seen: str = "") -> None:
    """File a letter that is written freely: its recipients are named, its content is frozen, it goes to review.

    ``seen`` is the key of the reading on the screen. Raises AlreadyFiled, reading.LetterMoved, DraftNotReady (what is
    missing, in words), CannotDraw where the letter cannot be printed.
    """
    if letter.status != LetterStatus.DRAFT:
        raise AlreadyFiled(FILED)
    read = reading.checked(letter.manuscript, at=at, seen=seen)
    with transaction.atomic():
        held = drafts.hold(letter, version=read.version)
        letter = Letter.objects.select_related("manuscript").get(pk=letter.pk)
        if letter.status != LetterStatus.DRAFT:
            raise AlreadyFiled(FILED)
        if not held:
            raise read.moved
        read.refuse_moved_beside()
        addressees.resolve(letter=letter, day=timezone.localtime(at).date())
        _into_review(letter, read.composed, by=by, at=at)


def _new(outcome: Outcome) -> Letter:
    return Letter.objects.create(
        outcome=outcome,
        department=outcome.event.department,
        subject_line=outcome.subject_line,
        prepared_by=outcome.prepared_by,
    )


def _into_review(letter: Letter, composed: Composed, *, by: User, at: datetime.datetime, **fields: Any) -> None:
    snapshot = _snapshot(letter, composed, by, at)
    _move(letter, LetterStatus.REVIEW, by=by, at=at, snapshot=snapshot, filed_by=by, filed_at=at, **fields)
    approvals.ask(letter=letter, snapshot=snapshot, by=by, at=at)


def _snapshot(letter: Letter, composed: Composed, by: User, at: datetime.datetime) -> Snapshot:
    snapshot = Snapshot.objects.create(
        letter=letter, content=composed.content, digest=content.digest(composed.content), taken_at=at, taken_by=by
    )
    frozen.keep(snapshot, composed.figures)
    appendices.freeze(snapshot, letter.outcome or letter)
    return snapshot


@transaction.atomic
def recall(*, letter: Letter, by: User, at: datetime.datetime) -> None:
    """«Отозвать с согласования», before the first approval."""
    if letter.status != LetterStatus.REVIEW:
        raise WrongStep("Отозвать можно, пока письмо на согласовании.")
    _back_to_draft(letter, by=by, at=at, note="Отозвано с согласования")
    # Asked when the letter is held: an approval that came a moment before is seen.
    if approvers.has_acted(letter, approvers.given(letter)):
        raise WrongStep("Отозвать уже нельзя: письмо согласовано хотя бы одним из тех, чья виза нужна.")


def approve(
    *, letter: Letter, snapshot_id: int, by: User, at: datetime.datetime, note: str = "", remarks: bool = False
) -> None:
    """Approve the content that was read, with ``remarks`` or without. Raises LetterChanged where it is another one."""
    if letter.snapshot_id != snapshot_id:
        raise LetterChanged
    approvals.give(letter=letter, snapshot_id=snapshot_id, by=by, at=at, note=note, remarks=remarks)


def take_anew(*, letter: Letter, composed: Composed, seen: int, by: User, at: datetime.datetime) -> None:
    """Take a snapshot of what was ``composed`` of the changed text, in place of the one that was ``seen``, and ask its
    approvals anew.

    Call it in the transaction that changed the text. Raises LetterChanged.
    """
    snapshot = _snapshot(letter, composed, by, at)
    in_review = Letter.objects.filter(pk=letter.pk, status=LetterStatus.REVIEW, snapshot=seen)
    subject_line = letter.outcome.subject_line if letter.outcome else letter.subject_line
    if not in_review.update(snapshot=snapshot, subject_line=subject_line):
        raise LetterChanged
    approvals.ask_anew(before=seen, snapshot=snapshot, at=at)
    letter.refresh_from_db()


@transaction.atomic
def give_back(*, letter: Letter, note: str, by: User, at: datetime.datetime) -> None:
    """Return it to its author with a remark; a number that was taken stays in the register as annulled."""
    if not note.strip():
        raise NoNote
    if letter.status in (LetterStatus.REVIEW, LetterStatus.APPROVED, LetterStatus.AWAITING):
        approvals.give_back(letter=letter, by=by, at=at, note=note)
    _back_to_draft(letter, by=by, at=at, note=note)


def _back_to_draft(letter: Letter, *, by: User, at: datetime.datetime, note: str) -> None:
    _leave(letter, LetterStatus.DRAFT, by=by, at=at, note=note)
    addressees.forget_listed(letter)
    _unlock(letter, by=by, at=at, note=note)


def _unlock(letter: Letter, *, by: User, at: datetime.datetime, note: str) -> None:
    if letter.outcome:
        outcomes.unlock(outcome=letter.outcome, by=by, at=at, note=note)


@transaction.atomic
def annul(*, letter: Letter, note: str, by: User, at: datetime.datetime) -> None:
    """End a letter that was not sent; its outcome, if it has one, can be filed anew and makes another letter."""
    if not note.strip():
        raise numbering.NoReason
    if letter.snapshot_id is None:
        raise WrongStep("Этот черновик ещё не направляли: его удаляет исполнитель.")
    filed = letter.status != LetterStatus.DRAFT
    _leave(letter, LetterStatus.ANNULLED, by=by, at=at, note=note)
    numbering.drop_typed(letter=letter, reason=note, by=by, at=at)
    if not replacements.restore(letter, by=by, at=at, note=note) and filed:
        _unlock(letter, by=by, at=at, note=note)


def _leave(letter: Letter, after: str, *, by: User, at: datetime.datetime, note: str) -> None:
    """Take the letter out of approval or signing: number, drawing and claim go, the register keeps it as annulled."""
    entry = letter.entry
    _move(
        letter,
        after,
        by=by,
        at=at,
        note=note,
        seen={"entry": entry},
        entry=None,
        authority=None,
        signatory_post="",
        signatory_name="",
        final=None,
        way=Way.KEY,
        endorsed_at=None,
        draw_lease_until=None,
        draw_attempts=0,
        draw_error="",
    )
    if entry:
        numbering.annul(entry=entry, reason=note, by=by, at=at)


@transaction.atomic
def assign_number(*, letter: Letter, snapshot_id: int, by: User, at: datetime.datetime) -> None:
    """«К подписанию»: take number and date, and tell a worker to draw the final PDF.

    Raises NotSignatory, LetterChanged, WrongStep, or what ``numbering.take`` refuses; then no number was taken.
    """
    authority = authority_of(by, at)
    register = numbering.register_for(letter.kind)
    _hold(letter, snapshot_id)
    addressee = " ".join(dict(letter.snapshot.content)["addressee"])
    entry = numbering.take(register=register, letter=letter, addressee=addressee, by=by, at=at)
    RegisterEntry.objects.filter(pk=entry.pk).update(**checking.new_key())
    printed = "\n".join(text for _, text in text_of(letter.snapshot.content))
    _move(
        letter,
        LetterStatus.PREPARING,
        by=by,
        at=at,
        printed_text=printed,
        printed_key=search_key(printed),
        entry=entry,
        authority=authority,
        signatory_post=authority.post,
        signatory_name=authority.person.initials_first,
    )
    nudges.draw(letter.pk, at)


def _hold(letter: Letter, snapshot_id: int) -> None:
    """Lock the approved letter until the commit: a second request takes no second number."""
    letter.refresh_from_db()
    if letter.snapshot_id != snapshot_id:
        raise LetterChanged
    approved = Letter.objects.filter(pk=letter.pk, snapshot=snapshot_id, status=LetterStatus.APPROVED)
    if not approved.update(draw_attempts=0, draw_error=""):
        raise WrongStep


def authority_of(user: User, at: datetime.datetime) -> SigningAuthority:
    """The signing authority that the person holds on that day. Raises NotSignatory."""
    day = timezone.localtime(at).date()
    authority = SigningAuthority.objects.in_force_on(day).filter(person=user.person).order_by("-since").first()
    if authority is None:
        raise NotSignatory
    return authority


def release(*, letter_id: int, at: datetime.datetime) -> bool:
    """Release a signed letter: recipients, commitments, what it replaces, in one transaction. True if this call did.

    Raises replacements.AlreadyReplaced where another letter was sent in place of the same one: nothing leaves.
    """
    if halted.is_halted():
        return False
    letter = Letter.objects.select_related("outcome", "entry").get(pk=letter_id)
    centers = list(letter.centers.select_related("organization"))
    try:
        with transaction.atomic():
            replacements.settle(letter)
            _move(letter, LetterStatus.SENT, by=None, at=at)
            named = letter.addressees.select_related("person", "organization").order_by("position", "pk")
            dispatch.queue(letter=letter, centers=centers, addressees=named, at=at)
            asked.carry_out(letter=letter, at=at)
            resolutions.answered(letter=letter, at=at)
    except WrongStep:
        return False
    return True


def _move(letter: Letter, after: str, *, by: User | None, at: datetime.datetime, note: str = "", **fields: Any) -> None:
    move(letter, after, by=by, at=at, note=note, transitions=LetterTransition, **fields)
