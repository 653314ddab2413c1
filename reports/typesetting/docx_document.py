"""A DOCX of ours around its text: the sheet's measures, what the file says of itself, the same bytes each time.

python-docx starts from a template of its own, with a picture of an empty page and the name of another program: both go.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx.document import Document as Opened
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.typesetting import body, sheet, ties
from reports.typesetting.sheet import Content

FONT, SUBSTITUTE = "Times New Roman", "Tinos"
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # for letters without a date: the same content gives the same bytes
REMARK_PT = 9
TWIPS_PER_MM = 1440 / 25.4
LEFT = WD_ALIGN_PARAGRAPH.LEFT
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
# docProps/thumbnail.jpeg and docProps/app.xml, which names «Microsoft Macintosh Word» and counts one page.
_FOREIGN = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def prepare(document: Opened, content: Content, values: dict[str, Any], remark: str = "") -> None:
    """``remark`` stands above the text of every page, and among what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(int(values["margin"])), Mm(10)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.header_distance, section.footer_distance = Mm(10), Mm(7)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    if remark:
        _remark(section.first_page_header.paragraphs[0], remark)
        _remark(section.header.add_paragraph(), remark)
    _style(document)
    _forget_template(document)
    properties = document.core_properties
    properties.title, properties.language = sheet.title_of(content), "ru-RU"
    properties.author = " ".join(values.get("institution", []))
    properties.keywords = properties.last_modified_by = ""
    properties.comments = remark
    found = _DATE.fullmatch(values.get("date", ""))
    day = _day(*map(int, found.groups())) if found else MADE_AT
    properties.created = properties.modified = day


def _forget_template(document: Opened) -> None:
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype in _FOREIGN]:
        relations.pop(name)


def _day(day: int, month: int, year: int) -> datetime:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return MADE_AT


def _style(document: Opened) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(body.SIZE_PT)
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        normal.element.rPr.rFonts.set(qn(script), FONT)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "ru-RU")
    hyphens = OxmlElement("w:autoHyphenation")
    document.settings.element.find(qn("w:defaultTabStop")).addnext(hyphens)
    fonts = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    named = f'<w:font w:name="{FONT}">'.encode()
    fonts._blob = fonts.blob.replace(named, named + f'<w:altName w:val="{SUBSTITUTE}"/>'.encode())


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _remark(paragraph: Paragraph, remark: str) -> None:
    """Small enough to leave the text where it stands."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(remark)
    run.font.size, run.italic = Pt(REMARK_PT), True


def table(document: Opened, rows: int, widths: Sequence[float], *, padding_mm: float = 0) -> Table:
    made = document.add_table(rows, len(widths))
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    properties = made._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(padding_mm * TWIPS_PER_MM)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return made


def say(
    place: Any, text: str, *, size: float = 0, bold: bool = False, align: Any = LEFT, before: Any = 0, after: Any = 0
) -> Paragraph:
    """A paragraph of the text at the end of the document or the cell, whose first one is empty at first."""
    fresh = isinstance(place, _Cell) and not place.paragraphs[0].runs
    paragraph = place.paragraphs[0] if fresh else place.add_paragraph()
    run = paragraph.add_run("\n".join(ties.tied(line, prepositions=False) for line in text.split("\n")))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, after
    return paragraph


def same_bytes(document: Opened) -> bytes:
    """The file, the same for the same content."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_DAY)
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(entry), zipfile.ZIP_DEFLATED, 6)
    return fixed.getvalue()
