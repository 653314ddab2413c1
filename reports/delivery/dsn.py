"""Delivery status notifications (RFC 3464) as they come into the mailbox: which message is meant, what became of it.

They are written by strangers: everything is read under limits, and what is no notification is nothing.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice
from typing import NamedTuple

from rcro_portal.lib.notices import bounce_words

# Servers that return the whole message say what became of it, and which it was, at the beginning.
READ_AT_MOST = 64 * 1024
PARTS_AT_MOST = 30
BLOCKS_AT_MOST = 50
MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,100}@[A-Za-z0-9.-]{1,120}>")
COMMENT = re.compile(r"\([^()]*\)")
ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}")


class Notice(NamedTuple):
    """``permanent``: the other side has given up. ``status`` is the code of RFC 3463, such as 5.1.1, or nothing;
    ``refused`` the address that it stands for, where the notice says so.
    """

    message_id: str
    permanent: bool
    status: str
    refused: str = ""


def read(data: bytes) -> Notice | None:
    """What the beginning of a notification says, cut off anywhere; None for whatever is not one."""
    try:
        report = email.message_from_bytes(data[:READ_AT_MOST], policy=email.policy.compat32)
        return _notice(report)
    # The standard library's parser raises many kinds on malformed mail; none may stop the mailbox.
    except Exception:  # noqa: BLE001
        return None


def _notice(report: Message) -> Notice | None:
    if report.get_content_type() != "multipart/report":
        return None
    parts = list(islice(report.walk(), PARTS_AT_MOST))
    blocks = [block for part in parts if part.get_content_type() == "message/delivery-status" for block in _of(part)]
    message_id = _original(parts) or _named(report, "In-Reply-To", "References")
    if not blocks or not message_id:
        return None
    failed = [block for block in blocks[:BLOCKS_AT_MOST] if _action(block) == "failed"]
    meant = failed[0] if failed else blocks[-1]
    return Notice(message_id, bool(failed), _status(meant, parts), _address(meant))


def _of(part: Message) -> Iterator[Message]:
    """The groups of fields of one delivery-status part: the message's, then one for each recipient."""
    payload = part.get_payload()
    yield from (block for block in payload if isinstance(block, Message)) if isinstance(payload, list) else ()


def _action(block: Message) -> str:
    """The first word: RFC 3464 lets a comment stand beside it."""
    said = COMMENT.sub(" ", str(block.get("Action", ""))[:1000]).split()
    return said[0].lower() if said else ""


def _status(block: Message, parts: list[Message]) -> str:
    """The code that says most; where the fields say only «refused», the words for people say why."""
    fields = [str(block.get(name, ""))[:1000] for name in ("Status", "Diagnostic-Code")]
    code = bounce_words.meant(*fields)
    if code and not code.endswith(".0.0"):
        return code
    return bounce_words.meant(*fields, _human(parts)) or code


def _human(parts: list[Message]) -> str:
    part = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    data = part.get_payload(decode=True) if part is not None else b""
    return data[:2000].decode(errors="replace") if isinstance(data, bytes) else ""


def _address(block: Message) -> str:
    """«rfc822; school@tomsk.example»: the address that refused, in the way addresses are stored."""
    found = ADDRESS.search(str(block.get("Final-Recipient", ""))[:500])
    return found.group(0).lower() if found else ""


def _original(parts: list[Message]) -> str:
    """The Message-ID of the message that came back, whole or only its headers."""
    for part in parts:
        kind = part.get_content_type()
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if kind == "message/rfc822" and isinstance(inner, Message):
            found = _named(inner, "Message-ID")
        elif kind == "text/rfc822-headers":
            decoded = part.get_payload(decode=True)
            headers = email.message_from_bytes(decoded if isinstance(decoded, bytes) else b"")
            found = _named(headers, "Message-ID")
        else:
            continue
        if found:
            return found
    return ""


def _named(headers: Message, *names: str) -> str:
    for name in names:
        found = MESSAGE_ID.findall(str(headers.get(name, ""))[:2000])
        if found:
            return found[-1]
    return ""
