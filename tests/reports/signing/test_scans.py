"""A scan is a stranger's file: too large ones are refused in words, the others are read and drawn beside the portal."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rcro_portal.demo import scans as scanner
from rcro_portal.lib import limited, sheet_sizes, store
from reports.letters import signatures
from reports.models import Letter, LetterFile
from reports.models.letter import FileKind, Way
from reports.signing import scans
from tests.factories import letters as walked
from tests.factories.moments import SIGNED_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
A4 = (595, 842)
TIGHT = limited.Limits(memory=16 << 20)  # less than Python itself wants


@pytest.fixture
def letter(office: Office, demo: None) -> Letter:
    made = walked.awaiting(office)
    signatures.choose_method(letter=made, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    return made


def sheets(*sizes: tuple[float, float]) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        for size in sizes:
            document.add_blank_page(page_size=size)
        document.save(made)
    return made.getvalue()


def kept_before(letter: Letter, data: bytes, office: Office) -> LetterFile:
    """As scans were taken before they were judged."""
    made = {"by": office.methodist, "at": SIGNED_AT, "media_type": "application/pdf"}
    return signatures.keep_file(letter, FileKind.SCAN, store.put(data), len(data), **made)


def said(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def page_of(letter: Letter, scan: LetterFile, number: int = 1) -> str:
    return reverse("reports:letter-scan-page", args=[letter.pk, scan.pk, number])


def test_scan_with_a_page_that_is_no_sheet_is_refused_in_words(letter: Letter, office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    file = SimpleUploadedFile("scan.pdf", sheets(A4, (20, 150)), "application/pdf")
    answer = client.post(reverse("reports:letter-upload-scan", args=[letter.pk]), {"scan": file})
    assert (answer.status_code, letter.scans().count()) == (422, 0)
    assert "Страница 2: 7 × 53 мм, одна сторона больше другой в 5 с лишним раз." in said(answer)


def test_scan_with_too_many_pixels_is_refused(letter: Letter, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "BOUNDS", sheet_sizes.Bounds(pixels=1_000_000))
    data = scanner.scan(store.read(letter.final.digest), signatory=letter.signatory_name)
    with pytest.raises(scans.NotAScan, match=r"портал показывает до 1\s000\s000\."):
        signatures.upload_scan(letter=letter, data=data, by=office.clerk, at=SIGNED_AT)


@pytest.mark.drawn_anew
def test_scan_that_takes_too_much_is_refused(letter: Letter, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "LIMITS", TIGHT)
    with pytest.raises(scans.NotAScan, match="Файл не удалось проверить"):
        signatures.upload_scan(letter=letter, data=sheets(A4), by=office.clerk, at=SIGNED_AT)


def test_page_that_is_no_sheet_is_not_drawn(letter: Letter, office: Office, client: Client) -> None:
    scan = kept_before(letter, sheets((20, 150), A4), office)
    client.force_login(office.clerk)
    answer = client.get(page_of(letter, scan))
    assert (answer.status_code, "Страница 1: 7 × 53 мм" in said(answer)) == (409, True)
    assert client.get(page_of(letter, scan, 2)).content.startswith(b"\x89PNG")
    assert client.get(page_of(letter, scan, 3)).status_code == 404


@pytest.mark.drawn_anew
def test_scan_is_neither_read_nor_drawn_in_the_portals_own_process(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = walked.sent_on_paper(office)
    digest = letter.signature.original.digest
    opened = pypdfium2.PdfDocument

    def opens(data: bytes, *rest: Any) -> Any:
        assert data != store.read(digest), "a scan was opened"
        return opened(data, *rest)

    monkeypatch.setattr(pypdfium2, "PdfDocument", opens)
    client.force_login(office.head)
    assert reverse("reports:letter-page", args=[letter.pk, digest, 1]) in said(
        client.get(reverse("reports:letter-detail", args=[letter.pk]))
    )
    picture = client.get(reverse("reports:letter-page", args=[letter.pk, digest, 1]))
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.drawn_anew
def test_scan_that_cannot_be_shown_leaves_words_and_the_file(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = walked.sent_on_paper(office)
    monkeypatch.setattr(scans, "LIMITS", TIGHT)
    client.force_login(office.head)
    page = said(client.get(reverse("reports:letter-detail", args=[letter.pk])))
    pdf = reverse("reports:letter-pdf", args=[letter.pk])
    assert "Файл не открывается: он повреждён, закрыт паролем или слишком сложен." in page
    assert f'<a href="{pdf}">Открыть файл письма</a>' in page
    assert "Страниц пока нет" not in page


def test_drawing_that_failed_is_not_tried_by_each_reader(
    letter: Letter, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = kept_before(letter, sheets(A4), office)
    asked: list[int] = []

    def fails(*_: object, **__: object) -> bytes:
        asked.append(1)
        raise limited.OutOfTime

    monkeypatch.setattr(limited, "call", fails)
    client.force_login(office.clerk)
    answers = [client.get(page_of(letter, scan)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert (len(asked), scans.CannotShow.words in said(answers[2])) == (1, True)


def test_scan_that_nobody_had_time_to_read_is_read_by_the_next_reader(
    letter: Letter, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = kept_before(letter, sheets(A4), office)

    def waits(*_: object, **__: object) -> bytes:
        raise limited.Busy

    client.force_login(office.clerk)
    asked = reverse("reports:letter-confirm-scan", args=[letter.pk, scan.pk])
    with monkeypatch.context() as patched:
        patched.setattr(limited, "call", waits)
        page, drawn = said(client.get(asked)), client.get(page_of(letter, scan))
    assert (limited.BUSY in page, "Загрузите другой скан" in page, drawn.status_code) == (True, False, 409)
    assert limited.BUSY not in said(client.get(asked))
    assert client.get(page_of(letter, scan)).status_code == 200


def test_only_so_many_pages_are_shown(
    letter: Letter, office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "PAGES_SHOWN", 2)
    scan = kept_before(letter, sheets(A4, A4, A4), office)
    client.force_login(office.clerk)
    page = said(client.get(reverse("reports:letter-confirm-scan", args=[letter.pk, scan.pk])))
    assert page.count('alt="Скан, страница') == 2
    assert page.count("Откройте сам файл</a>") == page.count("<img src=") == 3
    assert "В файле 3 страницы, здесь показаны первые 2. Остальные – в самом файле." in page
