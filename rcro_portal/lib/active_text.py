"""What the text of an office file's parts would fetch or run: fields of Word, formulas of Excel, links in drawings.

A field is judged by its own first word: what is not known to only show something is refused, so that a field put
together from others is too.
"""

import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from rcro_portal.lib import links, office_parts

FIELD, FORMULA = "поле, которое обращается к другому файлу или программе", "формула, которая обращается наружу"
MACRO, OBJECT, DATA = "макрос", "встроенный объект или программа", "подключение к данным"
OTHER, PICTURE, SCRIPT = "вставка документа другого вида", "картинка, которая загружается по ссылке", "сценарий"

ELEMENTS = {
    **dict.fromkeys(("OLEObject", "oleLink", "ddeLink"), OBJECT),
    **dict.fromkeys(("altChunk", "subDoc"), OTHER),
    **dict.fromkeys(("mailMerge", "DataMashup"), DATA),
    "script": SCRIPT,
}
SHOWING = re.compile(
    r"ADDIN|ADVANCE|ASK|AUTHOR|AUTONUM|AUTONUMLGL|AUTONUMOUT|AUTOTEXT|BARCODE|BIBLIOGRAPHY|BIDIOUTLINE|CITATION|"
    r"COMMENTS|COMPARE|CREATEDATE|DATE|DISPLAYBARCODE|DOCPROPERTY|DOCVARIABLE|EDITTIME|EQ|FILENAME|FILESIZE|FILLIN|"
    r"FORMCHECKBOX|FORMDROPDOWN|FORMTEXT|GOTOBUTTON|HYPERLINK|IF|INDEX|INFO|KEYWORDS|LASTSAVEDBY|LISTNUM|MERGEFIELD|"
    r"MERGEREC|MERGESEQ|NEXT|NEXTIF|NOTEREF|NUMCHARS|NUMPAGES|NUMWORDS|PAGE|PAGEREF|PRINTDATE|PRIVATE|QUOTE|REF|REVNUM|"
    r"SAVEDATE|SECTION|SECTIONPAGES|SEQ|SET|SHAPE|SKIPIF|STYLEREF|SUBJECT|SYMBOL|TA|TC|TEMPLATE|TIME|TITLE|TOA|TOC|"
    r"USERADDRESS|USERINITIALS|USERNAME|XE",
    re.IGNORECASE,
)
FORMULAS = re.compile(r"f|formula[12]?|definedName|calculatedColumnFormula|totalsRowFormula")
REACHING = re.compile(r"(?<![\w.])(?:_xl\w+\.)*(?:DDE|WEBSERVICE|RTD|IMAGE|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(", re.I)
QUOTED = re.compile(r'"((?:[^"]|"")*)"')
SHEETS = re.compile(r"'(?:[^']|'')*'")
AUTO = re.compile(r"(?:_xlnm\.)?auto_(?:open|close|activate|deactivate)", re.IGNORECASE)
VML, SVG = "urn:schemas-microsoft-com:vml", "http://www.w3.org/2000/svg"
BASE = "HyperlinkBase"  # of the file's properties: every link is completed by it that names no scheme
LEADING = re.compile(r'HYPERLINK\s*\(\s*("(?:[^"]|"")*")?', re.IGNORECASE)
WORDS = re.compile(r'"[^"]*"?|\S+')


def found(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[str]:
    """In words; nothing where the part only says and shows. Raises office_parts.Broken where it is no XML."""
    reader = _Reader()
    office_parts.parse(archive, member, reader.parser)
    yield from reader.words
    for field in (*reader.codes, *((str(code), bool(holds)) for code, holds, _ in reader.fields)):
        yield from _code(*field)


class _Reader:
    """Walks one part. Character data is asked for only inside what is judged by it: most of a sheet are numbers."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.codes: list[tuple[str, bool]] = []  # of each field its own code, and whether other fields stand in it
        self.fields: list[list[str | bool]] = []  # those that are open: code, holds others, is past its code
        self.inside, self.text = "", ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin

    def _begin(self, name: str, given: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if FORMULAS.fullmatch(local) or local in ("instrText", "delInstrText", "FmlaMacro", BASE):
            self._listen(local)
        if local in ELEMENTS:
            self.words.append(ELEMENTS[local])
        if local == "fldChar":
            self._field(_of(given, "fldCharType"))
        elif local == "fldSimple":
            self.codes.append((_of(given, "instr"), False))
        elif local == "definedName" and AUTO.fullmatch(given.get("name", "")):
            self.words.append(MACRO)
        if given.get("macro"):
            self.words.append(MACRO)
        if space in (VML, SVG):
            self._drawing(local, given)

    def _listen(self, local: str) -> None:
        self.inside, self.text = local, ""
        self.parser.CharacterDataHandler, self.parser.EndElementHandler = self._hear, self._end

    def _hear(self, text: str) -> None:
        self.text += text

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] != self.inside:
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        if FORMULAS.fullmatch(self.inside):
            self.words += _formula(self.text)
        elif self.inside == BASE:
            self.words += [words] if (words := links.refused(self.text)) else []
        elif self.inside == "FmlaMacro":
            self.words += [MACRO] if self.text.strip() else []
        elif self.fields and not self.fields[-1][2]:
            self.fields[-1][0] = f"{self.fields[-1][0]}{self.text}"
        else:
            self.codes.append((self.text, False))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            if self.fields and not self.fields[-1][2]:
                self.fields[-1][1] = True
            self.fields.append(["", False, False])
        elif self.fields and kind == "separate":
            self.fields[-1][2] = True
        elif self.fields and kind == "end":
            code, holds_others, _ = self.fields.pop()
            self.codes.append((str(code), bool(holds_others)))

    def _drawing(self, local: str, given: dict[str, str]) -> None:
        """Links that stand in the drawing itself; those that relations give are judged there."""
        for key, value in given.items():
            space, _, name = key.rpartition(" ")
            if name not in ("href", "src") or "relationships" in space or value.startswith(("data:", "#")):
                continue
            fetched = name == "src" or local in ("image", "use", "feImage")
            words = PICTURE if fetched and value else links.refused(value)
            self.words += [words] if words else []


def _of(given: dict[str, str], name: str) -> str:
    """The attribute, whichever namespace the edition of the format gives it."""
    return next((value for key, value in given.items() if key.rpartition(" ")[2] == name), "")


def _code(code: str, holds_others: bool) -> Iterator[str]:
    """Of a field: «PAGE», «HYPERLINK "https://…"»."""
    words = WORDS.findall(code)
    if not words and not holds_others:
        return
    first = words[0].upper() if words else ""
    if not first.startswith("=") and not SHOWING.fullmatch(first):
        yield FIELD
    elif first == "HYPERLINK":
        yield from [FIELD] if holds_others else _link(words[1:])


def _link(words: list[str]) -> Iterator[str]:
    """The address comes first, or after a switch; «\\l» and the like bring a place in the file or a tip."""
    while words and words[0].startswith("\\") and not words[0].startswith("\\\\"):
        words = words[2:] if words[0].lower() in ("\\l", "\\o", "\\t", "\\s") else words[1:]
    if words and (refused := links.refused(words[0].strip('"'))):
        yield refused


def _formula(text: str) -> Iterator[str]:
    bare = SHEETS.sub("", QUOTED.sub('""', text))
    if REACHING.search(bare) or "|" in bare:
        yield FORMULA
    if "HYPERLINK" in bare.upper():
        # An address that is put together, or stands in another cell, is judged by what it begins with, or not at all.
        for found in LEADING.finditer(text):
            words = links.refused(found[1].strip('"')) if found[1] else FORMULA
            yield from [words] if words else []
