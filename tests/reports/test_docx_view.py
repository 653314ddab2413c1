"""The office downloads a letter as DOCX: a draft says so, a numbered one bears its number."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Letter
from tests.factories import letters
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def downloaded(client: Client, office: Office, letter: Letter) -> str:
    client.force_login(office.methodist)
    answer = client.get(reverse("reports:letter-docx", args=[letter.pk]))
    document = docx.Document(io.BytesIO(answer.content))
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
