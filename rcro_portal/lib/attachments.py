"""A file of a message under a name that old and new programs read.

RFC 2231 is what today's programs read (``filename*=utf-8''…``); those of before, and some web mailboxes, know only an
encoded word in ``name``, which RFC 2047 forbids and everybody writes. So both stand there.
"""

from email.header import Header
from email.message import MIMEPart
from email.policy import SMTP, Policy

# Base64 makes 76 characters and a line end of 57 bytes.
LINE_BYTES, LINE_CHARACTERS = 57, 78


class AsWritten(str):
    """A Content-Type that the generator leaves alone: folding it anew, it would cut a long media type by an encoded
    word."""

    __slots__ = ()
    name = "Content-Type"

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}".replace("\n ", f"{policy.linesep} ")


def part(name: str, data: bytes, media_type: str) -> MIMEPart:
    made = MIMEPart(policy=SMTP)
    maintype, _, subtype = media_type.partition("/")
    made.set_content(data, maintype=maintype, subtype=subtype, cte="base64", disposition="attachment", filename=name)
    if not name.isascii():
        made.replace_header("Content-Type", AsWritten(f'{media_type};\n name="{_encoded(name)}"'))
    return made


def _encoded(name: str) -> str:
    return Header(name, "utf-8", maxlinelen=68, header_name="name").encode()


def size_in_message(size: int) -> int:
    """Characters that a file of so many bytes takes in a message: a third more, and the line ends."""
    return -(-size // LINE_BYTES) * LINE_CHARACTERS


def fits_into(characters: int) -> int:
    """Bytes of a file that take no more than so many characters."""
    return max(0, characters // LINE_CHARACTERS * LINE_BYTES)
