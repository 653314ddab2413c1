"""Latin words of a page that a person reads: its text, and the attributes that programs read aloud or show."""

import re
from functools import lru_cache
from html.parser import HTMLParser

# Names that are written so in Russian too: of formats, of things of the trade, of programs, of licences.
PROPER = frozenset(
    [
        "PDF",
        "ODS",
        "XLS",
        "XLSX",
        "ODT",
        "CSV",
        "DOCX",
        "JPG",
        "JPEG",
        "PNG",
        "SIG",
        "QR",
        "SHA",
        "RSA",
        "UTC",
        "TOTP",
        "PIN",
        "SMTP",
        "DNS",
        "CMS",
        "CN",
        "XML",
        "ZIP",
        "PAdES",
        "JSON",
        "OpenAPI",
        "Excel",
        "Zoom",
        "Teams",
        "Google",
        "Meet",
        "BigBlueButton",
        "Word",
        "e-mail",
        "E-mail",
        "Ctrl",
        "Control",
        "Command",
        "Mac",
        "CC",
        "BY",
        "BY-NC",
        "BY-SA",
    ]
)
_SPOKEN = ("placeholder", "title", "aria-label", "alt", "label", "data-confirm", "data-words")
_SILENT = ("script", "style", "template", "svg", "code", "kbd", "pre")
_NO_WORDS = re.compile(
    r"\S+@\S+|\w+://\S+|(?:/[\w-]+)+/?|\S+\.[A-Za-z]\w{1,4}\b|\b[0-9a-fA-F]{12,}\b|\b[\w-]*[_\d][\w-]*\b|&\w+;"
)
# Of a form: another one each time, and no word.
_TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")
_WORD = re.compile(r"(?<![\w.-])[A-Za-z][A-Za-z'’-]+(?!\w)")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT or given.get("lang", "ru") != "ru":
            self.silent.append(tag)
        self.parts += [given[name] for name in _SPOKEN if name in given]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.parts.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def words(page: str) -> frozenset[str]:
    """The Latin words of a page, without addresses, names of files, digests and what ``PROPER`` allows."""
    return _words(_TOKEN.sub("", page))


@lru_cache(maxsize=300)
def _words(page: str) -> frozenset[str]:
    """Of one that was drawn before, as a refusal is for the same person again and again, they are known."""
    reader = _Text()
    reader.feed(page)
    found: set[str] = set()
    for part in reader.parts:
        found |= set(_WORD.findall(_NO_WORDS.sub(" ", part)))
    return frozenset(found - PROPER)
