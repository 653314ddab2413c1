"""Bounces: what a mail server or a provider says of a message that had left already."""

import datetime
import logging
import re
from contextlib import suppress

from django.db import transaction

from rcro_portal.refusals import Refusal
from reports import dsn, mailbox
from reports.models import Recipient
from reports.models.dispatch import RecipientStatus

log = logging.getLogger(__name__)

MEND = "Исправить адрес и отправить ещё раз."
# By the subject and detail of RFC 3463, the longest beginning first.
WORDS = (
    (r"5\.2\.2", "Не доставлено: ящик получателя переполнен. Отправить ещё раз, когда в нём освободят место."),
    (r"5\.2\.3|5\.3\.4", "Не доставлено: письмо слишком велико для ящика получателя. Передать ссылку на него."),
    (r"5\.2\.1", f"Не доставлено: ящик получателя отключён. {MEND}"),
    (r"5\.1\.[78]", "Не доставлено: сервер получателя не принимает адрес портала. Обратиться к администратору."),
    (r"5\.1\.", f"Не доставлено: адрес не существует. {MEND}"),
    (r"5\.7\.", "Не доставлено: сервер получателя отклонил письмо по своим правилам. Позвонить получателю."),
    (r"4\.", f"Не доставлено: сервер получателя так и не принял письмо. Проверить адрес. {MEND}"),
)
OTHERWISE = f"Не доставлено: сервер получателя вернул письмо. {MEND}"


class StillOnItsWay(Refusal):
    words = "Сообщение ещё передаётся. Повторите позже."


@transaction.atomic
def take(*, message_id: str, status: str, at: datetime.datetime) -> bool:
    """The message with this Message-ID came back for good; True if that changed a row.

    A row that was sent again has another Message-ID since, and one that came back already is left as it is. A doubtful
    message that came back is doubtful no more. Raises StillOnItsWay where its worker has not put it down yet.
    """
    rows = Recipient.objects.filter(message_id=message_id)
    words = said(status)
    if rows.filter(status=RecipientStatus.SENT).update(status=RecipientStatus.BOUNCED, bounced_at=at, error=words):
        return True
    if rows.filter(status=RecipientStatus.UNKNOWN).update(status=RecipientStatus.FAILED, error=words):
        return True
    if rows.filter(status=RecipientStatus.SENDING).exists():
        raise StillOnItsWay
    return False


def said(status: str) -> str:
    """What the code of RFC 3463 means, and what to do; the stranger's own words are never shown."""
    words = next((words for code, words in WORDS if re.match(code, status)), OTHERWISE)
    return f"{words} (Код {status}.)" if status else words


def collect(*, at: datetime.datetime) -> int:
    """Read the new notifications of the mailbox; returns how many rows they changed. Nothing where there is no mailbox.

    What cannot be put down yet stays unread and is read the next time.
    """
    changed = 0
    with mailbox.opened() as box:
        for message in box.unread_reports():
            with suppress(StillOnItsWay):
                changed += _put_down(message.data, at)
                box.mark_read(message)
    return changed


def _put_down(data: bytes | None, at: datetime.datetime) -> bool:
    notice = dsn.read(data) if data is not None else None
    if notice is None:
        log.warning("a message in the mailbox of bounces could not be read as a notification")
        return False
    return notice.permanent and take(message_id=notice.message_id, status=notice.status, at=at)
