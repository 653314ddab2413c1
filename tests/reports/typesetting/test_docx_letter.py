"""The letter as DOCX, read back: every word, the sheet's measures, fields and ties, the same bytes each time."""

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm

from rcro_portal.lib.russian import NBSP
from reports.typesetting import docx_document, docx_letter, rendering, sheet
from tests.reports import paper

EVERY = paper.with_elements(*paper.EVERY_ELEMENT, edition="2025", qr=paper.ADDRESS)


def opened(content: list[list[object]], *, draft: bool = False) -> Opened:
    return Document(io.BytesIO(docx_letter.write(content, draft=draft)))


def mm(length: int | None) -> float:
    return round((length or 0) / Mm(1), 1)


def text_of(document: Opened) -> str:
    """In the order of the body, tables cell by cell."""
    nodes = document.element.body.iter(qn("w:t"), qn("w:p"), qn("w:br"), qn("w:tab"))
    texts = [node.text if node.tag == qn("w:t") else " " for node in nodes]
    return paper.words("".join(texts))


def test_says_every_word_of_letter_941() -> None:
    said = text_of(opened(paper.letter_941()))
    assert sorted(said.split()) == sorted(paper.text_941().split())


def test_says_every_element() -> None:
    said = text_of(opened(EVERY))
    assert [text for _, text in sheet.text_of(EVERY) if paper.words(text) not in said] == []


def test_draft_has_no_number() -> None:
    said = text_of(opened(paper.letter_941(), draft=True))
    assert ("ПРОЕКТ № ______" in said, "25.09.2020" in said) == (True, False)


@pytest.mark.parametrize("margin", ["20", "30"])
def test_sheet_is_a4_with_the_margins_of_the_standard(margin: str) -> None:
    section = opened([*paper.letter_941(), ["margin", margin]]).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    edges = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [mm(edge) for edge in edges] == [int(margin), 10, 20, 20]


def test_pages_are_numbered_from_the_second() -> None:
    section = opened(paper.letter_941()).sections[0]
    assert section.different_first_page_header_footer
    assert (mm(section.header_distance), section.first_page_header.paragraphs[0].text) == (10, "")
    assert [node.text for node in section.header._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_type_is_times_with_a_free_substitute() -> None:
    data = docx_letter.write(paper.letter_941(), draft=False)
    normal = Document(io.BytesIO(data)).styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 12)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        fonts, styles = (file.read(f"word/{name}.xml").decode() for name in ("fontTable", "styles"))
    assert '<w:font w:name="Times New Roman"><w:altName w:val="Tinos"/>' in fonts
    assert ('w:val="ru-RU"' in styles, 'w:val="en-US"' in styles) == (True, False)


def test_corner_and_addressee_stand_side_by_side_without_rules() -> None:
    head = opened(EVERY).tables[0]
    assert [mm(cell.width) for cell in head.rows[0].cells] == [80, 20, 80]
    assert head.style.name == "Normal Table"
    assert [paragraph.text.split("\n")[0].replace(NBSP, " ") for paragraph in head.rows[0].cells[2].paragraphs] == [
        "Руководителям и педагогам",
        "Томской области",
    ]


def test_what_belongs_together_is_tied_but_prepositions_are_free() -> None:
    said = "\n".join(paragraph.text for paragraph in opened(paper.letter_941()).paragraphs)
    assert f"18{NBSP}сентября{NBSP}2020{NBSP}года" in said
    assert f"г.{NBSP}Томска" in said
    assert "В соответствии с планом-графиком" in said


def test_table_repeats_its_heading_and_keeps_rows_whole() -> None:
    table = opened(EVERY).tables[1]
    assert table.style.name == "Table Grid"
    assert [[cell.text.replace(NBSP, " ") for cell in row.cells] for row in table.rows] == paper.TABLE
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert {run.font.size.pt for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs} == {11}


def test_signature_is_kept_with_the_lines_before_it() -> None:
    document = opened(EVERY)
    closing, appendix = (
        next(one for one in document.paragraphs if one.text.startswith(text)) for text in ("С уважением", "2.\tФорма")
    )
    last = next(one for one in document.paragraphs if one.text.startswith("Заявки"))
    assert [one.paragraph_format.keep_with_next for one in (closing, appendix, last)] == [True, True, True]
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["Директор", "", f"Н.П.{NBSP}Лыжина"]


def test_items_and_appendices_hang() -> None:
    document = opened(EVERY)
    item = next(one for one in document.paragraphs if one.text.startswith("1.\tОткрытие"))
    assert [mm(item.paragraph_format.left_indent), mm(item.paragraph_format.first_line_indent)] == [20, -7.5]
    mark = next(one for one in document.paragraphs if one.text.startswith("Приложение"))
    assert mark.text.split("\t")[:2] == ["Приложение:", "1."]


def test_executor_is_a_frame_at_the_foot_of_the_page_of_the_signature() -> None:
    document = opened(paper.letter_941())
    executor = next(one for one in document.paragraphs if one.text.startswith("Сафонова") and len(one.text) < 40)
    frame = executor._p.pPr.find(qn("w:framePr"))
    assert (frame.get(qn("w:vAnchor")), executor.runs[0].font.size.pt) == ("page", 10)
    assert 277 <= int(frame.get(qn("w:y"))) / docx_letter.TWIPS_PER_MM <= 290


def test_file_is_titled_and_dated_by_the_letter() -> None:
    properties = opened(paper.letter_941()).core_properties
    assert properties.title == "Об итогах проведения вебинара. № 941 от 25.09.2020"
    assert (properties.language, f"{properties.created:%d.%m.%Y}") == ("ru-RU", "25.09.2020")


def test_impossible_date_dates_nothing() -> None:
    assert opened(paper.replaced(date="31.02.2026")).core_properties.created.year == docx_document.MADE_AT.year


def test_same_content_gives_the_same_bytes() -> None:
    assert docx_letter.write(EVERY, draft=False) == docx_letter.write(EVERY, draft=False)


def test_what_the_sheet_refuses_is_refused() -> None:
    with pytest.raises(rendering.BadContent):
        docx_letter.write([["colour", "red"]], draft=False)
    with pytest.raises(rendering.UnknownGlyph):
        docx_letter.write(paper.with_paragraphs("😀"), draft=False)


def test_file_names_no_other_program_and_carries_no_foreign_picture() -> None:
    """python-docx's own template brings «Microsoft Macintosh Word» and a thumbnail of an empty page."""
    with zipfile.ZipFile(io.BytesIO(docx_letter.write(EVERY, draft=False))) as file:
        names = file.namelist()
        said = b"".join(file.read(name) for name in names if name.endswith((".xml", ".rels"))).lower()
    assert not [name for name in names if "thumbnail" in name or name.endswith("app.xml")]
    assert not [word for word in (b"python-docx", b"macintosh", b"thumbnail", b"app.xml") if word in said]
