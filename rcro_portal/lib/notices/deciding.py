"""A person decides on a message that may not have arrived: it goes once more, or it is there already."""

import datetime
from typing import Any

from django.db import transaction

from rcro_portal.lib.notices import choices, digests, planning, quiet_hours, reasons, tables
from rcro_portal.lib.notices.messages import DOUBTFUL, MessageStatus
from rcro_portal.lib.refusals import Refusal, WrongStep


class Stopped(Refusal):
    words = "Получатель отказался от напоминаний и сводок, поэтому портал их не повторяет. Сообщите ему сами."


class NoSuchReason(Refusal):
    words = "Портал больше не пишет по этому поводу, поэтому повторить сообщение нельзя."


@transaction.atomic
def send_again(*, notice: Any, by: Any, at: datetime.datetime) -> datetime.datetime:
    """It goes under a new Message-ID, so that a late bounce of the former sending does not speak of this one; a digest
    with the lines that it had. Its words are made anew: what is true no more is taken back in place of being sent.

    Returns the moment from which it goes. Raises Stopped, NoSuchReason, WrongStep where it is not doubtful any more.
    """
    reason = _reason(notice)
    choice = choices.of([notice.email]).get(notice.email)
    if choice is not None and choice.stopped_at and (reason is None or reason.may_stop):
        raise Stopped
    moment = planning.due(reason, at, in_digest=False) if reason else quiet_hours.by_day(at)
    afresh = {
        "status": MessageStatus.QUEUED,
        "send_after": moment,
        "attempts": 0,
        "error": "",
        "sent_at": None,
        "bounced_at": None,
        "claimed_at": None,
        "lease_until": None,
    }
    decided = {"message_id": planning.new_message_id(), "decided_by": by, "decided_at": at}
    if not _doubtful(notice).update(**afresh, **decided):
        raise WrongStep
    notice.lines.filter(status__in=DOUBTFUL).update(**afresh)
    if moment <= at:
        planning.ring(notice.pk)
    return moment


@transaction.atomic
def confirm_arrived(*, notice: Any, by: Any, at: datetime.datetime) -> None:
    """On a person's word. Raises WrongStep where it is not unknown what became of it."""
    there = {"status": MessageStatus.SENT, "sent_at": at, "error": ""}
    unknown = _doubtful(notice).filter(status=MessageStatus.UNKNOWN)
    if not unknown.update(**there, decided_by=by, decided_at=at):
        raise WrongStep
    notice.lines.filter(status=MessageStatus.UNKNOWN).update(**there)


def _doubtful(notice: Any) -> Any:
    """A line of a digest goes with its digest."""
    return tables.notices().by_themselves().doubtful().filter(pk=notice.pk)


def _reason(notice: Any) -> reasons.Reason | None:
    """None for a digest. Raises NoSuchReason."""
    if notice.reason == digests.DIGEST:
        return None
    try:
        return reasons.named(notice.reason)
    except KeyError as error:
        raise NoSuchReason from error
