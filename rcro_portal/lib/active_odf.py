"""What an OpenDocument file (ODT, ODS) would run, fetch or take along.

Its parts have fixed names (ODF 1.3, part 2): those that an office program writes for pages and tables are listed, any
other is refused. META-INF/manifest.xml says what an embedded object is, and whether the file is locked.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from rcro_portal.lib import active_text, links, office_parts
from rcro_portal.lib.active_package import (
    DATA,
    MACRO,
    MEDIA,
    OBJECT,
    OTHER,
    OUTSIDE,
    PICTURE,
    PROGRAMS,
    TEMPLATE,
    UNKNOWN,
)
from rcro_portal.lib.active_text import FORMULA, LEADING, QUOTED, REACHING

MIMETYPE, MANIFEST = "/mimetype", "/meta-inf/manifest.xml"
KINDS = "application/vnd.oasis.opendocument."
# A chart or a formula in a text is a small document of its own.
INNER = (f"{KINDS}chart", f"{KINDS}formula")
DOCUMENT = r"(?:content|styles|meta|settings)\.xml"
XML = re.compile(rf"/(?:object \d+/)?{DOCUMENT}|/configurations2/.*\.xml|/meta-inf/[a-z]+\.xml|/manifest\.rdf")
SHOWN = re.compile(
    r"/(?:pictures|thumbnails|objectreplacements|object \d+/pictures|fonts|configurations2)/.*|/layout-cache"
)
BY_FOLDER = {"basic": MACRO, "scripts": MACRO, "dialogs": MACRO, "media": MEDIA, "versions": OTHER, "database": DATA}
# By the local name of an element.
ELEMENTS = {
    **dict.fromkeys(("event-listener", "execute-macro", "library-embedded", "library-linked"), MACRO),
    **dict.fromkeys(("plugin", "applet", "object-ole", "binary-data"), OBJECT),
    **dict.fromkeys(("dde-source", "dde-connection", "dde-connection-decl", "table-source"), OUTSIDE),
    **dict.fromkeys(("cell-range-source", "floating-frame", "auto-reload"), OUTSIDE),
    **dict.fromkeys(("database-source-sql", "database-source-query", "database-source-table"), DATA),
    **dict.fromkeys(("connection-resource", "source-service", "database-display", "database-next"), DATA),
    "script": MACRO,
}
FOLLOWED = ("a", "button", "bibliography-mark", "hyperlink-behaviour", "form")
FORMULAS = ("formula", "condition")
FETCHED = {"template": TEMPLATE, **dict.fromkeys(("image", "fill-image", "background-image"), PICTURE)}
# The name of a template on the author's own disk, seen from the file, opens nothing; an address might.
OUT_OF_PACKAGE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]|\.\.)", re.IGNORECASE)
ELSEWHERE = re.compile(r"'#")  # «'file:///…'#$Лист1.A1»: a sheet of another file


class Locked(Exception):
    """Nothing of it is read without its password."""


class Document:
    """The parts of the file and what the manifest says of them. Raises office_parts.Broken, Locked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.parts = archive, office_parts.parts(archive)
        self.kinds: dict[str, str] = {}
        if MANIFEST not in self.parts:
            raise office_parts.Broken
        _parse(archive, self.parts[MANIFEST], self._entry)

    def main_kind(self) -> str:
        """What a program takes it for. Raises office_parts.Broken where the file says two things."""
        said = office_parts.start(self.archive, self.parts[MIMETYPE], 100).decode("ascii", "replace").strip()
        if self.kinds.get("/") != said:
            raise office_parts.Broken
        return said

    def _entry(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "encryption-data":
            raise Locked
        if local == "file-entry":
            self.kinds[office_parts.part_name(_of(given, "full-path"))] = _of(given, "media-type")


def is_one(archive: zipfile.ZipFile) -> bool:
    """The part by which a program knows such a file, whatever else lies there."""
    return any(office_parts.part_name(member.filename) == MIMETYPE for member in archive.infolist())


def found(document: Document) -> Iterator[str]:
    """In words, as «макрос»; nothing where the file only says and shows. Raises office_parts.Broken."""
    for name, member in document.parts.items():
        if name == MIMETYPE or not member.file_size:
            continue
        if XML.fullmatch(name):
            yield from _text(document.archive, member)
        elif SHOWN.fullmatch(name) or _is_picture(document, name):
            yield from _picture(document.archive, name, member)
        else:
            yield BY_FOLDER.get(name.split("/")[1], OBJECT if name.startswith("/object") else UNKNOWN)
        yield from _object(document, name)


def _object(document: Document, name: str) -> Iterator[str]:
    folder = name.split("/")[1]
    if folder.startswith("object ") and document.kinds.get(f"/{folder}", "") not in INNER:
        yield OBJECT


def _is_picture(document: Document, name: str) -> bool:
    """Word keeps its pictures in «media», where LibreOffice has video and sound."""
    return name.startswith("/media/") and document.kinds.get(name, "").startswith("image/")


def _picture(archive: zipfile.ZipFile, name: str, member: zipfile.ZipInfo) -> Iterator[str]:
    first = office_parts.start(archive, member)
    if first.startswith(PROGRAMS):
        yield OBJECT
    elif name.endswith((".svg", ".xml")) or first.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        yield from active_text.found(archive, member)


def _text(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[str]:
    words: list[str] = []

    def begin(name: str, given: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in ELEMENTS:
            words.append(ELEMENTS[local])
        words.extend(_attributes(local, given))

    _parse(archive, member, begin)
    yield from words


def _attributes(element: str, given: dict[str, str]) -> Iterator[str]:
    for key, value in given.items():
        local = key.rpartition(" ")[2]
        if local == "href":
            yield from _link(element, value)
        elif local in FORMULAS:
            yield from _formula(value)
        elif local == "macro-name":
            yield MACRO
        elif local == "datasource" and value:
            yield DATA


def _link(element: str, address: str) -> Iterator[str]:
    """What a reader follows by a press may lead to a page; what a program opens by itself lies in the file."""
    if element in FOLLOWED:
        yield from [words] if (words := links.refused(address)) else []
    elif OUT_OF_PACKAGE.match(address) and not (element == "template" and address.startswith("..")):
        yield FETCHED.get(element, OUTSIDE)


def _formula(text: str) -> Iterator[str]:
    bare = QUOTED.sub('""', text)
    if REACHING.search(bare) or ELSEWHERE.search(bare):
        yield FORMULA
    if "HYPERLINK" in bare.upper():
        for one in LEADING.finditer(text):
            words = links.refused(one[1].strip('"')) if one[1] else FORMULA
            yield from [words] if words else []


def _of(given: dict[str, str], name: str) -> str:
    return next((value for key, value in given.items() if key.rpartition(" ")[2] == name), "")


def _parse(archive: zipfile.ZipFile, member: zipfile.ZipInfo, begin: Any) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    office_parts.parse(archive, member, parser)
