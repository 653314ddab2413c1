"""One message to one address; alone knows mail.

Whoever sends must know what became of the message, for the portal never sends one twice by itself. So every
failure is one of three: Refused (it will never go), NotNow (it has not gone, try later), Unknown (it may have gone).
"""

import re
import smtplib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.validators import validate_email

ADDRESS_LIMIT = 254
ASK = "Уточните у получателя или отправьте ещё раз."
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


class PostError(Exception):
    """Base of what can become of a message that did not go through."""


class Refused(PostError):
    """The address or the message is refused for good; sending it again changes nothing."""


class NotNow(PostError):
    """The message has not left; it may be sent later."""


class Unknown(PostError):
    """The connection broke in the middle: the message may have left. A person decides."""


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
) -> None:
    """Send one message to one address; returns when the server has taken it.

    ``message_id`` («<…@…>») is the caller's, so that one row is one message whatever happens. An attachment is
    its name, bytes and media type; an empty ``html`` leaves the message plain. Raises Refused, NotNow, Unknown.
    """
    message = _composed(to, subject, text, html, _headers(message_id, in_reply_to), attachments)
    mailer = mailers.default
    _open(mailer)
    try:
        _hand_over(mailer, message)
    finally:
        # The message's fate is settled: a server that hangs up without a farewell changes nothing.
        with suppress(OSError):
            mailer.close()


def _composed(
    to: str,
    subject: str,
    text: str,
    html: str,
    headers: dict[str, str],
    attachments: Sequence[tuple[str, bytes, str]],
) -> EmailMultiAlternatives:
    try:
        message = EmailMultiAlternatives(
            " ".join(subject.split()), text, to=[normal_address(to)], headers=headers, attachments=list(attachments)
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


def _headers(message_id: str, in_reply_to: str) -> dict[str, str]:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError(f"Not a Message-ID: {message_id!r}")
    # Robots of the receiving side do not answer what says of itself that a machine sent it.
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    return headers | {"In-Reply-To": in_reply_to, "References": in_reply_to} if in_reply_to else headers


def _open(mailer: Any) -> None:
    try:
        mailer.open()
    except OSError as error:
        raise NotNow(f"Почтовый сервер не отвечает: {error}") from error


def _hand_over(mailer: Any, message: EmailMultiAlternatives) -> None:
    handed = _watched(mailer)
    try:
        taken = mailer.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        if not handed:
            raise NotNow(f"Связь прервалась раньше, чем письмо начали передавать: {error}") from error
        raise Unknown(f"Связь прервалась, письмо могло уйти. {ASK} ({error})") from error
    if not taken:
        raise Unknown(f"Почтовый сервер не сказал, принято ли письмо. {ASK}")


def _watched(mailer: Any) -> list[bool]:
    """Not empty once the message itself may have been handed over: before SMTP's DATA nothing of it has left."""
    smtp = getattr(mailer, "connection", None)
    if not isinstance(smtp, smtplib.SMTP):
        return [True]
    handed: list[bool] = []
    data = smtp.data

    def watched(msg: Any) -> tuple[int, bytes]:
        handed.append(True)
        return data(msg)

    smtp.data = watched  # type: ignore[method-assign]
    return handed


def _answer(code: int, words: bytes | str) -> PostError:
    """A reply of the server, whichever command it answers, means that it has not taken the message."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return (Refused if code >= 500 else NotNow)(f"{code} {said}")
