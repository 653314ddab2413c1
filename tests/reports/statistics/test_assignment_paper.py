"""The paper of a technical assignment: what it says, and its two files."""

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from events.assignments import assignments
from reports.statistics import assignment_paper as paper
from reports.typesetting import rendering
from tests import clock
from tests.factories import assignments as made
from tests.factories.assignments import AGREED_AT
from tests.factories.centers import CenterFactory
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(office: Office) -> Any:
    center = CenterFactory(organization__short_name="Лицей у реки", organization__head_name="Орлова Н.П.")
    return made.agreed(made.begun(center), by=office.methodist)


def printed(assignment: Any, version: Any = None) -> Any:
    return paper.printed(made.fresh(assignment), version, clock.today())


def test_agreed_version_is_printed_ready_to_sign(agreed: Any) -> None:
    said = printed(agreed)
    assert (said.remark, dict(said.facts)["Редакция"]) == ("", "1")
    assert [(one.act, one.name) for one in said.signatories][-1] == ("УТВЕРЖДАЮ", "Орлова Н.П.")
    text = rendering.plain_text(paper.pdf(said))
    assert ("День открытой лаборатории" in text, "Проведено событий" in text, "ПРОЕКТ" in text) == (True, True, False)


def test_pdf_is_tagged_and_its_tables_have_heads(agreed: Any) -> None:
    with pikepdf.open(io.BytesIO(paper.pdf(printed(agreed)))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "ru"
        assert "/TH" in {str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)}


def test_while_the_next_is_written_the_agreed_one_is_printed(agreed: Any) -> None:
    assignments.amend(assignment=agreed, by=agreed.edited_by, at=AGREED_AT)
    made.write(agreed, goals=[{"key": "", "text": "Ещё не согласованная цель"}])
    assert [row[1] for row in printed(agreed).tables[0].rows] == ["Открыть лаборатории для сельских школ"]


def test_what_is_not_agreed_says_so_on_every_page(office: Office) -> None:
    draft = printed(made.write(made.begun()))
    assert (draft.remark, dict(draft.facts)["Согласовано"]) == (paper.DRAFT, "нет")
    assert paper.DRAFT in rendering.plain_text(paper.pdf(draft))
    document = Document(io.BytesIO(paper.docx(draft)))
    assert paper.DRAFT in document.sections[0].first_page_header.paragraphs[0].text


def test_docx_says_what_the_pdf_says_and_is_the_same_each_time(agreed: Any) -> None:
    said = printed(agreed)
    data = paper.docx(said)
    assert data == paper.docx(said)
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"День открытой лаборатории", "открытый урок", "март", "40", "Проведено событий"} <= set(cells)
    assert document.core_properties.title == paper.TITLE


def test_files_of_an_empty_draft_are_given_too(client: Client) -> None:
    assignment = made.begun()
    client.force_login(assignment.edited_by)
    for kind, media in (("pdf", "application/pdf"), ("docx", paper.DOCX)):
        answer = client.get(reverse(f"reports:assignment-{kind}", args=[assignment.pk]))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)
