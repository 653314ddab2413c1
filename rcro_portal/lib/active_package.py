"""What an office file (DOCX, XLSX) would run, fetch or take along: told by the kinds of its parts and their relations.

Names of parts say little: a program opens what the relations lead to, as the kind that [Content_Types].xml gives it
(ISO/IEC 29500-2). What stands in the parts' text is ``active_text``'s.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from rcro_portal.lib import active_text, links, office_parts

MACRO, OBJECT, OUTSIDE = "макрос", "встроенный объект или программа", "связь с другим файлом"
DATA, TEMPLATE, OTHER = "подключение к данным", "внешний шаблон", "вставка документа другого вида"
PICTURE, MEDIA = "картинка, которая загружается по ссылке", "видео или звук"
UNKNOWN = "часть, вид которой порталу не известен"

# By the last word of a relation's type, in lower case.
RELATIONS = {
    **dict.fromkeys(("vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet"), MACRO),
    **dict.fromkeys(("keymapcustomizations", "attachedtoolbars", "extensibility", "python"), MACRO),
    **dict.fromkeys(("webextension", "webextensiontaskpanes"), MACRO),
    **dict.fromkeys(("oleobject", "package", "control", "activexcontrolbinary"), OBJECT),
    **dict.fromkeys(("externallink", "externallinkpath", "xlexternallinkpath", "subdocument", "frame"), OUTSIDE),
    **dict.fromkeys(("connections", "querytable", "powerpivotdata", "recipientdata"), DATA),
    **dict.fromkeys(("mailmergesource", "mailmergeheadersource"), DATA),
    **dict.fromkeys(("video", "audio", "media"), MEDIA),
    "attachedtemplate": TEMPLATE,
    "afchunk": OTHER,
}
# By a word in the kind of a part.
KINDS = {
    **dict.fromkeys(("macroenabled", "vbaproject", "vbadata", "macrosheet", "dialogsheet", "webextension"), MACRO),
    **dict.fromkeys(("oleobject", "activex"), OBJECT),
    **dict.fromkeys(("connections+xml", "querytable"), DATA),
    "externallink": OUTSIDE,
}
# By a word in a part's usual name, in case nothing says its kind.
USUAL = {"vbaproject": MACRO, "/activex/": OBJECT, "/oleobject": OBJECT, "/externallinks/": OUTSIDE}
PLAIN = ("image/", "font", "printersettings", "customproperty", "digital-signature")  # what is not XML and does nothing
PROGRAMS = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"#!", b"PK\x03\x04", b"{\\rtf", b"%PDF")
CHARTS = ("drawingml.chart+xml", "ms-office.chartex+xml")
LEADING = re.compile(rb"FmlaMacro|src\s*=|href\s*=|<!|\0", re.IGNORECASE)
SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]+:|\\\\|//)", re.IGNORECASE)


class Relation(NamedTuple):
    source: str
    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of an office file, with the kind of each and what leads where. Raises office_parts.Broken."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.parts = archive, office_parts.parts(archive)
        self._by_ending: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._read_kinds()
        self.relations = [one for name in self.parts if _source(name) is not None for one in self._relations(name)]

    def kind(self, name: str) -> str:
        """Its content type in lower case; nothing where the package gives it none."""
        return self._by_name.get(name) or self._by_ending.get(name.rpartition(".")[2], "")

    def main_kind(self) -> str:
        """Of the part that a program opens first; nothing unless there is one."""
        first = {one.target for one in self.relations if (one.source, one.kind) == ("/", "officedocument")}
        return self.kind(first.pop()) if len(first) == 1 and first <= self.parts.keys() else ""

    def _read_kinds(self) -> None:
        def begin(name: str, given: dict[str, str]) -> None:
            kind = given.get("ContentType", "").strip().lower()
            name = name.rpartition(" ")[2]
            if name == "Override":
                self._by_name[_part_name(given.get("PartName", ""))] = kind
            elif name == "Default":
                self._by_ending[given.get("Extension", "").casefold()] = kind

        if "/[content_types].xml" in self.parts:
            self._parse("/[content_types].xml", begin)

    def _relations(self, name: str) -> list[Relation]:
        source, found = _source(name) or "/", []

        def begin(element: str, given: dict[str, str]) -> None:
            if element.rpartition(" ")[2] == "Relationship":
                target, kind = given.get("Target", ""), given.get("Type", "").strip("/ ").rpartition("/")[2].lower()
                outside = given.get("TargetMode", "").strip().lower() == "external" or SCHEME.match(target)
                place = target if outside else _part_name(posixpath.join(posixpath.dirname(source), target))
                found.append(Relation(source, kind, place, bool(outside)))

        self._parse(name, begin)
        return found

    def _parse(self, name: str, begin: Callable[[str, dict[str, str]], None]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = begin
        office_parts.parse(self.archive, self.parts[name], parser)


def _part_name(target: str) -> str:
    return posixpath.normpath(office_parts.part_name(target))


def _source(name: str) -> str | None:
    """The part whose relations these are («/» of the package itself); None for what holds no relations."""
    folder, _, file = name.rpartition("/")
    if not folder.endswith("/_rels") or not file.endswith(".rels"):
        return None
    return folder.removesuffix("_rels") + file.removesuffix(".rels")


def found(package: Package) -> Iterator[str]:
    """In words, as «макрос»; nothing where the file only says and shows. Raises office_parts.Broken."""
    books = {one.target for one in package.relations if _is_book_of_a_chart(package, one)}
    for relation in package.relations:
        if relation.is_external:
            yield from _outside(relation)
        elif relation.kind in RELATIONS and not _is_book_of_a_chart(package, relation):
            yield RELATIONS[relation.kind]
    for name in package.parts:
        yield from _book(package, name) if name in books else _of_part(package, name)


def _is_book_of_a_chart(package: Package, relation: Relation) -> bool:
    """A chart in a text keeps its numbers in a workbook, which is judged by itself."""
    return relation.kind == "package" and not relation.is_external and package.kind(relation.source).endswith(CHARTS)


def _outside(relation: Relation) -> Iterator[str]:
    if relation.kind == "hyperlink":
        words = links.refused(relation.target)
    elif relation.kind == "image":
        words = PICTURE
    else:
        words = RELATIONS.get(relation.kind, OUTSIDE)
    if words:
        yield words


def _of_part(package: Package, name: str) -> Iterator[str]:
    kind, member = package.kind(name), package.parts[name]
    yield from (words for word, words in KINDS.items() if word in kind)
    yield from (words for word, words in USUAL.items() if word in name)
    first = office_parts.start(package.archive, member)
    if first.startswith(PROGRAMS):
        yield OBJECT
    elif kind.endswith(("xml", "vmldrawing")) or name.endswith((".xml", ".rels")):
        yield from _text(package.archive, member, is_drawing=kind.endswith("vmldrawing"))
    elif kind and not any(word in kind for word in PLAIN):
        yield UNKNOWN


def _text(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, is_drawing: bool) -> Iterator[str]:
    """Excel wrote drawings of notes with a <br> that never ends: such a one may stay while it leads nowhere."""
    try:
        yield from active_text.found(archive, member)
    except office_parts.Broken:
        if not is_drawing or LEADING.search(archive.read(member)):
            raise


def _book(package: Package, name: str) -> Iterator[str]:
    if name not in package.parts:
        return
    with zipfile.ZipFile(io.BytesIO(package.archive.read(package.parts[name]))) as archive:
        if office_parts.is_too_much(archive):
            raise office_parts.Broken
        inner = Package(archive)
        if any(one.kind == "package" for one in inner.relations):
            yield OBJECT
        else:
            yield from found(inner)
