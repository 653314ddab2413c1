"""Official letters that came in: registered with the sender's own number, tied to what they answer."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from centers.models import Organization, User
from events.commitments import commitments
from events.models import Commitment
from events.models.commitment import AnswerWay
from rcro_portal.lib import files, russian, sent_forms, store
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.russian import search_key
from reports.composing import written_numbers
from reports.incoming import resolutions
from reports.models import IncomingLetter, Letter
from reports.models.letter import LetterStatus

TAKEN = (files.PDF, files.DOCX, files.XLSX)


class NotOurs(Refusal):
    """The reply names a letter that the portal did not send."""


class NothingOwed(WrongStep):
    words = "По этому поручению ответ уже есть или не ждут. Обновите страницу."


def answered(number: str, day: datetime.date) -> Letter:
    """The letter that a reply names («на № 941 от 25.09.2020»), as people write numbers. Raises NotOurs."""
    sent = Letter.objects.filter(status=LetterStatus.SENT, entry__in=written_numbers.named(number, day))
    letter = sent.order_by("pk").first()
    if letter is None:
        raise NotOurs(f"Портал не отправлял письма № {number} от {russian.short_date(day)}. Проверьте номер и дату.")
    return letter


def register(
    *, by: User, at: datetime.datetime, data: bytes = b"", file_name: str = "", key: str = "", **fields: Any
) -> IncomingLetter:
    """Enter a letter that came in, with its file if there is one; the form with that ``key`` enters one.

    Raises NotTaken, StoreFull.
    """
    row = {**fields, **(_kept(data, file_name) if data else {}), "registered_by": by, "registered_at": at}
    incoming, _ = sent_forms.once(lambda: IncomingLetter.objects.create(**row), key=key, by=by, at=at)
    return incoming


def known(
    *, sender: Organization | None, sender_name: str, number: str, day: datetime.date | None
) -> IncomingLetter | None:
    """The letter of that sender, number and date that is entered already, however they are spelt."""
    if not number or not day:
        return None
    for row in IncomingLetter.objects.filter(their_on=day).select_related("sender").order_by("pk"):
        same_sender = (
            row.sender_id == sender.pk
            if row.sender_id and sender
            else search_key(row.sender_name) == search_key(sender_name or (sender.short_name if sender else ""))
        )
        if same_sender and search_key(row.their_number) == search_key(number):
            return row
    return None


def _kept(data: bytes, file_name: str) -> dict[str, Any]:
    media_type = files.judge(data, taken=TAKEN)
    name = files.named(file_name, media_type, "Письмо")
    return {"digest": store.put(data), "size": len(data), "file_name": name, "media_type": media_type}


def owed(incoming: IncomingLetter) -> QuerySet[Commitment]:
    """What the sender still owes by the letter that this one answers, or by the outcome that the letter tells."""
    rows = Commitment.objects.to_do().order_by("due_on", "pk")
    if incoming.replies_to is None or incoming.sender is None:
        return rows.none()
    asked = Q(pk__in=incoming.replies_to.commitments.values("commitment"))
    if incoming.replies_to.outcome_id:
        asked |= Q(outcome=incoming.replies_to.outcome_id)
    return rows.filter(asked, organization=incoming.sender_id)


@transaction.atomic
def count_as_answer(*, incoming: IncomingLetter, commitment: Commitment, by: User, at: datetime.datetime) -> None:
    """Enter the letter as the sender's answer to a commitment; it waits for the review as any other answer.

    Raises NothingOwed where the commitment is not owed by the sender, or is answered.
    """
    if not owed(incoming).filter(pk=commitment.pk).exists():
        raise NothingOwed
    tied = IncomingLetter.objects.filter(pk=incoming.pk, commitment=None).update(commitment=commitment)
    if not tied:
        raise WrongStep("Это письмо уже внесено как ответ.")
    file = [(incoming.file_name, incoming.digest, incoming.size)] if incoming.digest else []
    commitments.answer(commitment=commitment, text=_words(incoming), by=by, at=at, way=AnswerWay.MAIL, files=file)
    incoming.commitment = commitment
    resolutions.counted(incoming=incoming, by=by, at=at)


def _words(incoming: IncomingLetter) -> str:
    day = incoming.their_on or timezone.localtime(incoming.registered_at).date()
    return f"Официальный ответ № {incoming.their_number or 'б/н'} от {russian.short_date(day)}: {incoming.subject}"
