"""The mailbox to which bounces come, by IMAP; alone knows IMAP. Nothing in it is changed: people may read it too."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings

from rcro_portal.lib import env
from reports.delivery import dsn

TIMEOUT_SECONDS = 20
# The rest waits for the next time: a task must end before its limit.
AT_ONCE = 50
# What the server says for the moment only, though it says it to a name and a password.
FOR_NOW = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]")


class Trouble(Exception):
    """The mailbox cannot be read now; its text tells the administrator, in Russian, why and what to mend."""


class Report(NamedTuple):
    """The beginning of a notification; ``data`` is None where it has gone from the mailbox meanwhile."""

    number: int
    data: bytes | None


class Box:
    """``numbering``: numbers of messages (UID) mean something while this stays the same (UIDVALIDITY, RFC 9051)."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self.server = server
        _, found = server.response("UIDVALIDITY")
        said = (found or [b""])[-1] or b""
        self.numbering = int(said) if said.isdigit() else 0

    def reports_after(self, number: int) -> Iterator[Report]:
        """Notifications that came after the message with this number, read by people or not, the oldest first."""
        # «6:*» names the last message even where its number is lower.
        told, found = self.server.uid("SEARCH", f"UID {number + 1}:*", "HEADER", "Content-Type", "multipart/report")
        if told != "OK":
            raise Trouble("Сервер почтового ящика не выполнил поиск. Портал попробует ещё раз через пять минут.")
        words = (found[0] or b"").decode("ascii", "replace").split()
        later = sorted(int(word) for word in words if word.isdecimal() and int(word) > number)
        for one in later[:AT_ONCE]:
            yield Report(one, self._beginning(one))

    def _beginning(self, number: int) -> bytes | None:
        """Servers that return a message whole, with its attachments, tell the rest within the first kilobytes."""
        told, answer = self.server.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{dsn.READ_AT_MOST}>)")
        if told != "OK":
            raise Trouble("Сервер почтового ящика не отдал письмо. Портал попробует ещё раз через пять минут.")
        return next((part[1] for part in answer if isinstance(part, tuple)), None)


def address() -> str:
    """Which mailbox it is: numbers of another one mean other messages."""
    return f"{settings.IMAP_USER}@{settings.IMAP_HOST}:{settings.IMAP_PORT}"


@contextmanager
def opened() -> Iterator[Box]:
    """The mailbox that RCRO_IMAP_HOST names. Raises Trouble, also where the connection breaks later on."""
    server = _logged_in()
    try:
        yield Box(server)
    except (OSError, imaplib.IMAP4.error) as error:
        raise Trouble("Связь с сервером ящика прервалась. Портал попробует ещё раз через пять минут.") from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _logged_in() -> imaplib.IMAP4:
    server = _connected()
    try:
        if settings.IMAP_TLS == env.STARTTLS:
            _start_tls(server)
        _log_in(server)
        _open(server)
    except BaseException:
        with suppress(OSError):
            server.shutdown()
        raise
    return server


def _connected() -> imaplib.IMAP4:
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    try:
        if settings.IMAP_TLS == env.IMPLICIT:
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
        return imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)
    except ssl.SSLCertVerificationError as error:
        raise Trouble(_untrusted()) from error
    except ssl.SSLError as error:
        words = f"Порт {port} сервера {host} не шифруется с первого байта. Укажите RCRO_IMAP_TLS=starttls или порт 993."
        raise Trouble(words) from error
    except (OSError, imaplib.IMAP4.error) as error:
        words = f"Сервер {host}, порт {port}, не отвечает. Проверьте RCRO_IMAP_HOST, RCRO_IMAP_PORT и RCRO_IMAP_TLS."
        raise Trouble(words) from error


def _start_tls(server: imaplib.IMAP4) -> None:
    try:
        server.starttls(ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        raise Trouble(_untrusted()) from error
    except (OSError, imaplib.IMAP4.error) as error:
        words = "Сервер ящика не начинает шифрование (STARTTLS). Проверьте RCRO_IMAP_PORT и RCRO_IMAP_TLS."
        raise Trouble(words) from error


def _log_in(server: imaplib.IMAP4) -> None:
    user, password = settings.IMAP_USER, settings.IMAP_PASSWORD
    if "LOGINDISABLED" in server.capabilities:
        raise Trouble("Сервер ящика не берёт пароль без шифрования. Укажите RCRO_IMAP_TLS=starttls или 1.")
    try:
        if f"{user}{password}".isascii():
            server.login(user, password)
        else:
            # LOGIN takes no Cyrillic letters.
            server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    except (OSError, imaplib.IMAP4.error) as error:
        raise Trouble(_not_let_in(error)) from error


def _not_let_in(error: Exception) -> str:
    if isinstance(error, imaplib.IMAP4.abort | OSError) or any(word in str(error) for word in FOR_NOW):
        return "Сервер ящика сейчас никого не впускает. Портал попробует ещё раз через пять минут."
    return "Сервер ящика не принял имя или пароль. Проверьте RCRO_IMAP_USER и RCRO_IMAP_PASSWORD."


def _open(server: imaplib.IMAP4) -> None:
    """Only to read: no message is marked."""
    try:
        told, _ = server.select("INBOX", readonly=True)
    except (OSError, imaplib.IMAP4.error) as error:
        raise Trouble("Папка INBOX почтового ящика не открывается.") from error
    if told != "OK":
        raise Trouble("Папка INBOX почтового ящика не открывается.")


def _untrusted() -> str:
    return f"Сертификат сервера {settings.IMAP_HOST} не заслуживает доверия. Проверьте RCRO_IMAP_HOST и сертификат."
