"""The letter as DOCX, for whoever must edit or quote it: the same elements, sizes and places as the sheet's.

Alone knows python-docx. Word breaks lines and pages by itself, so they may fall otherwise than in the PDF; of the
text that goes to another page with the signature Word holds two lines for sure, three where the last paragraph is
short. The QR code is left out: it vouches for the PDF, which this file is not.
"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.typesetting import body, docx_document, sheet, ties
from reports.typesetting.lines import OWN_HYPHEN
from reports.typesetting.sheet import Content

SHORT_LINES = 5  # a paragraph that is not divided before the signature
TWIPS_PER_MM = 1440 / 25.4
EXECUTOR_LINE_MM, EXECUTOR_BOTTOM_MM = 4.1, 290
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def write(content: Content, *, draft: bool, remark: str = "") -> bytes:
    """The same bytes for the same content; ``remark`` stands on every page. Raises BadContent, UnknownGlyph."""
    sheet.check(content)
    sheet.refuse_unknown(content)
    values = sheet.values_of(content)
    width = body.TEXT_MM[values["margin"]]
    document = Document()
    docx_document.prepare(document, content, values, remark)
    _head(document, values, width, draft)
    _text(document, content, values, width)
    _foot(document, values, width)
    return docx_document.same_bytes(document)


# -- Above the text ---------------------------------------------------------------------------------


def _head(document: Opened, values: dict[str, Any], width: float, draft: bool) -> None:
    corner = sheet.EDITIONS[values["edition"]]
    block, _, addressee = _row(document, [corner, width - corner - sheet.COLUMN_MM, sheet.COLUMN_MM])
    for element in ("body_above", "institution", "reference"):
        for paragraph in _evenly(block, values, element, corner, size=sheet.SMALL_PT, align=CENTER):
            paragraph.paragraph_format.space_after = Mm(0)
        block.paragraphs[-1].paragraph_format.space_after = Mm(2.5)
    number = (
        "ПРОЕКТ № ______" if draft else f"{values.get('date') or '____________'} № {values.get('number') or '______'}"
    )
    answered = f"на № {values.get('reply_to_number') or '_________'} от {values.get('reply_to_on') or '___________'}"
    for line in (number, answered):
        docx_document.say(block, line, align=CENTER, after=Mm(2.5))
    _evenly(addressee, values, "addressee", corner)
    for heading in _evenly(document, values, "subject_line", corner, before=Mm(3)):
        heading.paragraph_format.right_indent = Mm(width - sheet.COLUMN_MM)
        _whole(heading)
    if salutation := values.get("salutation"):
        _whole(docx_document.say(document, salutation, align=CENTER, before=Mm(7), after=Mm(4)))


def _evenly(place: Any, values: dict[str, Any], element: str, corner_mm: float, **look: Any) -> list[Paragraph]:
    """The element's lines, broken where the sheet breaks them."""
    value = values.get(element) or []
    face, _ = sheet.FACES[element]
    lines = [value] if isinstance(value, str) else value
    broken = ("\n".join(map(_plain, sheet.broken(line, element, corner_mm))) for line in lines)
    return [docx_document.say(place, text, bold=face == "bold", **look) for text in broken]


def _plain(line: str) -> str:
    """Without the sheet's own marks, which Word shows as boxes."""
    return line.replace(ties.WORD_JOINER, "").replace(OWN_HYPHEN, "-")


def _row(document: Opened, widths: Sequence[float]) -> list[_Cell]:
    """A row of a table without rules: how Word sets things side by side."""
    return list(docx_document.table(document, 1, widths).rows[0].cells)


def _interval(document: Opened, points: float) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(points)


def _whole(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.keep_with_next = paragraph.paragraph_format.keep_together = True


# -- The text ---------------------------------------------------------------------------------------


def _text(document: Opened, content: Content, values: dict[str, Any], width: float) -> None:
    texts = [(str(element), value) for element, value in content if element in body.ELEMENTS]
    for (element, value), part in zip(texts, body.parts(content, margin=values["margin"]), strict=True):
        if element == "table":
            _grid(document, value, part, width)
            continue
        marker, text = body.marked(value) if element == "item" else ("", value)
        paragraph = docx_document.say(document, text.replace("\n", " "), align=JUSTIFY)
        if element == "item":
            _, room = body.hanging(marker)
            _hang(paragraph, marker, body.INDENT_MM + room, room)
        else:
            paragraph.paragraph_format.first_line_indent = Mm(body.INDENT_MM)
        with_next = {"tail", "leading"} & set(part.marks.split())
        paragraph.paragraph_format.keep_with_next = bool(with_next) or None
        paragraph.paragraph_format.keep_together = bool(with_next and part.lines <= SHORT_LINES) or None


def _hang(paragraph: Paragraph, marker: str, left_mm: float, room_mm: float) -> None:
    """The marker stands to the left of the text, which keeps its own edge."""
    paragraph.paragraph_format.left_indent = Mm(left_mm)
    if marker:
        paragraph.paragraph_format.first_line_indent = Mm(-room_mm)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(left_mm))
        paragraph.runs[0].text = f"{marker}\t{paragraph.runs[0].text}"


def _grid(document: Opened, rows: list[list[str]], part: body.Part, width: float) -> None:
    _interval(document, 6)
    table = docx_document.table(document, len(rows), [width * percent / 100 for percent in part.widths], padding_mm=1.6)
    table.style = "Table Grid"
    cells = [*part.rows, *part.held]
    for number, (texts, row) in enumerate(zip(rows, table.rows, strict=True)):
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for text, cell, made in zip(texts, row.cells, cells[number].cells, strict=False):
            align = CENTER if made.figures or number == 0 else LEFT
            paragraph = docx_document.say(cell, text, size=body.TABLE_PT[part.kind], bold=number == 0, align=align)
            paragraph.paragraph_format.keep_with_next = number == 0 or number >= len(part.rows) or None
    _interval(document, 6)  # two tables in a row would be one


# -- Below the text ---------------------------------------------------------------------------------


def _foot(document: Opened, values: dict[str, Any], width: float) -> None:
    if lines := values.get("appendix"):
        _appendix(document, lines)
    if closing := values.get("closing"):
        _whole(docx_document.say(document, closing, before=Mm(5)))
    name_mm = sheet.signatory_column(values).width_mm
    post, _, name = _row(document, [60, width - 60 - name_mm, name_mm])
    docx_document.say(post, values.get("signatory_post", ""), before=Mm(10))
    docx_document.say(name, values.get("signatory_name", ""), align=RIGHT)
    for cell in (post, name):
        bottom = OxmlElement("w:vAlign")
        bottom.set(qn("w:val"), "bottom")
        cell._tc.get_or_add_tcPr().append(bottom)
    _executor(document, values.get("prepared_by") or [""])


def _appendix(document: Opened, lines: list[str]) -> None:
    mark, names = sheet.appendix_of(lines)
    label_mm = 26 if mark else 0
    for place, (number, name) in enumerate(names):
        paragraph = docx_document.say(document, name, before=Mm(5) if place == 0 else 0)
        room = 7 if number else 0
        left = label_mm + room
        before = "".join(f"{text}\t" for text in (mark if place == 0 else "", number) if text)
        shift = left if place == 0 else room
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(left), Mm(-shift)
        for stop in {label_mm, left} - {0}:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(stop))
        paragraph.runs[0].text = before + paragraph.runs[0].text
        _whole(paragraph)


def _executor(document: Opened, lines: list[str]) -> None:
    """A frame in the lower margin, anchored behind the signature: on the last page wherever that falls."""
    top = EXECUTOR_BOTTOM_MM - EXECUTOR_LINE_MM * len(lines)
    for line in lines:
        paragraph = docx_document.say(document, line, size=sheet.SMALL_PT)
        frame = OxmlElement("w:framePr")
        for name, value in (
            ("w", round(120 * TWIPS_PER_MM)),
            ("wrap", "around"),
            ("vAnchor", "page"),
            ("hAnchor", "margin"),
            ("xAlign", "left"),
            ("y", round(top * TWIPS_PER_MM)),
        ):
            frame.set(qn(f"w:{name}"), str(value))
        paragraph._p.get_or_add_pPr().insert_element_before(
            frame, "w:widowControl", "w:numPr", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    _interval(document, 1)  # what the frame is anchored to
