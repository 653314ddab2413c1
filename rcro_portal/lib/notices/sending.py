"""One message: claimed before the mail is touched, handed over, and what became of it put down.

Whoever dies in the middle leaves the row claimed: its message may have gone.
"""

import datetime
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import F

from rcro_portal.lib import post
from rcro_portal.lib.notices import bounce_words, mail_fault
from rcro_portal.lib.notices.messages import TAKEN_BACK, Message, MessageQuerySet, MessageStatus

log = logging.getLogger(__name__)
# Waits after a message that has not left: 1, 5, 15 minutes, 1 and 6 hours.
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360))


class NoLongerSo(Exception):
    """What the message would tell is true no more: it is taken back, with these words for people in its row."""


@dataclass(frozen=True)
class Trade:
    """What a table of messages has of its own.

    ``compose`` gets the claimed row and how many bytes of files the mail server leaves room for, None where it has not
    said; it returns what ``post.send`` takes. Its ``refusals`` have words for people, as ValidationError has.
    """

    compose: Callable[[Any, int | None], Mapping[str, Any]]
    refusals: tuple[type[Exception], ...] = ()
    waits: Sequence[datetime.timedelta] = WAITS


def deliver(row: MessageQuerySet, trade: Trade, *, at: datetime.datetime, now: datetime.datetime) -> bool:
    """Send the one message if it is due and nobody else has it; True if it left.

    ``now`` is the machine's clock, ``at`` goes into the row. While the portal's own account does not work, one a minute
    of all that are due is tried.
    """
    if not (row.due(now).exists() and mail_fault.may_try(now)):
        return False
    message = claimed(row, now)
    if message is None:
        return False
    try:
        hand_over(message, trade, at=at, now=now, waits=settings.MAIL_ANSWER_SECONDS)
    except (post.PostError, NoLongerSo):
        return False
    return True


def claimed(row: MessageQuerySet, now: datetime.datetime) -> Any:
    """The one message of ``row``, this worker's alone; None where it is not due or another has it."""
    if (lease := row.claim(now)) is None:
        return None
    message = row.get()
    message.lease_until = lease
    return message


def hand_over(message: Message, trade: Trade, *, at: datetime.datetime, now: datetime.datetime, waits: float) -> None:
    """Post what was claimed; what comes of it stands in the row. Raises PostError, NoLongerSo where it did not go."""
    try:
        _post(message, trade, waits)
    except post.NotSetUp as error:
        mail_fault.note(words=str(error), now=now)
        settle(message, {"status": MessageStatus.QUEUED, "attempts": F("attempts") - 1}, mail_fault.HELD)
        raise
    except post.NotNow as error:
        settle(message, _later(message, trade, now), str(error))
        raise
    except post.Refused as error:
        words = bounce_words.refusal(error) if isinstance(error, post.Rejected) else str(error)
        settle(message, {"status": MessageStatus.FAILED}, words)
        raise
    except post.Unknown as error:
        settle(message, {"status": MessageStatus.UNKNOWN}, str(error))
        raise
    except NoLongerSo as over:
        settle(message, {"status": TAKEN_BACK, "taken_back_at": now}, str(over))
        raise
    settle(message, {"status": MessageStatus.SENT, "sent_at": at})
    mail_fault.over()


def _later(message: Message, trade: Trade, now: datetime.datetime) -> dict[str, Any]:
    if message.attempts > len(trade.waits):
        return {"status": MessageStatus.FAILED}
    return {"status": MessageStatus.QUEUED, "send_after": now + trade.waits[message.attempts - 1]}


def settle(message: Message, fields: Mapping[str, Any], error: str = "") -> None:
    """Only under this worker's own claim: what was marked unknown and sent again meanwhile is another worker's."""
    _claimed_by_this(message).update(lease_until=None, error=error, **fields)


def _claimed_by_this(message: Message) -> Any:
    rows = type(message)._default_manager
    return rows.filter(pk=message.pk, status=MessageStatus.SENDING, lease_until=message.lease_until)


def _renewed(message: Message) -> bool:
    """The claim for as long again, where it is still this worker's."""
    assert message.lease_until, "only what is claimed is renewed"
    lease = message.lease_until + datetime.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    if not _claimed_by_this(message).update(lease_until=lease):
        return False
    message.lease_until = lease
    return True


def _post(message: Message, trade: Trade, waits: float, room: int | None = None) -> None:
    """Files that the mail server does not take beside the words are left out: nothing of the message had left."""
    parts = _composed(message, trade, room)
    try:
        post.send(**parts, waits=waits)
    except post.TooLarge as error:
        if not parts.get("attachments") or not _renewed(message):
            raise
        _post(message, trade, waits, error.room)
    except post.Rejected:  # a server that answers so has taken the portal's password
        mail_fault.over()
        raise


def _composed(message: Message, trade: Trade, room: int | None) -> Mapping[str, Any]:
    """What breaks while the message is put together is a refusal."""
    try:
        return trade.compose(message, room)
    except (post.PostError, NoLongerSo):
        raise
    except ValidationError as error:
        raise post.Refused(error.messages[0]) from error
    except trade.refusals as error:
        raise post.Refused(str(error)) from error
    except DatabaseError as error:
        raise post.NotNow(f"База данных не отвечает, письмо не составлено: {error}") from error
    except Exception as error:
        log.exception("%s %s cannot be put together", type(message).__name__, message.pk)
        raise post.Refused(f"Письмо не составить ({error}). {post.SETUP}") from error


def mark_unknown(rows: MessageQuerySet, *, words: str, now: datetime.datetime) -> int:
    """Mark messages whose worker did not come back: they may have left, and a person decides. Returns how many."""
    return rows.broken_off(now).update(status=MessageStatus.UNKNOWN, lease_until=None, error=words)
