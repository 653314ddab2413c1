"""LibreOffice opens what the portal writes for office programs, and makes as many pages of it as the portal means."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.http import QueryDict

from reports.journal import listing
from reports.models import RegisterEntry
from reports.typesetting import docx_letter, pages, rendering
from tests.factories.reports import RegisterEntryFactory
from tests.reports import paper

pytestmark = pytest.mark.timeout(300)
A4_ACROSS = (842, 595)


def converted(data: bytes, name: str, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of the file."""
    source = folder / name
    source.write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", folder, source], capture_output=True, text=True, timeout=120, check=True
    )
    made = source.with_suffix(".pdf")
    assert made.exists(), done.stdout + done.stderr
    return made.read_bytes()


def bare(text: str) -> str:
    """Lines end elsewhere, at a hyphen too."""
    return re.sub(r"[-\s]", "", text)


@pytest.mark.parametrize("content", [paper.letter_941, lambda: paper.of_pages(3)], ids=["941", "three pages"])
def test_letter_has_as_many_pages_and_the_same_words(content: object, tmp_path: Path) -> None:
    letter = content()
    pdf = converted(docx_letter.write(letter, draft=False), "letter.docx", tmp_path)
    drawn = rendering.draw(letter)
    assert pages.page_count(pdf) == pages.page_count(drawn)
    said = bare(pages.plain_text(pdf))
    assert [word for word in paper.words(pages.plain_text(drawn)).split() if bare(word) not in said] == []


@pytest.mark.django_db
def test_journal_stands_across_the_sheet_on_one_page_in_width(tmp_path: Path) -> None:
    for _ in range(60):
        RegisterEntryFactory(addressee="Руководителям школ сети, " * 4, subject_line="О проведении вебинара " * 5)
    rows = RegisterEntry.objects.order_by("pk")
    workbook = listing.listed(QueryDict("order=-number"), listing.registers_with_years()).file("xlsx").content
    pdf = converted(workbook, "journal.xlsx", tmp_path)
    with pikepdf.open(tmp_path / "journal.pdf") as opened:
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in opened.pages}
    assert sizes == {A4_ACROSS}
    said = paper.words(pages.plain_text(pdf))
    assert [row.number for row in rows if row.number not in said] == []
