"""Dispatch: a row for each recipient, claimed before the mail is touched, so that nobody gets a letter twice."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import Center
from rcro_portal import post, store
from rcro_portal.refusals import WrongStep
from reports import parcel, standstill, tasks
from reports.models import Addressee, Letter, Recipient
from reports.models.dispatch import RecipientStatus

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
        _ring(row.pk, at)


def _ring(pk: int, at: datetime.datetime) -> None:
    transaction.on_commit(lambda: tasks.deliver.delay(pk, at.isoformat()), robust=True)


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
    """One for each sending. Nobody guesses it: a bounce is believed by it."""
    return f"<letter-{letter_id}-{whom}.{secrets.token_hex(8)}@{settings.MAIL_DOMAIN}>"


def _recipient(letter: Letter, at: datetime.datetime, **fields: Any) -> Recipient:
    return Recipient(letter=letter, token=secrets.token_urlsafe(24), send_after=at, **fields)


def deliver(*, recipient_id: int, at: datetime.datetime, now: datetime.datetime) -> bool:
    """Send one queued message; True if it left. ``now`` is the machine's clock, ``at`` goes into the row."""
    if quiet(now) or standstill.stands_still():
        return False
    lease = now + datetime.timedelta(seconds=settings.LEASE_SECONDS)
    queued = Recipient.objects.due(now).filter(pk=recipient_id)
    if not queued.update(status=RecipientStatus.SENDING, lease_until=lease, attempts=F("attempts") + 1):
        return False
    recipient = Recipient.objects.select_related("letter__entry", "letter__signature__original").get(pk=recipient_id)
    try:
        _post(recipient)
    except post.NotNow as error:
        _settle(recipient, lease, _later(recipient, now), error=str(error))
    except (post.Refused, ValidationError, store.StoreError) as error:
        _settle(recipient, lease, {"status": RecipientStatus.FAILED}, error=_words(error))
    except post.Unknown as error:
        _settle(recipient, lease, {"status": RecipientStatus.UNKNOWN}, error=str(error))
    else:
        _settle(recipient, lease, {"status": RecipientStatus.SENT, "sent_at": at})
        return True
    return False


def quiet(now: datetime.datetime) -> bool:
    """Nothing leaves between 20:00 and 08:00 in Tomsk, where the setting says so."""
    return settings.QUIET_HOURS and not 8 <= timezone.localtime(now).hour < 20


def _later(recipient: Recipient, now: datetime.datetime) -> dict:
    if recipient.attempts > len(WAITS):
        return {"status": RecipientStatus.FAILED}
    return {"status": RecipientStatus.QUEUED, "send_after": now + WAITS[recipient.attempts - 1]}


def _settle(recipient: Recipient, lease: datetime.datetime, fields: dict, error: str = "") -> None:
    """Only under this worker's own claim: what was doubted and sent again meanwhile is another worker's."""
    claimed = Recipient.objects.filter(pk=recipient.pk, status=RecipientStatus.SENDING, lease_until=lease)
    claimed.update(lease_until=None, error=error, **fields)


def _words(error: Exception) -> str:
    return error.messages[0] if isinstance(error, ValidationError) else str(error)


def _post(recipient: Recipient) -> None:
    post.send(**parcel.message(recipient))


def doubt(*, now: datetime.datetime) -> int:
    """Messages whose worker never came back may have gone: a person decides. Returns how many."""
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
        email=email or recipient.email,
    ):
        raise WrongStep
    _ring(recipient.pk, at)


@transaction.atomic
def send_all_again(*, letter: Letter, at: datetime.datetime) -> int:
    """«Отправить ещё раз всем, до кого не дошло»; returns how many. What is only doubtful stays a person's decision."""
    rows = list(letter.recipients.not_reached().order_by("pk"))
    if not rows:
        raise WrongStep
    for row in rows:
        send_again(recipient=row, at=at)
    return len(rows)


def settle_doubt(*, recipient: Recipient, at: datetime.datetime) -> None:
    """A person knows that a doubtful message has come."""
    unknown = Recipient.objects.filter(pk=recipient.pk, status=RecipientStatus.UNKNOWN)
    if not unknown.update(status=RecipientStatus.SENT, sent_at=at, error=""):
        raise WrongStep


def opened(*, token: str, at: datetime.datetime) -> Recipient | None:
    """Note that the link of a message was followed, once; the recipient it belongs to, or None."""
    Recipient.objects.filter(token=token, opened_at__isnull=True).update(opened_at=at)
    found = Recipient.objects.filter(token=token).select_related("letter__entry", "letter__signature__original")
    return found.first()
