"""A sent letter is never changed: a later one replaces it, and each names the other.

The letter of an outcome is replaced by opening the outcome again: until the replacement is sent, the sent letter stays
the one in force, and what is written belongs to the replacement. Given up or annulled, it leaves all as before.
"""

import datetime

from django.db import transaction
from django.db.models import F, Q

from centers.models import User
from events.outcomes import reopenings
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal, WrongStep
from reports.letters import appendices, drafts
from reports.models import Letter, Manuscript
from reports.models.letter import LetterStatus


class NotSent(WrongStep):
    words = "Заменить можно только отправленное письмо. Неотправленное исправляют или аннулируют."


class AlreadyReplaced(Refusal):
    words = "Это письмо уже заменено другим. Откройте его: оно названо на странице."


class UnderWay(Refusal):
    words = "Письмо взамен этого уже готовится. Откройте его: оно названо на странице."


class NoReason(Refusal):
    words = "Напишите, почему письмо заменяется: причину прочтут центры, с которых поручение снимут или изменят."


class WasFiled(WrongStep):
    words = "Письмо взамен уже направляли на согласование: его не удаляют. Аннулировать письмо может директор."


@transaction.atomic
def begin(*, letter: Letter, reason: str, by: User, at: datetime.datetime) -> Letter:
    """«Заменить письмом»: of an outcome's letter the outcome is opened again, else a draft with the old text,
    addressees and appendices.

    Raises NoReason, NotSent, AlreadyReplaced, UnderWay where another replacement is being written or signed.
    """
    if not reason.strip():
        raise NoReason
    # A row of its own to wait for: of two who press at once the second sees the first one's draft.
    Letter.objects.filter(pk=letter.pk).update(status=F("status"))
    letter.refresh_from_db()
    if letter.status != LetterStatus.SENT:
        raise NotSent
    if letter.replaced_by_id:
        raise AlreadyReplaced
    if under_way(letter):
        raise UnderWay
    if reopens(letter):
        draft = _reopen(letter, by=by, at=at)
    else:
        draft = drafts.begin(kind=letter.kind, replaces=letter, by=by, at=at)
        appendices.copy(snapshot=letter.snapshot, letter=draft)
    Letter.objects.filter(pk=draft.pk).update(replacement_reason=reason)
    draft.replacement_reason = reason
    return draft


def reopens(letter: Letter) -> bool:
    """The letter was written from an outcome, not from a manuscript of its own."""
    return letter.outcome_id is not None and not Manuscript.objects.filter(letter=letter).exists()


def _reopen(letter: Letter, *, by: User, at: datetime.datetime) -> Letter:
    assert letter.outcome
    named = f"№ {letter.entry.number} от {russian.short_date(letter.entry.registered_on)}"
    reopenings.begin(outcome=letter.outcome, by=by, at=at, note=f"Готовится письмо взамен {named}")
    return Letter.objects.create(
        kind=letter.kind,
        outcome=letter.outcome,
        replaces=letter,
        department=letter.department,
        subject_line=letter.outcome.subject_line,
        prepared_by=letter.outcome.prepared_by,
    )


def under_way(letter: Letter) -> Letter | None:
    """The replacement that is being written or signed, if any."""
    return letter.replacements.under_way().order_by("pk").first()


@transaction.atomic
def give_up(*, letter: Letter, by: User, at: datetime.datetime) -> None:
    """«Отказаться от замены»: a replacement never filed goes, and the outcome is as it was. Raises WasFiled."""
    # The row is ours until the commit: who files at the same moment is first, or finds no letter.
    never_filed = Letter.objects.filter(pk=letter.pk, status=LetterStatus.DRAFT, filed_at=None, snapshot=None)
    if letter.replaces_id is None or not reopens(letter) or not never_filed.update(status=F("status")):
        raise WasFiled
    restore(letter, by=by, at=at, note="Замена письма отменена")
    never_filed.delete()


def restore(letter: Letter, *, by: User, at: datetime.datetime, note: str) -> bool:
    """The replacement ends unsent: outcome, figures and appendices are those of the letter in force, and are locked.

    False where the letter reopened no outcome. Call it in the transaction that ends the letter.
    """
    if letter.replaces_id is None or letter.outcome is None or not reopens(letter):
        return False
    reopenings.give_up(outcome=letter.outcome, by=by, at=at, note=note)
    return True


def settle(letter: Letter) -> None:
    """The replacement is sent: link both ways, and close the outcome that was opened for it.

    Call it in the transaction of the sending, before the letter becomes the one in force. Raises AlreadyReplaced.
    """
    if letter.replaces_id is None:
        return
    # What this very letter has replaced already is no refusal: it was sent, which the sending finds by itself.
    free = Q(replaced_by=None) | Q(replaced_by=letter.pk)
    old = Letter.objects.filter(free, pk=letter.replaces_id, status=LetterStatus.SENT)
    # The old one first: an outcome has one letter in force.
    if not old.update(replaced_by=letter):
        raise AlreadyReplaced
    if letter.outcome:
        reopenings.end(outcome=letter.outcome)
        return
    # A written letter that replaces an outcome's, begun before outcomes were opened again, takes the outcome over.
    outcome = Letter.objects.values_list("outcome", flat=True).get(pk=letter.replaces_id)
    if outcome:
        Letter.objects.filter(pk=letter.pk).update(outcome=outcome)
