"""A DOCX as it goes to every centre: without corrections that nobody accepted, and without the talk beside the text.

Loads no settings: ``enclosed_file`` calls it in a process of its own.

Readers disagree about such files: one leaves inserted words out, another joins old and new, and a comment is read by
whoever opens it. The elements are those of ISO/IEC 29500-1, 17.13 (annotations), in every part that holds text.
"""

import io
import json
import re
import zipfile
from typing import NamedTuple
from xml.parsers import expat

from rcro_portal.lib import office_parts

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict variant
)
CORRECTIONS = frozenset(
    {
        *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"),
        *("cellIns", "cellDel", "cellMerge", "numberingChange", "rPrChange", "pPrChange", "sectPrChange"),
        *("tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("customXmlInsRangeStart", "customXmlDelRangeStart"),
        *("customXmlMoveFromRangeStart", "customXmlMoveToRangeStart"),
    }
)
COMMENTS = frozenset({"comment", "commentReference", "commentRangeStart"})
PROPERTIES, PROPERTIES_AT_MOST = "docProps/app.xml", 64 * 1024
PAGES = re.compile(rb"<(?:\w+:)?Pages>(\d{1,5})</")
DISCUSSIONS = "xl/threadedComments/"


class Reviewed(NamedTuple):
    """What a reviewer left in the file, and the pages of which the program that wrote it says that it counted them."""

    corrections: bool
    comments: bool
    discussions: bool
    pages: int


def told(data: bytes) -> bytes:
    """What a stranger's file tells of itself, as JSON. Raises office_parts.Broken and what a damaged archive raises.

    Sizes of members are the caller's matter.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return json.dumps(_reviewed(package)).encode()


def _reviewed(package: zipfile.ZipFile) -> Reviewed:
    found: set[str] = set()
    for member in package.infolist():
        if member.filename.startswith("word/") and member.filename.endswith(".xml"):
            found.update(_elements(package, member))
    discussed = any(name.startswith(DISCUSSIONS) for name in package.namelist())
    return Reviewed(bool(found & CORRECTIONS), bool(found & COMMENTS), discussed, _pages(package))


def _pages(package: zipfile.ZipFile) -> int:
    """0 where nobody counted them; printed elsewhere it may take more or fewer."""
    if PROPERTIES not in package.namelist():
        return 0
    with package.open(PROPERTIES) as part:
        found = PAGES.search(part.read(PROPERTIES_AT_MOST))
    return int(found[1]) if found else 0


def _elements(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> set[str]:
    """Local names of the elements of WordprocessingML that occur in the part."""
    names: set[str] = set()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _: names.add(name)
    office_parts.parse(package, member, parser)
    return {local for space, _, local in (name.rpartition(" ") for name in names) if space in NAMESPACES}
