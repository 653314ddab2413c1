"""What the demonstration's mail went into: files of whole messages, read back for a page."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

# A message ends in a line of 79 hyphens; a line like that inside a text is not followed by the next one's headers.
_END = re.compile(rb"\n-{79}\n(?=[A-Za-z][A-Za-z-]*:|\Z)")
_NAME = re.compile(r"(\d{8}-\d{6}-\d+)\.(\d+)")
# The demonstration may run for weeks; older files than these are not looked at.
FILES_READ = 1000


@dataclass(frozen=True)
class Attachment:
    number: int
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Message:
    name: str
    to: str
    subject: str
    at: datetime.datetime | None
    text: str
    attachments: tuple[Attachment, ...]


def newest(folder: Path, *, limit: int, to: str = "") -> list[Message]:
    """The newest messages, of those whose address holds ``to`` if it is given."""
    found: list[Message] = []
    for path in sorted(folder.glob("*.log"), reverse=True)[:FILES_READ]:
        found += [message for message in reversed(list(_messages(path))) if to.strip().lower() in message.to.lower()]
        if len(found) >= limit:
            break
    return found[:limit]


def find(folder: Path, name: str) -> Message | None:
    """The message of that name, which is its file's and its place there; no other text reaches the disk."""
    parts = _NAME.fullmatch(name)
    if parts is None or not (path := folder / f"{parts[1]}.log").is_file():
        return None
    return next((message for message in _messages(path) if message.name == name), None)


def _messages(path: Path) -> Iterator[Message]:
    """What follows the last end is still being written."""
    for number, raw in enumerate(_END.split(path.read_bytes())[:-1]):
        yield _read(f"{path.stem}.{number}", message_from_bytes(raw, policy=policy.default))


def _read(name: str, message: Any) -> Message:
    body = message.get_body(("plain",))
    return Message(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        text=body.get_content().strip() if body else "",
        attachments=tuple(_attachment(number, part) for number, part in enumerate(message.iter_attachments())),
    )


def _attachment(number: int, part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    return Attachment(
        number=number,
        name=part.get_filename() or f"attachment-{number + 1}",
        media_type=part.get_content_type(),
        content=content if isinstance(content, bytes) else b"",
    )
