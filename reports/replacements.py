"""A sent letter is never changed: a later one replaces it, and each names the other."""

import datetime

from django.db import transaction
from django.db.models import F

from centers.models import User
from rcro_portal.refusals import Refusal, WrongStep
from reports import appendices, drafts
from reports.models import Letter
from reports.models.letter import LetterStatus


class NotSent(WrongStep):
    words = "Заменить можно только отправленное письмо. Неотправленное исправляют или аннулируют."


class AlreadyReplaced(WrongStep):
    words = "Это письмо уже заменено другим. Откройте его: оно названо на странице."


class UnderWay(Refusal):
    words = "Письмо взамен этого уже готовится. Откройте его: оно названо на странице."


@transaction.atomic
def begin(*, letter: Letter, by: User, at: datetime.datetime) -> Letter:
    """«Заменить письмом»: a draft of the same kind with the old text, addressees and appendices.

    Raises NotSent, AlreadyReplaced, UnderWay where another replacement is being written or signed.
    """
    # A row of its own to wait for: of two who press at once the second sees the first one's draft.
    Letter.objects.filter(pk=letter.pk).update(status=F("status"))
    letter.refresh_from_db()
    if letter.status != LetterStatus.SENT:
        raise NotSent
    if letter.replaced_by_id:
        raise AlreadyReplaced
    if under_way(letter):
        raise UnderWay
    draft = drafts.begin(kind=letter.kind, replaces=letter, by=by, at=at)
    appendices.copy(snapshot=letter.snapshot, letter=draft)
    return draft


def under_way(letter: Letter) -> Letter | None:
    """The replacement that is being written or signed, if any."""
    return letter.replacements.exclude(status__in=[LetterStatus.ANNULLED, LetterStatus.SENT]).order_by("pk").first()


def settle(letter: Letter) -> None:
    """The replacement was sent: link both ways, and hand over the outcome whose letter the old one was.

    Call it in the transaction of the sending. Raises AlreadyReplaced.
    """
    if letter.replaces_id is None:
        return
    old = Letter.objects.filter(pk=letter.replaces_id, status=LetterStatus.SENT, replaced_by__isnull=True)
    # The old one first: an outcome has one letter that is neither annulled nor replaced.
    if not old.update(replaced_by=letter):
        raise AlreadyReplaced
    outcome = Letter.objects.values_list("outcome", flat=True).get(pk=letter.replaces_id)
    if outcome:
        Letter.objects.filter(pk=letter.pk).update(outcome=outcome)
