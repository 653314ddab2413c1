"""Messages about a changed account, each to one address.

They are sent at least once: one that comes twice after a crash does no harm, one that never comes hides a theft.
"""

import datetime
import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from centers import returns
from centers.models import ChangeKind, Notice
from rcro_portal.lib import post

log = logging.getLogger(__name__)
WAITS = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360, 1440)]
# The portal's own account at the mail server does not work: no notice pays for that with an attempt.
HELD = datetime.timedelta(minutes=15)
AT_ONCE = 50


def tell_due(*, now: datetime.datetime) -> int:
    """Send what is due, the oldest first; how many were sent. What is left waits for the next time."""
    due = Notice.objects.due(now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(tell(notice_id=pk, now=now) for pk in list(due))


def tell(*, notice_id: int, now: datetime.datetime) -> bool:
    """Send the notice if it is due and nobody else is at it; whether it was sent."""
    lease = now + datetime.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    if Notice.objects.due(now).filter(pk=notice_id).update(next_try_at=lease) != 1:
        return False
    notice = Notice.objects.select_related("change__user__person", "change__by__person").get(pk=notice_id)
    try:
        _send(notice)
    except post.NotSetUp:
        Notice.objects.filter(pk=notice.pk).update(next_try_at=now + HELD)
        return False
    except post.NotNow as error:
        _later(notice, str(error), now)
        return False
    except post.PostError as error:
        _give_up(notice, str(error))
        return False
    Notice.objects.filter(pk=notice.pk).update(sent_at=now, attempts=notice.attempts + 1)
    return True


def _later(notice: Notice, words: str, now: datetime.datetime) -> None:
    if notice.attempts >= len(WAITS):
        _give_up(notice, words)
        return
    again = now + WAITS[notice.attempts]
    Notice.objects.filter(pk=notice.pk).update(next_try_at=again, attempts=notice.attempts + 1)


def _give_up(notice: Notice, words: str) -> None:
    log.error("notice %s of a changed account was not sent: %s", notice.pk, words)
    Notice.objects.filter(pk=notice.pk).update(failure=words or "неизвестно", attempts=notice.attempts + 1)


def _send(notice: Notice) -> None:
    change = notice.change
    moved = change.kind == ChangeKind.ADDRESS_CHANGED and notice.to != change.user.email
    gone = moved or change.kind == ChangeKind.CLOSED
    url = "" if gone else settings.BASE_URL + reverse("account_reset_password")
    context = {"change": change, "gone": gone, "url": url, "label": "Задать новый пароль, если это не вы"}
    post.send(
        to=notice.to,
        subject=f"{change.get_kind_display()} – портал сети РВЦИ",
        text=render_to_string("mail/account_change.txt", context),
        html=render_to_string("mail/account_change.html", context),
        message_id=returns.message_id(notice),
        waits=settings.MAIL_ANSWER_SECONDS,
    )
