"""The mailbox to which bounces come, by IMAP; alone knows IMAP."""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings

from reports import dsn

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20
# The rest waits for the next time: a task must end before its limit.
AT_ONCE = 50


class Unread(NamedTuple):
    """``data`` is None for a message above the limit, which is not fetched."""

    number: str
    data: bytes | None


class Box:
    def __init__(self, server: imaplib.IMAP4 | None) -> None:
        self.server = server

    def unread_reports(self) -> Iterator[Unread]:
        """Notifications that nobody has read; what people write is left alone."""
        if self.server is None:
            return
        _, found = self.server.uid("SEARCH", "UNSEEN", "HEADER", "Content-Type", "multipart/report")
        for number in (found[0] or b"").decode("ascii", "replace").split()[:AT_ONCE]:
            if number.isdecimal():
                yield Unread(number, self._fetched(number))

    def _fetched(self, number: str) -> bytes | None:
        assert self.server is not None
        _, answer = self.server.uid("FETCH", number, "(RFC822.SIZE)")
        size = re.search(rb"RFC822\.SIZE (\d{1,12})", b" ".join(part for part in answer if isinstance(part, bytes)))
        if size is None or int(size[1]) > dsn.SIZE_AT_MOST:
            return None
        _, answer = self.server.uid("FETCH", number, "(BODY.PEEK[])")
        return next((part[1] for part in answer if isinstance(part, tuple)), None)

    def mark_read(self, message: Unread) -> None:
        if self.server is not None:
            self.server.uid("STORE", message.number, "+FLAGS", r"(\Seen)")


@contextmanager
def opened() -> Iterator[Box]:
    """The mailbox that RCRO_IMAP_HOST names; an empty one where it names none, or where the server does not answer.

    A server that fails is logged without its words; what was not marked as read is found the next time.
    """
    server = _connected() if settings.IMAP_HOST else None
    try:
        yield Box(server)
    except (OSError, imaplib.IMAP4.error) as error:
        _complain(error)
    finally:
        if server is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()


def _connected() -> imaplib.IMAP4 | None:
    try:
        return _logged_in()
    except (OSError, imaplib.IMAP4.error) as error:
        _complain(error)
        return None


def _logged_in() -> imaplib.IMAP4:
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    if settings.IMAP_TLS:
        context = ssl.create_default_context()
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        server = imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)
    try:
        server.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        server.select("INBOX")
    except (OSError, imaplib.IMAP4.error):
        with suppress(OSError):
            server.shutdown()
        raise
    return server


def _complain(error: Exception) -> None:
    log.warning("the mailbox of bounces does not answer: %s", type(error).__name__)
