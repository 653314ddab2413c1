"""The scan of a paper original: laid beside the letter, doubted in words, confirmed by an answer to a question."""

import io

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from rcro_portal.demo import scans
from rcro_portal.lib import store
from reports.letters import scan_doubts, signatures
from reports.models import Letter, LetterFile
from reports.models.letter import FileKind, LetterStatus, Way
from reports.typesetting import rendering
from tests.factories import letters as walked
from tests.factories.moments import SIGNED_AT
from tests.factories.reports import Office
from tests.reports import paper

pytestmark = pytest.mark.django_db
QUESTION = "Это подписанный оригинал письма № 941 от"
SAME, OTHER, FEW = "Это тот же файл", "В тексте файла нет номера 941.", "В скане 1 страница, а в письме – 2."


@pytest.fixture
def letter(office: Office, demo: None) -> Letter:
    made = walked.awaiting(office)
    signatures.choose_method(letter=made, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    return made


def brought(letter: Letter, data: bytes, office: Office) -> LetterFile:
    return signatures.upload_scan(letter=letter, data=data, by=office.methodist, at=SIGNED_AT)


def doubts(letter: Letter, scan: LetterFile) -> str:
    return " ".join(scan_doubts.doubts_about(letter, scan, scan_doubts.seen(scan)))


def unsigned(letter: Letter) -> bytes:
    assert letter.final
    return store.read(letter.final.digest)


def saved_again(data: bytes) -> bytes:
    copy = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.docinfo["/Producer"] = "Печать в PDF"
        opened.save(copy)
    return copy.getvalue()


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("L", (827, 1169), "white").save(made, kind)
    return made.getvalue()


def test_unsigned_pdf_is_doubted(letter: Letter, office: Office) -> None:
    assert doubts(letter, brought(letter, unsigned(letter), office)).startswith(SAME)


def test_unsigned_pdf_saved_once_more_is_doubted(letter: Letter, office: Office) -> None:
    data = saved_again(unsigned(letter))
    assert data != unsigned(letter)
    assert "сохранённый ещё раз" in doubts(letter, brought(letter, data, office))


def test_scan_of_another_letter_whose_text_can_be_read_is_doubted(letter: Letter, office: Office) -> None:
    letter.entry.number = "17/3"
    other = rendering.draw(paper.with_paragraphs("Прошу принять к сведению решение совета."))
    assert OTHER.replace("941", "17/3") in doubts(letter, brought(letter, other, office))


def test_scan_of_this_letter_with_its_text_is_not_doubted(letter: Letter, office: Office) -> None:
    """Scanners lay the text that they read under the picture: numbers stand in it with odd spaces."""
    text = rendering.draw(paper.with_paragraphs("Прошу принять к сведению решение совета и разослать его."))
    assert OTHER not in doubts(letter, brought(letter, text, office))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_plain_picture_is_not_doubted_by_its_text(letter: Letter, office: Office, kind: str) -> None:
    found = doubts(letter, brought(letter, picture(kind), office))
    assert "номера" not in found
    assert found in ("", f"{FEW} Возможно, отсканированы не все листы.")


def test_true_scan_raises_no_doubt(letter: Letter, office: Office) -> None:
    data = scans.scan(unsigned(letter), signatory=letter.signatory_name)
    assert doubts(letter, brought(letter, data, office)) == ""


def test_sheets_left_out_are_told(letter: Letter, office: Office) -> None:
    assert letter.final
    two_pages = rendering.draw(paper.letter_941())
    letter.final.digest = store.put(two_pages)
    assert FEW in doubts(letter, brought(letter, picture("PDF"), office))


@pytest.mark.parametrize("data", [b"%PDF-1.7 scan", b"%PDF-1.4\n%%EOF"])
def test_file_that_does_not_open_is_told(letter: Letter, office: Office, data: bytes) -> None:
    """As they were taken before they were judged."""
    made = {"by": office.clerk, "at": SIGNED_AT, "media_type": "application/pdf"}
    scan = signatures.keep_file(letter, FileKind.SCAN, store.put(data), len(data), **made)
    assert doubts(letter, scan).startswith("Файл не открывается")


@pytest.mark.parametrize(
    ("number", "text", "named"),
    [
        ("941", "25.09.2020 № 941", True),
        ("941", "от 25.09.2020 N9 41", False),
        ("941", "№ 1941", False),
        ("ГД-1736/03", "исх. гд-1736 / 03", True),
        ("77/3", "77/31", False),
    ],
)
def test_number_is_looked_for_by_itself(number: str, text: str, named: bool) -> None:
    assert scan_doubts._names(text, number) is named


# -- The page ---------------------------------------------------------------------------------------


def address(letter: Letter, scan: LetterFile) -> str:
    return reverse("reports:letter-confirm-scan", args=[letter.pk, scan.pk])


def said(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def test_page_asks_and_shows_both(letter: Letter, office: Office, client: Client) -> None:
    scan = brought(letter, scans.scan(unsigned(letter), signatory=letter.signatory_name), office)
    client.force_login(office.clerk)
    page = said(client.get(address(letter, scan)))
    assert QUESTION in page
    assert page.count('alt="Скан, страница') == page.count('alt="Письмо, страница') >= 1
    assert "Я сверил(а) скан" not in page
    picture = client.get(reverse("reports:letter-scan-page", args=[letter.pk, scan.pk, 1]))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(reverse("reports:letter-scan-page", args=[letter.pk, scan.pk, 99])).status_code == 404


def test_letter_leads_to_the_question(letter: Letter, office: Office, client: Client) -> None:
    scan = brought(letter, picture("PDF"), office)
    client.force_login(office.clerk)
    assert f'href="{address(letter, scan)}"' in said(client.get(reverse("reports:letter-detail", args=[letter.pk])))


def test_doubted_scan_is_confirmed_only_with_an_answer(letter: Letter, office: Office, client: Client) -> None:
    scan = brought(letter, unsigned(letter), office)
    client.force_login(office.clerk)
    assert SAME in said(client.get(address(letter, scan)))
    refused = client.post(address(letter, scan))
    letter.refresh_from_db()
    assert (refused.status_code, letter.status) == (422, LetterStatus.AWAITING)
    assert "Отметьте, что сверили скан с бумагой" in said(refused)
    client.post(address(letter, scan), {"sure": "on"})
    letter.refresh_from_db()
    assert letter.status in (LetterStatus.SIGNED, LetterStatus.SENT)


def test_picture_is_shown_as_it_came(letter: Letter, office: Office, client: Client) -> None:
    scan = brought(letter, picture("JPEG"), office)
    client.force_login(office.clerk)
    assert reverse("reports:letter-file", args=[letter.pk, scan.pk]) in said(client.get(address(letter, scan)))


def test_older_scan_is_not_asked_about(letter: Letter, office: Office, client: Client) -> None:
    first, _ = brought(letter, picture("JPEG"), office), brought(letter, picture("PNG"), office)
    client.force_login(office.clerk)
    assert client.get(address(letter, first)).status_code == 302


def test_older_scan_is_no_matter_of_who_brought_the_newest(letter: Letter, office: Office, client: Client) -> None:
    """Not their own file is in question there: «not now», and not «not you»."""
    first = brought(letter, picture("JPEG"), office)
    signatures.upload_scan(letter=letter, data=picture("PNG"), by=office.clerk, at=SIGNED_AT)
    client.force_login(office.clerk)
    assert client.get(address(letter, first)).status_code == 302
    answer = client.post(address(letter, first), {"sure": "on"})
    assert (answer.status_code, "загружен другой" in said(answer)) == (409, True)
    assert client.get(address(letter, letter.scans()[0])).status_code == 403
