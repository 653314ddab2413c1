"""The mail server as Django's backend speaks to it, with what decides over a message's fate.

A server says beforehand how large a message may be: what is larger is not begun. From DATA on a message may have left,
and the server may look into it for minutes before it answers.
"""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

# Somebody waits for the page meanwhile; a worker has the ten minutes of RFC 5321.
IN_THE_WEB = 60


class TooLargeForServer(Exception):
    """The message was not begun; ``size`` is what it has, ``limit`` what the server takes, in bytes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(f"{size} > {limit}")
        self.size, self.limit = size, limit


class Connection(smtplib.SMTP):
    """``begun`` is true once the message itself may have been handed over; then the server has ``answer_seconds``."""

    begun = False
    answer_seconds: float = IN_THE_WEB

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: Any,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
    ) -> Any:
        """Raises TooLargeForServer before the first word of the message."""
        self.ehlo_or_helo_if_needed()
        limit = self.announced_limit()
        if limit and len(msg) > limit:
            raise TooLargeForServer(len(msg), limit)
        return super().sendmail(from_addr, to_addrs, msg, mail_options, rcpt_options)

    def announced_limit(self) -> int:
        """RFC 1870: the largest message in bytes, 0 where the server does not say."""
        said = self.esmtp_features.get("size", "")
        return int(said) if said.isascii() and said.isdigit() else 0

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.begun = True
        self._wait(self.answer_seconds)
        try:
            return super().data(msg)
        finally:
            self._wait(self.timeout)

    def _wait(self, seconds: float) -> None:
        """A server that is silent any longer is left; it may have closed the connection already."""
        if self.sock is not None:
            self.sock.settimeout(seconds)


class ConnectionOverTls(Connection, smtplib.SMTP_SSL):
    """TLS from the first byte, as on port 465."""


class Backend(EmailBackend):
    @property
    def connection_class(self) -> type[Connection]:
        return ConnectionOverTls if self.use_ssl else Connection
