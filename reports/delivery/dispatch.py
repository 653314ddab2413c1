"""Dispatch: a row for each recipient, claimed before the mail is touched, so that no recipient gets a letter twice."""

import datetime
import logging
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from centers.models import Center
from rcro_portal.lib import post, store
from rcro_portal.lib.refusals import WrongStep
from reports import halted, nudges
from reports.delivery import bounce_words, delivery_message, mail_fault
from reports.models import Addressee, Letter, Recipient
from reports.models.dispatch import RecipientStatus

log = logging.getLogger(__name__)
# Waits after a message that has not left: 1, 5, 15 minutes, 1 and 6 hours.
WAITS = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360)]


def queue(
    *, letter: Letter, centers: Iterable[Center], addressees: Iterable[Addressee] = (), at: datetime.datetime
) -> None:
    """A row for each centre and each addressee by name; inside the transaction that releases the letter."""
    day = timezone.localtime(at).date()
    meant = [_of_center(letter, center, day) for center in centers] + [_of_addressee(row) for row in addressees]
    rows = Recipient.objects.bulk_create(_recipient(letter, at, **fields) for fields in meant)
    for row in rows:
        nudges.deliver(row.pk, at)


def _of_center(letter: Letter, center: Center, day: datetime.date) -> dict[str, Any]:
    person = center.coordinator_on(day)
    return {
        "center": center,
        "person": person,
        "name": person.full_name if person else center.organization.short_name,
        "email": (person.email if person else "") or center.organization.email,
        "message_id": _message_id(letter.pk, f"center-{center.pk}"),
    }


def _of_addressee(row: Addressee) -> dict[str, Any]:
    known = row.person.full_name if row.person else row.organization.short_name if row.organization else ""
    return {
        "addressee": row,
        "person": row.person,
        "name": known or row.lines.replace("\n", ", ")[:300],
        "email": row.email,
        "message_id": _message_id(row.letter_id, f"addressee-{row.pk}"),
    }


def _message_id(letter_id: int, whom: str) -> str:
    """One for each sending, with a secret part: a bounce is believed by it."""
    return f"<letter-{letter_id}-{whom}.{secrets.token_hex(8)}@{settings.MAIL_DOMAIN}>"


def _recipient(letter: Letter, at: datetime.datetime, **fields: Any) -> Recipient:
    return Recipient(letter=letter, token=secrets.token_urlsafe(24), send_after=at, **fields)


def deliver(*, recipient_id: int, at: datetime.datetime, now: datetime.datetime) -> bool:
    """Send one queued message; True if it left. ``now`` is the machine's clock, ``at`` goes into the row."""
    if quiet(now) or halted.is_halted() or not _may_leave(recipient_id, now):
        return False
    lease = now + datetime.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    queued = Recipient.objects.due(now).filter(pk=recipient_id)
    if not queued.update(status=RecipientStatus.SENDING, lease_until=lease, attempts=F("attempts") + 1):
        return False
    recipient = Recipient.objects.select_related("letter__entry", "letter__signature__original").get(pk=recipient_id)
    recipient.lease_until = lease
    try:
        _post(recipient)
    except post.NotSetUp as error:
        mail_fault.note(words=str(error), now=now)
        _settle(recipient, {"status": RecipientStatus.QUEUED, "attempts": F("attempts") - 1}, mail_fault.HELD)
    except post.NotNow as error:
        _settle(recipient, _later(recipient, now), error=str(error))
    except (post.Refused, ValidationError, store.StoreError) as error:
        _settle(recipient, {"status": RecipientStatus.FAILED}, error=_words(error))
    except post.Unknown as error:
        _settle(recipient, {"status": RecipientStatus.UNKNOWN}, error=str(error))
    else:
        _settle(recipient, {"status": RecipientStatus.SENT, "sent_at": at})
        mail_fault.over()
        return True
    return False


def _may_leave(recipient_id: int, now: datetime.datetime) -> bool:
    """It is due; and of all that are due while the portal's own account does not work, one a minute is tried."""
    return Recipient.objects.due(now).filter(pk=recipient_id).exists() and mail_fault.may_try(now)


def quiet(now: datetime.datetime) -> bool:
    """Nothing leaves between 20:00 and 08:00 in Tomsk, where the setting says so."""
    return settings.QUIET_HOURS and not 8 <= timezone.localtime(now).hour < 20


def _later(recipient: Recipient, now: datetime.datetime) -> dict:
    if recipient.attempts > len(WAITS):
        return {"status": RecipientStatus.FAILED}
    return {"status": RecipientStatus.QUEUED, "send_after": now + WAITS[recipient.attempts - 1]}


def _settle(recipient: Recipient, fields: dict, error: str = "") -> None:
    """Only under this worker's own claim: what was marked unknown and sent again meanwhile is another worker's."""
    _claimed(recipient).update(lease_until=None, error=error, **fields)


def _claimed(recipient: Recipient) -> QuerySet[Recipient]:
    return Recipient.objects.filter(pk=recipient.pk, status=RecipientStatus.SENDING, lease_until=recipient.lease_until)


def _renewed(recipient: Recipient) -> bool:
    """The claim for as long again, where it is still this worker's."""
    assert recipient.lease_until, "only what is claimed is renewed"
    lease = recipient.lease_until + datetime.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    if not _claimed(recipient).update(lease_until=lease):
        return False
    recipient.lease_until = lease
    return True


def _words(error: Exception) -> str:
    if isinstance(error, post.Rejected):
        return bounce_words.refusal(error)
    return error.messages[0] if isinstance(error, ValidationError) else str(error)


def _post(recipient: Recipient, room: int | None = None) -> None:
    """Files that the mail server does not take beside the words go as links: nothing of the message had left.

    Raises PostError, ValidationError, StoreError.
    """
    message = _composed(recipient, room)
    try:
        post.send(**message, waits=settings.MAIL_ANSWER_SECONDS)
    except post.TooLarge as error:
        if not message["attachments"] or not _renewed(recipient):
            raise
        _post(recipient, error.room)
    except post.Rejected:  # a server that answers so has taken the portal's password
        mail_fault.over()
        raise


def _composed(recipient: Recipient, room: int | None) -> dict[str, Any]:
    """What breaks while the message is put together is a refusal."""
    try:
        return delivery_message.compose(recipient, room)
    except (ValidationError, store.StoreError):
        raise
    except DatabaseError as error:
        raise post.NotNow(f"База данных не отвечает, письмо не составлено: {error}") from error
    except Exception as error:
        log.exception("the message to recipient %s cannot be put together", recipient.pk)
        raise post.Refused(f"Письмо не составить ({error}). {post.SETUP}") from error


def mark_unknown(*, now: datetime.datetime) -> int:
    """Mark messages whose worker did not come back: they may have left, and a person decides. Returns how many."""
    return Recipient.objects.broken_off(now).update(
        status=RecipientStatus.UNKNOWN,
        lease_until=None,
        error="Отправка прервалась: письмо могло уйти. Уточните у центра или отправьте ещё раз.",
    )


@transaction.atomic
def send_again(*, recipient: Recipient, at: datetime.datetime, email: str = "") -> None:
    """A person decides that a failed, returned or doubtful message goes once more, to ``email`` where it is given.

    It goes under a new Message-ID, so that a late bounce of the former sending does not speak of this one.
    """
    whom = f"center-{recipient.center_id}" if recipient.center_id else f"addressee-{recipient.addressee_id}"
    doubtful = Recipient.objects.doubtful().filter(pk=recipient.pk)
    if not doubtful.update(
        status=RecipientStatus.QUEUED,
        send_after=at,
        attempts=0,
        error="",
        sent_at=None,
        bounced_at=None,
        message_id=_message_id(recipient.letter_id, whom),
        **_mended(recipient, email),
    ):
        raise WrongStep
    nudges.deliver(recipient.pk, at)


def _mended(recipient: Recipient, email: str) -> dict[str, str]:
    """The address that the record gave is kept beside the first one that differs from it.

    What went to a wrong address may have been read there: its link opens nothing any more.
    """
    if not email or email == recipient.email:
        return {}
    first = recipient.email if recipient.mended_from is None else recipient.mended_from
    return {"email": email, "mended_from": first, "token": secrets.token_urlsafe(24)}


@transaction.atomic
def send_all_again(*, letter: Letter, at: datetime.datetime) -> int:
    """«Отправить ещё раз всем, до кого не дошло»; returns how many. What is only doubtful stays a person's decision."""
    rows = list(letter.recipients.not_reached().order_by("pk"))
    if not rows:
        raise WrongStep
    for row in rows:
        send_again(recipient=row, at=at)
    return len(rows)


def confirm_delivered(*, recipient: Recipient, at: datetime.datetime) -> None:
    """Record that a message of unknown state has arrived, on a person's word."""
    unknown = Recipient.objects.filter(pk=recipient.pk, status=RecipientStatus.UNKNOWN)
    if not unknown.update(status=RecipientStatus.SENT, sent_at=at, error=""):
        raise WrongStep


def opened(*, token: str, at: datetime.datetime) -> Recipient | None:
    """Note that the link of a message was followed, once; the recipient it belongs to, or None."""
    Recipient.objects.filter(token=token, opened_at__isnull=True).update(opened_at=at)
    found = Recipient.objects.filter(token=token).select_related("letter__entry", "letter__signature__original")
    return found.first()
