"""What goes with a letter: files judged by their bytes, counted, ordered, marked and frozen."""

import zipfile
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest

from events.outcomes.outcomes import OutcomeLocked
from rcro_portal.lib import file_contents, files, office_parts, store
from reports.composing import appendix_mark, content, enclosed_file
from reports.letters import appendices, drafts, letters
from reports.models import Letter, LetterAppendix
from tests.factories import brought, centers, events
from tests.factories import letters as walked
from tests.factories.brought import pdf
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused


def package(main: tuple[str, str] = brought.DOCX, **parts: bytes | str) -> bytes:
    """A DOCX but for what is changed; keys are member names with «__» for «/»."""
    return brought.package(
        main, given={name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    )


WORD_SAYS_3 = {"docProps__app_dot_xml": "<Properties><Pages>3</Pages></Properties>"}
XLSX = {"main": brought.XLSX}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(pages=2), enclosed_file.Kind(enclosed_file.PDF, 2)),
        (package(**WORD_SAYS_3), enclosed_file.Kind(enclosed_file.DOCX, 3)),
        (package(), enclosed_file.Kind(enclosed_file.DOCX, None)),
        (package(**XLSX), enclosed_file.Kind(enclosed_file.XLSX, None)),
    ],
)
def test_kind_and_sheets_come_from_the_bytes(data: bytes, kind: enclosed_file.Kind) -> None:
    assert enclosed_file.judge(data) == kind


SECRET = pikepdf.Encryption(owner="x", user="x")


def bomb() -> bytes:
    return package(word__media__bomb=b"\x00" * (office_parts.INFLATED_AT_MOST + 1))


def book() -> bytes:
    return pdf(pages=enclosed_file.SHEETS_AT_MOST + 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00", "Портал принимает PDF, DOCX и XLSX."),
        (b"", "Портал принимает PDF, DOCX и XLSX."),
        (package(word__document_dot_xml=""), "Портал принимает PDF, DOCX и XLSX."),
        (file_contents.OLE + b"x", "Файл закрыт паролем или сохранён в старом виде"),
        (pdf(encryption=SECRET), "PDF закрыт паролем."),
        (pdf(encryption=pikepdf.Encryption(owner="x", user="")), "PDF закрыт паролем."),
        (b"%PDF-1.7 garbage", "PDF повреждён"),
        (book, f"В файле больше {enclosed_file.SHEETS_AT_MOST} страниц."),
        (pdf(brought.scripted), "В PDF есть: сценарий (JavaScript)."),
        (package(word__vbaProject_dot_bin=b"x"), "В файле есть: макрос."),
        (package(word__externalLinks__externalLink1_dot_xml=b"<x/>"), "В файле есть: связь с другим файлом."),
        (bomb, "Файл внутри слишком велик."),
        (package()[:-30], "Файл повреждён"),
        (package(word__сноски_dot_xml="<w/>").replace("сноски".encode(), b"\xff" * 12), "Файл повреждён"),
        (package(word__document_dot_xml='<?xml version="1.0" encoding="KOI-7"?><w/>'), "Файл повреждён"),
        (b"%PDF-" + b"0" * files.FILE_LIMIT_BYTES, "Файл больше 12 МБ."),
    ],
)
def test_what_is_not_taken_is_refused_with_words(data: bytes | Callable[[], bytes], words: str) -> None:
    brought_in = data() if callable(data) else data
    with pytest.raises(enclosed_file.NotTaken) as refusal:
        enclosed_file.judge(brought_in)
    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize("data", [pdf(pages=2), package(**WORD_SAYS_3), package(**XLSX)])
@pytest.mark.drawn_anew
def test_appendix_is_never_opened_in_the_portals_own_process(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def opens(*_: object, **__: object) -> None:
        raise AssertionError("an appendix was opened")

    monkeypatch.setattr(pypdfium2, "PdfDocument", opens)
    monkeypatch.setattr(zipfile, "ZipFile", opens)
    assert enclosed_file.judge(data).media_type


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"'
REVISED = "В файле есть непринятые исправления"
COMMENTED = "В файле есть примечания"


@pytest.mark.parametrize(
    ("part", "text", "words"),
    [
        ("word__document_dot_xml", f"<w:p {W}><w:ins><w:r><w:t>новое</w:t></w:r></w:ins></w:p>", REVISED),
        ("word__document_dot_xml", f"<w:p {W}><w:del><w:r><w:delText>старое</w:delText></w:r></w:del></w:p>", REVISED),
        ("word__document_dot_xml", f"<w:p {W}><w:moveFrom/></w:p>", REVISED),
        ("word__document_dot_xml", f"<w:p {W}><w:r><w:rPr><w:rPrChange/></w:rPr></w:r></w:p>", REVISED),
        ("word__document_dot_xml", f"<w:tbl {W}><w:trPr><w:ins/></w:trPr></w:tbl>", REVISED),
        ("word__document_dot_xml", f"<x:p {STRICT}><x:ins/></x:p>", REVISED),
        (
            "word__document_dot_xml",
            f"<w:p {W}><w:ins/></w:p>".encode("utf-16"),
            REVISED,
        ),
        ("word__footnotes_dot_xml", f"<w:footnotes {W}><w:del/></w:footnotes>", REVISED),
        ("word__header2_dot_xml", f"<w:hdr {W}><w:pPrChange/></w:hdr>", REVISED),
        ("word__comments_dot_xml", f"<w:comments {W}><w:comment w:id='0'/></w:comments>", COMMENTED),
        ("word__document_dot_xml", f"<w:p {W}><w:r><w:commentReference w:id='0'/></w:r></w:p>", COMMENTED),
        ("word__document_dot_xml", "<w:p><w:ins/>", "Файл повреждён"),
        ("word__document_dot_xml", "<!DOCTYPE w><w/>", "Файл повреждён"),
    ],
)
def test_docx_under_review_is_refused_with_what_to_do(part: str, text: str | bytes, words: str) -> None:
    with pytest.raises(enclosed_file.NotTaken) as refusal:
        enclosed_file.judge(package(**{part: text}))
    assert str(refusal.value).startswith(words)


def test_workbook_with_a_discussion_is_refused_and_notes_that_explain_a_form_are_not() -> None:
    with pytest.raises(enclosed_file.NotTaken, match="В Excel"):
        enclosed_file.judge(package(**XLSX, xl__threadedComments__threadedComment1_dot_xml="<x/>"))
    assert enclosed_file.judge(package(**XLSX, xl__comments1_dot_xml="<x/>")).media_type == enclosed_file.XLSX


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("word__comments_dot_xml", f"<w:comments {W}/>"),
        ("word__settings_dot_xml", f"<w:settings {W}><w:trackRevisions/></w:settings>"),
        ("word__document_dot_xml", '<p xmlns="http://www.w3.org/1999/xhtml"><ins/><del/></p>'),
        ("word__document_dot_xml", f"<w:p {W}><w:r><w:t>w:ins и w:del – слова</w:t></w:r></w:p>"),
    ],
)
def test_docx_without_reviewers_is_taken(part: str, text: str) -> None:
    assert enclosed_file.judge(package(**{part: text})).media_type == enclosed_file.DOCX


pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.free(office, figure=False, body="Сообщаем.")


def titles(letter: Letter) -> list[str]:
    return [row.title for row in letter.appendices.order_by("position")]


def test_appendix_is_kept_under_its_digest(letter: Letter) -> None:
    row = walked.enclose(letter, data=pdf(pages=2), file_name="C:/папка/Порядок.docx")
    assert (row.file_name, row.media_type, row.sheets, row.copies, row.position) == (
        "Порядок.pdf",
        "application/pdf",
        2,
        1,
        1,
    )
    assert store.read(row.digest) == pdf(pages=2)


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
    for number in range(appendices.AT_MOST):
        walked.enclose(letter, title=f"Порядок, часть {number}")
    with refused(appendices.TooMany):
        walked.enclose(letter)


def test_same_file_under_the_same_name_is_there_once(letter: Letter) -> None:
    first = walked.enclose(letter)
    with nothing_changes():
        assert walked.enclose(letter) == first
    assert walked.enclose(letter, title="Порядок проведения").pk != first.pk


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
    walked.enclose(letter, data=pdf(pages=2), title="Порядок")
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    letter.refresh_from_db()
    assert ["appendix", ["Приложение: Порядок на 2 л. в 1 экз."]] in letter.snapshot.content
    (frozen,) = letter.snapshot.appendices.all()
    assert (frozen.title, store.read(frozen.digest)) == ("Порядок", pdf(pages=2))
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
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert [one.title for one in letter.snapshot.appendices.all()] == ["Список участников"]
    with refused(OutcomeLocked):
        walked.enclose(outcome)
