"""A message that had left comes back."""

import datetime

from rcro_portal.lib.notices.messages import MessageQuerySet, MessageStatus
from rcro_portal.lib.refusals import Refusal


class StillOnItsWay(Refusal):
    words = "Сообщение ещё передаётся. Повторите позже."


def take(rows: MessageQuerySet, *, words: str, at: datetime.datetime) -> bool:
    """The message came back for good; True if that changed one of the ``rows`` that have its Message-ID.

    A row that was sent again has another Message-ID since, and one that came back already is left as it is. A doubtful
    message that came back is doubtful no more. Raises StillOnItsWay where its worker has not put it down yet.
    """
    if rows.filter(status=MessageStatus.SENT).update(status=MessageStatus.BOUNCED, bounced_at=at, error=words):
        return True
    if rows.filter(status=MessageStatus.UNKNOWN).update(status=MessageStatus.FAILED, error=words):
        return True
    if rows.filter(status=MessageStatus.SENDING).exists():
        raise StillOnItsWay
    return False
