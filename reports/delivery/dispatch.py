"""Dispatch: a row for each recipient, claimed before the mail is touched, so that no recipient gets a letter twice."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from centers.models import Center
from rcro_portal.lib import store
from rcro_portal.lib.notices import quiet_hours, sending
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.refusals import WrongStep
from reports import halted, nudges
from reports.delivery import delivery_message
from reports.models import Addressee, Letter, Recipient

LETTERS = sending.Trade(
    compose=lambda recipient, room: delivery_message.compose(recipient, room), refusals=(store.StoreError,)
)
BROKEN_OFF = "Отправка прервалась: письмо могло уйти. Уточните у центра или отправьте ещё раз."


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
    if quiet_hours.are_on(now) or halted.is_halted():
        return False
    row = Recipient.objects.select_related("letter__entry", "letter__signature__original").filter(pk=recipient_id)
    return sending.deliver(row, LETTERS, at=at, now=now)


def mark_unknown(*, now: datetime.datetime) -> int:
    """Mark messages whose worker did not come back: they may have left, and a person decides. Returns how many."""
    return sending.mark_unknown(Recipient.objects.all(), words=BROKEN_OFF, now=now)


@transaction.atomic
def send_again(*, recipient: Recipient, at: datetime.datetime, email: str = "") -> None:
    """A person decides that a failed, returned or doubtful message goes once more, to ``email`` where it is given.

    It goes under a new Message-ID, so that a late bounce of the former sending does not speak of this one.
    """
    whom = f"center-{recipient.center_id}" if recipient.center_id else f"addressee-{recipient.addressee_id}"
    doubtful = Recipient.objects.doubtful().filter(pk=recipient.pk)
    if not doubtful.update(
        status=MessageStatus.QUEUED,
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
    unknown = Recipient.objects.filter(pk=recipient.pk, status=MessageStatus.UNKNOWN)
    if not unknown.update(status=MessageStatus.SENT, sent_at=at, error=""):
        raise WrongStep


def opened(*, token: str, at: datetime.datetime) -> Recipient | None:
    """Note that the link of a message was followed, once; the recipient it belongs to, or None."""
    Recipient.objects.filter(token=token, opened_at__isnull=True).update(opened_at=at)
    found = Recipient.objects.filter(token=token).select_related("letter__entry", "letter__signature__original")
    return found.first()
