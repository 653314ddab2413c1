"""What goes with a letter: files judged by their bytes, counted, ordered, marked and frozen."""

import io
import zipfile
from typing import Any

import pikepdf
import pytest

from events.outcomes import OutcomeLocked
from rcro_portal import store
from reports import appendices, appendix_mark, content, drafts, enclosed_file, letters
from reports.models import Letter, LetterAppendix
from tests.factories import centers, events
from tests.factories import letters as walked
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office
from tests.untouched import refused


def package(**parts: bytes | str) -> bytes:
    """A DOCX but for what is changed; keys are member names with «_» for «/»."""
    members = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"} | {
        name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()
    }
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                if data:
                    archive.writestr(name, data)
        return file.getvalue()


def pdf(pages: int = 2, **save: Any) -> bytes:
    with io.BytesIO() as file, pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(file, **save)
        return file.getvalue()


def scripted() -> bytes:
    with io.BytesIO() as file, pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.save(file)
        return file.getvalue()


WORD_SAYS_3 = {"docProps__app_dot_xml": "<Properties><Pages>3</Pages></Properties>"}
XLSX = {"word__document_dot_xml": "", "xl__workbook_dot_xml": "<workbook/>"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(2), enclosed_file.Kind(enclosed_file.PDF, 2)),
        (package(**WORD_SAYS_3), enclosed_file.Kind(enclosed_file.DOCX, 3)),
        (package(), enclosed_file.Kind(enclosed_file.DOCX, None)),
        (package(**XLSX), enclosed_file.Kind(enclosed_file.XLSX, None)),
    ],
)
def test_kind_and_sheets_come_from_the_bytes(data: bytes, kind: enclosed_file.Kind) -> None:
    assert enclosed_file.judge(data) == kind


SECRET = pikepdf.Encryption(owner="x", user="x")
BOMB = {"word__media__bomb": b"\x00" * (enclosed_file.INFLATED_AT_MOST + 1)}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00", "Приложением бывает PDF, DOCX или XLSX."),
        (b"", "Приложением бывает PDF, DOCX или XLSX."),
        (package(word__document_dot_xml=""), "Приложением бывает PDF, DOCX или XLSX."),
        (package(xl__workbook_dot_xml="<x/>"), "Приложением бывает PDF, DOCX или XLSX."),
        (enclosed_file.OLE + b"x", "Файл закрыт паролем или сохранён в старом виде"),
        (pdf(encryption=SECRET), "PDF закрыт паролем."),
        (pdf(encryption=pikepdf.Encryption(owner="x", user="")), "PDF закрыт паролем."),
        (b"%PDF-1.7 garbage", "PDF повреждён"),
        (scripted(), "В PDF есть сценарий или вложенный файл."),
        (package(word__vbaProject_dot_bin=b"x"), "В файле есть макрос"),
        (package(xl__externalLinks__externalLink1_dot_xml=b"x"), "В файле есть макрос или связь с другим файлом."),
        (package(**BOMB), "Файл внутри слишком велик."),
        (package()[:-30], "Файл повреждён"),
        (b"%PDF-" + b"0" * enclosed_file.FILE_LIMIT_BYTES, "Файл больше 12 МБ."),
    ],
)
def test_what_is_not_taken_is_refused_with_words(data: bytes, words: str) -> None:
    with pytest.raises(enclosed_file.NotTaken) as refusal:
        enclosed_file.judge(data)
    assert str(refusal.value).startswith(words)


pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.free(office, figure=False, body="Сообщаем.")


def titles(letter: Letter) -> list[str]:
    return [row.title for row in letter.appendices.order_by("position")]


def test_appendix_is_kept_under_its_digest(letter: Letter) -> None:
    row = walked.enclose(letter, data=pdf(2), file_name="C:/папка/Порядок.docx")
    assert (row.file_name, row.media_type, row.sheets, row.copies, row.position) == (
        "Порядок.pdf",
        "application/pdf",
        2,
        1,
        1,
    )
    assert store.read(row.digest) == pdf(2)


def test_person_says_how_many_sheets_where_the_file_does_not(letter: Letter) -> None:
    with refused(appendices.SheetsUnknown):
        walked.enclose(letter, data=package())
    assert walked.enclose(letter, data=package(), sheets=4).sheets == 4


def test_order_is_the_authors(letter: Letter) -> None:
    first, second, third = (walked.enclose(letter, title=name) for name in ("А", "Б", "В"))
    appendices.rise(of=letter, appendix=third)
    assert titles(letter) == ["А", "В", "Б"]
    appendices.rise(of=letter, appendix=first)
    appendices.remove(of=letter, appendix=first)
    assert titles(letter) == ["В", "Б"]
    assert list(letter.appendices.order_by("position").values_list("position", flat=True)) == [1, 2]
    appendices.count(of=letter, appendix=second, title="Б", sheets=7, copies=2)
    assert (LetterAppendix.objects.get(title="Б").sheets, LetterAppendix.objects.get(title="Б").copies) == (7, 2)


def test_letter_takes_twenty_appendices(letter: Letter) -> None:
    for _ in range(appendices.AT_MOST):
        walked.enclose(letter)
    with refused(appendices.TooMany):
        walked.enclose(letter)


def row(title: str, sheets: int, copies: int = 1) -> LetterAppendix:
    return LetterAppendix(title=title, sheets=sheets, copies=copies)


@pytest.mark.parametrize(
    ("rows", "text", "lines"),
    [
        ([], ["Порядок в приложении."], []),
        ([row("Порядок", 2)], ["Порядок в приложении."], ["Приложение: на 2 л. в 1 экз."]),
        ([row("Порядок", 2)], ["Прилагаем порядок."], ["Приложение: на 2 л. в 1 экз."]),
        ([row("Порядок сбора", 5, 2)], ["Сообщаем."], ["Приложение: Порядок сбора на 5 л. в 2 экз."]),
        (
            [row("Порядок", 5), row("Форма", 1)],
            ["Порядок в приложении."],
            ["Приложение: 1. Порядок на 5 л. в 1 экз.", "2. Форма на 1 л. в 1 экз."],
        ),
    ],
)
def test_mark_names_what_the_text_does_not(rows: list[LetterAppendix], text: list[str], lines: list[str]) -> None:
    assert appendix_mark.lines(rows, text) == lines


def test_filing_freezes_the_appendices(letter: Letter, office: Office) -> None:
    walked.enclose(letter, data=pdf(2), title="Порядок")
    letters.file(letter=letter, by=office.methodist, at=FILED_AT)
    letter.refresh_from_db()
    assert ["appendix", ["Приложение: Порядок на 2 л. в 1 экз."]] in letter.snapshot.content
    (frozen,) = letter.snapshot.appendices.all()
    assert (frozen.title, store.read(frozen.digest)) == ("Порядок", pdf(2))
    for act in (
        lambda: walked.enclose(letter),
        lambda: appendices.remove(of=letter, appendix=letter.appendices.get()),
        lambda: appendices.rise(of=letter, appendix=letter.appendices.get()),
        lambda: appendices.count(of=letter, appendix=letter.appendices.get(), title="x", sheets=1, copies=1),
    ):
        with refused(drafts.DraftLocked):
            act()


def test_letter_about_an_outcome_has_appendices_too(office: Office) -> None:
    outcome = events.ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)
    walked.enclose(outcome, title="Список участников")
    assert content.compose(outcome, at=FILED_AT).content[-2] == [
        "appendix",
        ["Приложение: Список участников на 1 л. в 1 экз."],
    ]
    letter = letters.open_for(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert [one.title for one in letter.snapshot.appendices.all()] == ["Список участников"]
    with refused(OutcomeLocked):
        walked.enclose(outcome)
