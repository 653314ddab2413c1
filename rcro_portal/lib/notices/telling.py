"""Notices are sent: what is due, once each, the oldest first."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from rcro_portal.lib import post, smtp, sweeps
from rcro_portal.lib.notices import digests, quiet_hours, reasons, sending, stopping, tables
from rcro_portal.lib.notices.messages import TAKEN_BACK, MessageStatus

# A mail server may be away for a day, and everybody gets theirs.
WAITS = (*sending.WAITS, datetime.timedelta(days=1))
BROKEN_OFF = "Отправка прервалась: письмо могло уйти. Уточните у получателя."


def tell_due(*, now: datetime.datetime) -> int:
    """What is due, and what dead workers left; how many were sent. What is left waits for the next time."""
    settle_broken_off(now=now)
    digests.gather(now=now)
    return sweeps.each(due(now), lambda pk: tell(notice_id=pk, now=now))


def tell(*, notice_id: int, now: datetime.datetime) -> bool:
    """Send the notice if it is due and nobody else is at it; whether it was sent."""
    if not due(now).filter(pk=notice_id).exists():
        return False
    told = sending.deliver(tables.notices().filter(pk=notice_id), NOTICES, at=now, now=now)
    digests.settle_lines()
    return told


def tell_here(*, notice: Any, at: datetime.datetime) -> None:
    """Send it while a person waits. What has not left is taken back. Raises PostError where it did not go."""
    message = sending.claimed(tables.notices().filter(pk=notice.pk), at)
    if message is None:
        return
    try:
        sending.hand_over(message, NOTICES, at=at, now=at, waits=smtp.IN_THE_WEB)
    except (post.Refused, post.NotNow) as error:
        rows = tables.notices().filter(pk=notice.pk, status__in=[MessageStatus.QUEUED, MessageStatus.FAILED])
        rows.update(status=TAKEN_BACK, taken_back_at=at, error=str(error))
        raise


def due(now: datetime.datetime) -> Any:
    """Messages that should be on their way; by night only those whose reason does not wait for the morning."""
    rows = tables.notices().by_themselves().due(now)
    if quiet_hours.are_on(now):
        rows = rows.filter(reason__in=[one.key for one in reasons.every_reason() if one.by_night])
    return rows


def settle_broken_off(*, now: datetime.datetime) -> int:
    """A message whose worker died is left to a person, or goes once more where its reason says so; how many."""
    doubled = [one.key for one in reasons.every_reason() if one.doubled]
    again = tables.notices().filter(reason__in=doubled).broken_off(now)
    found = again.update(status=MessageStatus.QUEUED, lease_until=None)
    found += sending.mark_unknown(tables.notices().all(), words=BROKEN_OFF, now=now)
    digests.settle_lines()
    return found


def doubt_what_was_due(*, words: str, now: datetime.datetime) -> int:
    """After a restore from a copy: what the copy holds as due may have gone since. How many a person decides on."""
    doubled = [one.key for one in reasons.every_reason() if one.doubled]
    rows = tables.notices().exclude(reason__in=doubled)
    waiting = rows.due(now) | rows.filter(status=MessageStatus.SENDING)
    return waiting.update(status=MessageStatus.UNKNOWN, lease_until=None, error=words)


def _composed(notice: Any, room: int | None) -> Mapping[str, Any]:  # noqa: ARG001
    body = _body(notice)
    stop_at = stopping.address(notice)
    context = body.context | {"stop_at": stop_at}
    return {
        "to": notice.email,
        "message_id": notice.message_id,
        "subject": notice.subject,
        "text": render_to_string(f"{body.template}.txt", context),
        "html": render_to_string(f"{body.template}.html", context),
        "invitation": body.invitation,
        "stop_at": stop_at,
    }


def _body(notice: Any) -> reasons.Body:
    if notice.reason == digests.DIGEST:
        return _lines(digests.lines(notice))
    reason = reasons.named(notice.reason)
    if reason.body:
        return reason.body(notice)
    assert reason.line, "a reason has a line or a body"
    return _lines([reason.line(notice)])


def _lines(lines: list[reasons.Line]) -> reasons.Body:
    return reasons.Body("mail/lines", {"lines": lines})


NOTICES = sending.Trade(compose=_composed, waits=WAITS)
