"""Files as answers of the portal: one way to send them, and names that every browser and file system keeps."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

BYTES = "application/octet-stream"
# Nothing in a file runs as a page of the portal, wherever a browser opens it.
POLICY = "sandbox; default-src 'none'"
NAME_LIMIT = 120  # characters without the ending
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')
_OTHER = re.compile(r"[^A-Za-z0-9._]+")
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщыэюя"
_SOUNDS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
_LATIN = dict(zip(_LETTERS, _SOUNDS.split(), strict=True), ъ="", ь="")


def response(data: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    """The file under this name, to be kept, or shown where the browser can show it."""
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(not inline, safe(name)) or "attachment"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def safe(name: str) -> str:
    """A name that somebody gave, without what no file system takes; its ending stays."""
    stem, dot, ending = _FORBIDDEN.sub("-", name).strip(" .-").rpartition(".")
    return f"{stem[:NAME_LIMIT]}{dot}{ending[:NAME_LIMIT]}" or "fayl"


def ascii_name(*parts: object) -> str:
    """«pismo-GD-1736-03-2020» of «pismo», «ГД-1736/03» and 2020: parts in Latin letters, joined by hyphens.

    Without an ending. Archives, old mail programs and a browser's fallback mangle other letters.
    """
    latin = "".join(map(_latin, "-".join(str(part) for part in parts)))
    return _OTHER.sub("-", latin).strip("-.")[:NAME_LIMIT]


def _latin(letter: str) -> str:
    found = _LATIN.get(letter.lower(), letter)
    return found if letter.islower() else found.upper()


def archive(files: Iterable[tuple[str, bytes]], name: str) -> StreamingHttpResponse:
    """A ZIP of these files, sent as they are read: never more than one of them is in memory."""
    answer = StreamingHttpResponse(_packed(files), content_type="application/zip")
    answer.headers["Content-Disposition"] = content_disposition_header(True, safe(name)) or "attachment"
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


class _Passing(io.RawIOBase):
    """What an archive writes, until it is taken; nothing can be sought, so sizes stand behind each file."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken


def _packed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    passing = _Passing()
    with zipfile.ZipFile(passing, "w") as archive:  # PDF is compressed already
        for name, data in files:
            archive.writestr(name, data)
            yield passing.take()
    yield passing.take()
