"""Bounces: what a mail server or a provider says of a message that had left already."""

import datetime
import logging

from django.conf import settings
from django.db import transaction

from rcro_portal.lib.notices import bounce_words, returning
from rcro_portal.models import Notice
from reports.delivery import dsn, mailbox
from reports.models import MailboxReading, Recipient

log = logging.getLogger(__name__)


@transaction.atomic
def take(*, message_id: str, status: str, at: datetime.datetime, refused: str = "") -> bool:
    """The message with this Message-ID came back for good, from the address ``refused`` where that is known; True if
    that changed a row.

    What that means for a row says ``returning.take``. Raises StillOnItsWay where its worker has not put it down yet.
    """
    rows = Recipient.objects.filter(message_id=message_id)
    written_to = rows.values_list("email", flat=True).first()
    words = bounce_words.said(status, forwarded=bool(refused and written_to) and refused != written_to)
    if returning.take(rows, words=words, at=at):
        return True
    return returning.take(Notice.objects.filter(message_id=message_id), words=words, at=at)


def collect(*, at: datetime.datetime) -> int:
    """Read the new notifications of the mailbox; returns how many rows they changed. Nothing where there is no mailbox.

    A mailbox that cannot be read says why on the administrator's home page, and is read the next time.
    """
    if not settings.IMAP_HOST:
        return 0
    reading = MailboxReading.of_mailbox(mailbox.address())
    try:
        with mailbox.opened() as box:
            changed = _read(box, reading, at)
    except mailbox.Trouble as trouble:
        # A server's own words go nowhere: they are a stranger's.
        log.warning("the mailbox of bounces cannot be read: %s", type(trouble.__cause__ or trouble).__name__)
        reading.failed(str(trouble), at)
        return 0
    reading.went_well(at)
    return changed


def _read(box: mailbox.Box, reading: MailboxReading, at: datetime.datetime) -> int:
    """What cannot be recorded yet is read again, with all that came after it: twice changes no more than once."""
    changed, waits = 0, False
    for report in box.reports_after(reading.begin(box.numbering)):
        try:
            changed += _put_down(report.data, at)
        except returning.StillOnItsWay:
            waits = True
        if not waits:
            reading.move_to(report.number)
    return changed


def _put_down(data: bytes | None, at: datetime.datetime) -> bool:
    notice = dsn.read(data) if data is not None else None
    if notice is None:
        log.warning("a message in the mailbox of bounces could not be read as a notification")
        return False
    told = {"message_id": notice.message_id, "status": notice.status, "refused": notice.refused}
    return notice.permanent and take(**told, at=at)
