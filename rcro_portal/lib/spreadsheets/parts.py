"""The XML parts of an office file, fed to handlers within the limit of what all parts may inflate to."""

import re
import zipfile
from typing import Any, Protocol
from xml.parsers import expat

from rcro_portal.lib.packages import Bounds, TooMuch, Unreadable

_CHUNK = 1 << 20
# Cells and rows that hold nothing but a format: millions of them are no work then.
_HOLLOW = re.compile(rb'<(?:c|row) (?:[a-z:A-Z]+="[^"<]*" )*r="[A-Z0-9]+"[^<>]*/>')


class Handler(Protocol):
    def begin(self, name: str, attributes: dict[str, str]) -> None: ...
    def finish(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class Parts:
    """A package whose members are counted before they are read. Raises TooMuch, Unreadable."""

    def __init__(self, archive: zipfile.ZipFile, bounds: Bounds) -> None:
        self.archive, self.left = archive, bounds.inflated
        self.names = {member.filename: member for member in archive.infolist()}
        if len(archive.infolist()) > bounds.members:
            raise TooMuch("частей внутри файла", len(archive.infolist()))
        if any(member.flag_bits & 1 for member in self.names.values()):
            raise Unreadable("Файл закрыт паролем. Сохраните его без пароля и загрузите ещё раз.")

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def feed(self, name: str, handler: Handler, *, hollow: bool = False) -> None:
        """``hollow``: cells and rows without a content are passed over, but for hidden rows."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, told: handler.begin(name.rpartition(":")[2], told)
        parser.EndElementHandler = lambda name: handler.finish(name.rpartition(":")[2])
        parser.CharacterDataHandler = handler.text
        parser.EntityDeclHandler = _refuse
        tail = b""
        try:
            with self.archive.open(self.names[name]) as part:
                while chunk := part.read(_CHUNK):
                    self._count(len(chunk))
                    if hollow:
                        chunk, tail = _cut(tail + chunk)
                        chunk = _HOLLOW.sub(b"", chunk)
                    parser.Parse(chunk)
                parser.Parse(tail, True)
        except expat.ExpatError as error:
            raise Unreadable from error

    def _count(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch("в распакованном виде – больше, чем портал читает")


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Up to the last element that has begun, and the rest."""
    place = data.rfind(b"<")
    return (data[:place], data[place:]) if place > 0 else (data, b"")


def _refuse(*_: Any) -> None:
    raise Unreadable


def place(reference: str) -> tuple[int, int]:
    """Row and column of «B7»; 0 for what is not told."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :][:8] or 0), column
