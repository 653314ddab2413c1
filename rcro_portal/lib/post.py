"""One message to one address; alone knows mail.

Whoever sends must know what became of the message, for the portal never sends one twice by itself. So every
failure is one of three: Refused (it will never go), NotNow (it has not gone, try later), Unknown (it may have gone).
"""

import logging
import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.validators import validate_email

from rcro_portal.lib import attachments as files
from rcro_portal.lib import smtp

log = logging.getLogger(__name__)
ADDRESS_LIMIT = 254
INVITATION = "meropriyatie.ics"
SETUP = "Покажите эти слова администратору портала, потом отправьте ещё раз."
ASK = "Уточните у получателя или отправьте ещё раз."
# The server's own code in front of its words (RFC 3463): too large for it, or for the mailbox behind it.
_TOO_LARGE = re.compile(r"5\.(?:3\.4|2\.3)\b")
# No STARTTLS; no way to log in that both sides know.
UNABLE = (smtplib.SMTPNotSupportedError, smtplib.SMTPException)
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


class PostError(Exception):
    """Base of what can become of a message that did not go through."""


class Refused(PostError):
    """The address or the message is refused for good; sending it again changes nothing."""


class Rejected(Refused):
    """What the server answered, as «550 no such user»; ``at_recipient``: to the address, before the message."""

    def __init__(self, reply: str, *, at_recipient: bool = False) -> None:
        super().__init__(reply)
        self.at_recipient = at_recipient


class TooLarge(Rejected):
    """With no more than ``room`` bytes of files beside it the message may go; nothing of this one was accepted."""

    def __init__(self, reply: str, *, room: int) -> None:
        super().__init__(reply)
        self.room = room


class NotNow(PostError):
    """The message has not left; it may be sent later."""


class Unreachable(NotNow):
    """There was nobody to hand it to."""


class NotSetUp(NotNow):
    """The portal's own account at the mail server does not work: no message goes until somebody mends that."""


class Unknown(PostError):
    """The connection broke in the middle: the message may have left. A person decides."""


class Invitation(NamedTuple):
    """An entry of a calendar beside the words of a message, by its method (RFC 5546)."""

    method: str
    data: bytes


class _Message(EmailMultiAlternatives):
    """Programs that know calendars show the invitation itself, as one more way to read the message."""

    invitation: Invitation | None = None

    def message(self, **policy: Any) -> EmailMessage:
        made = super().message(**policy)
        if self.invitation:
            ways = next(part for part in made.walk() if part.get_content_type() == "multipart/alternative")
            method = {"method": self.invitation.method}
            ways.add_alternative(self.invitation.data.decode(), subtype="calendar", params=method)
        return made


def normal_address(text: str) -> str:
    """The one way an address is stored and compared: trimmed, in lower case.

    Raises ValidationError where it is not exactly one address that every server can take: Django's own check
    lets a dotless ı pass in the name before @, and a host given by number.
    """
    address = text.strip().lower()
    validate_email(address)
    name, _, domain = address.rpartition("@")
    if not name.isascii() or "[" in domain or len(address) > ADDRESS_LIMIT:
        raise ValidationError(validate_email.message, code="invalid")
    return address


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    attachments: Sequence[tuple[str, bytes, str]] = (),
    in_reply_to: str = "",
    invitation: Invitation | None = None,
    stop_at: str = "",
    waits: float = smtp.IN_THE_WEB,
) -> None:
    """Send one message to one address; returns when the server has taken it.

    ``message_id`` («<…@…>») is the caller's, so that one row is one message whatever happens. An attachment is
    its name, bytes and media type; an empty ``html`` leaves the message plain. ``stop_at``: the address that stops
    such messages by one press, which mail programs show as a button. A server that has the whole message may
    look into it for ``waits`` seconds. Raises Refused, NotNow, Unknown; TooLarge where fewer attachments may go.
    """
    headers = _headers(message_id, in_reply_to, stop_at)
    if invitation:
        attachments = [*attachments, (INVITATION, invitation.data, "application/ics")]
    message = _composed(to, subject, text, html, headers, attachments)
    message.invitation = invitation
    mailer = mailers.default
    try:
        _open(mailer)
        if isinstance(connection := getattr(mailer, "connection", None), smtp.Connection):
            connection.answer_seconds = waits
        _hand_over(mailer, message)
    except smtp.TooLargeForServer as error:
        said = f"в письме {error.size} байт, сервер принимает не больше {error.limit}"
        raise TooLarge(said, room=_room(error, attachments)) from error
    finally:
        # The message's fate is settled: a server that hangs up without a farewell changes nothing.
        with suppress(OSError):
            mailer.close()


def call() -> None:
    """Ask the mail server whether it would take a message of the portal's, without one. Raises NotNow, NotSetUp."""
    mailer = mailers.default
    try:
        _open(mailer)
        if isinstance(connection := getattr(mailer, "connection", None), smtp.Connection):
            connection.ehlo_or_helo_if_needed()
            _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
            if isinstance(told := _answer(*connection.mail(sender)), NotSetUp):
                raise told
    except OSError as error:
        raise NotNow(f"Связь с почтовым сервером прервалась: {error}") from error
    finally:
        with suppress(OSError):
            mailer.close()


def _composed(
    to: str,
    subject: str,
    text: str,
    html: str,
    headers: dict[str, str],
    attachments: Sequence[tuple[str, bytes, str]],
) -> _Message:
    try:
        message = _Message(
            " ".join(subject.split()), text, to=[normal_address(to)], headers=headers, attachments=_parts(attachments)
        )
        if html:
            message.attach_alternative(html, "text/html")
        message.message()
    except ValidationError as error:
        words = f"Адрес не подходит: {to!r}" if to.strip() else "Адреса нет. Впишите его и отправьте ещё раз."
        raise Refused(words) from error
    except ValueError as error:
        raise Refused(f"Письмо не составить: {error}") from error
    return message


def _headers(message_id: str, in_reply_to: str, stop_at: str = "") -> dict[str, str]:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError(f"Not a Message-ID: {message_id!r}")
    # Robots of the receiving side do not answer what says of itself that a machine sent it.
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    if stop_at:  # RFC 8058
        headers |= {"List-Unsubscribe": f"<{stop_at}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers | {"In-Reply-To": in_reply_to, "References": in_reply_to} if in_reply_to else headers


def _parts(attachments: Sequence[tuple[str, bytes, str]]) -> list[Any]:
    """Django's own way for plain names; it has none for names that old programs read too."""
    return [each if each[0].isascii() else files.part(*each) for each in attachments]


def _room(error: smtp.TooLargeForServer, attachments: Sequence[tuple[str, bytes, str]]) -> int:
    """What the server leaves for files once the words have theirs; less than all of them, or it would be no refusal."""
    sizes = [len(data) for _, data, _ in attachments]
    words = error.size - sum(map(files.size_in_message, sizes))
    return max(0, min(files.fits_into(error.limit - max(0, words)), sum(sizes) - 1))


def _open(mailer: Any) -> None:
    try:
        mailer.open()
    except smtplib.SMTPAuthenticationError as error:
        said = _reply(error.smtp_code, error.smtp_error)
        raise NotSetUp(f"Почтовый сервер не принял имя или пароль портала ({said}).") from error
    except ssl.SSLError as error:
        raise NotSetUp(f"С почтовым сервером не удалось защищённое соединение ({error}).") from error
    except OSError as error:
        if type(error) in UNABLE:
            raise NotSetUp(f"Почтовый сервер не умеет того, чего ждут настройки портала ({error}).") from error
        raise Unreachable(f"Почтовый сервер не отвечает: {error}") from error
    except Exception as error:
        log.exception("the mail server could not be called")
        raise NotSetUp(f"Портал не смог войти на почтовый сервер ({error}).") from error


def _hand_over(mailer: Any, message: EmailMultiAlternatives) -> None:
    connection = getattr(mailer, "connection", None)
    try:
        taken = mailer.send_messages([message])
    except smtp.TooLargeForServer:
        raise
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(*next(iter(error.recipients.values())), at_recipient=True) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        if not _begun(connection):
            raise NotNow(f"Связь прервалась раньше, чем письмо начали передавать: {error}") from error
        raise Unknown(f"Связь прервалась, письмо могло уйти. {ASK} ({error})") from error
    except Exception as error:
        if not _begun(connection):
            raise _not_handed(error) from error
        raise Unknown(f"Отправка прервалась, письмо могло уйти. {ASK} ({error})") from error
    if not taken:
        raise Unknown(f"Почтовый сервер не сказал, принято ли письмо. {ASK}")


def _begun(connection: Any) -> bool:
    """Before SMTP's DATA nothing of a message has left; of what is no SMTP nobody knows."""
    return connection.begun if isinstance(connection, smtp.Connection) else True


def _not_handed(error: Exception) -> Refused:
    """Whatever broke before the message itself was begun: nothing has left, and the next try would break too."""
    log.error("a message was not handed over", exc_info=error)
    return Refused(f"Письмо не ушло: портал не смог передать его почтовому серверу ({error}). {SETUP}")


def _answer(code: int, words: bytes | str, *, at_recipient: bool = False) -> PostError:
    """A reply of the server, whichever command it answers, means that it has not taken the message."""
    said = _reply(code, words)
    if code == 530:  # RFC 4954: authentication required
        return NotSetUp(f"Почтовый сервер ждёт от портала имени и пароля ({said}).")
    if code < 500:
        return NotNow(said)
    if _TOO_LARGE.search(said) or (code == 552 and not at_recipient):
        return TooLarge(said, room=0)
    return Rejected(said, at_recipient=at_recipient)


def _reply(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
