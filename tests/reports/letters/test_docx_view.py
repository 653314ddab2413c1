"""The office downloads a letter as DOCX: a draft says so, a numbered one bears its number, and no page is taken for
the original."""

import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Letter
from tests.factories import letters
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def opened(client: Client, office: Office, letter: Letter) -> tuple[Any, str]:
    """The document, and the name under which it is kept."""
    client.force_login(office.methodist)
    answer = client.get(reverse("reports:letter-docx", args=[letter.pk]))
    return docx.Document(io.BytesIO(answer.content)), answer["Content-Disposition"]


def downloaded(client: Client, office: Office, letter: Letter) -> str:
    document, _ = opened(client, office, letter)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]).replace("\xa0", " ")


def test_draft_bears_no_number(client: Client, office: Office) -> None:
    text = downloaded(client, office, letters.approved(office))
    assert "ПРОЕКТ" in text
    assert "№ 941" not in text


def test_numbered_letter_bears_its_number(client: Client, office: Office) -> None:
    letter = letters.awaiting(office)
    text = downloaded(client, office, letter)
    assert f"№ {letter.entry.number}" in text
    assert "ПРОЕКТ" not in text


def test_every_page_of_a_sent_letter_says_that_it_is_no_original(client: Client, office: Office) -> None:
    document, name = opened(client, office, letters.sent_on_paper(office))
    words = "Не подлинник: копия для правки и цитат. Подлинник письма – лист, подписанный от руки."
    section = document.sections[0]
    assert [paragraph.text for paragraph in section.first_page_header.paragraphs] == [words]
    assert [paragraph.text for paragraph in section.header.paragraphs][1:] == [words]
    assert document.core_properties.comments == words
    assert name == 'attachment; filename="pismo-941-2026-ne-podlinnik.docx"'


@pytest.mark.parametrize("make", [letters.approved, letters.awaiting])
def test_letter_on_its_way_says_that_nobody_signed_it(client: Client, office: Office, make: Any) -> None:
    document, _ = opened(client, office, make(office))
    assert document.sections[0].first_page_header.paragraphs[0].text == "Не подлинник: письмо не подписано."
