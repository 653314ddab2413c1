"""A document of tables that is no letter, as DOCX: the same parts as ``rendering.table_document`` prints."""

from collections.abc import Sequence
from typing import NamedTuple

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm

from reports.typesetting import docx_document

WIDTH_MM = 180
NAME_MM = 45
SMALL_PT = 11
TITLE_PT = 14


class Table(NamedTuple):
    """``widths`` in millimetres, together ``WIDTH_MM``; without rows ``empty`` stands below the heading."""

    heading: str
    columns: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    empty: str


class Signatory(NamedTuple):
    """Who signs by hand: «СОГЛАСОВАНО», the post, the name; an empty name leaves room for it."""

    act: str
    post: str
    name: str


class Printed(NamedTuple):
    """What stands on the paper; ``day`` («12.09.2026») dates the file, ``remark`` stands on every page."""

    title: str
    author: str
    day: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    signatories: Sequence[Signatory]
    remark: str = ""


def write(printed: Printed) -> bytes:
    """The same bytes for the same content."""
    document = Document()
    values = {"margin": "20", "institution": [printed.author], "date": printed.day}
    docx_document.prepare(document, [["subject_line", printed.title]], values, printed.remark)
    center = WD_ALIGN_PARAGRAPH.CENTER
    docx_document.say(document, printed.title, size=TITLE_PT, bold=True, align=center, after=Mm(5))
    _facts(document, printed.facts)
    for table in printed.tables:
        heading = docx_document.say(document, table.heading, bold=True, before=Mm(6), after=Mm(2))
        heading.paragraph_format.keep_with_next = True
        _grid(document, table) if table.rows else docx_document.say(document, table.empty)
    _signatures(document, printed.signatories)
    return docx_document.same_bytes(document)


def _facts(document: Opened, facts: Sequence[tuple[str, str]]) -> None:
    table = docx_document.table(document, len(facts), [NAME_MM, WIDTH_MM - NAME_MM])
    for row, (name, value) in zip(table.rows, facts, strict=True):
        docx_document.say(row.cells[0], name)
        docx_document.say(row.cells[1], value)


def _grid(document: Opened, told: Table) -> None:
    table = docx_document.table(document, len(told.rows) + 1, told.widths, padding_mm=1.6)
    table.style = "Table Grid"
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, texts in zip(table.rows, [told.columns, *told.rows], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            docx_document.say(cell, text, size=SMALL_PT, bold=texts is told.columns)


def _signatures(document: Opened, signatories: Sequence[Signatory]) -> None:
    document.add_paragraph()
    gap = 10
    width = (WIDTH_MM - gap * (len(signatories) - 1)) / len(signatories)
    widths = [part for _ in signatories for part in (gap, width)][1:]
    table = docx_document.table(document, 1, widths)
    for cell, one in zip(table.rows[0].cells[::2], signatories, strict=True):
        docx_document.say(cell, one.act, bold=True)
        docx_document.say(cell, one.post)
        docx_document.say(cell, f"______________ {one.name}", before=Mm(8))
        docx_document.say(cell, "«____» ______________ 20___ г.", before=Mm(4))
