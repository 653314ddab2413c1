"""What people bring: by its bytes one of the kinds that are taken, and nothing in it does more than show itself."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pikepdf
import pytest
import xlsxwriter

from rcro_portal.lib import active_pdf, files, limited, office_parts
from tests.factories import brought
from tests.factories.brought import action, document, kind_of, package, pdf, relation, sheet

ALL = (files.PDF, files.DOCX, files.XLSX, files.JPEG, files.PNG)
JPEG, PNG = b"\xff\xd8\xff\xe0 photo", b"\x89PNG\r\n\x1a\n photo"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is judged is the same beside the portal, where a process for each kind would take minutes."""
    monkeypatch.setattr(limited, "call", lambda function, data, **_: function(data))


def refusal(data: bytes, taken: tuple[str, ...] = ALL) -> str:
    with pytest.raises(files.NotTaken) as refused:
        files.judge(data, taken=taken)
    return str(refused.value)


# -- PDF ------------------------------------------------------------------------------------------------------

Change = Callable[[pikepdf.Pdf], object]
SAYS = pikepdf.String("app.alert(1)")


def annotation(**keys: Any) -> Change:
    """On the first page; a link unless ``Subtype`` says otherwise."""
    row = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "Rect": pikepdf.Array([0, 0, 9, 9]), **keys}

    def put(made: pikepdf.Pdf) -> None:
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(pikepdf.Dictionary(**row))]))

    return put


def link(kind: str, **more: Any) -> Change:
    return annotation(A=action(kind, **more))


def to(address: str) -> Change:
    return link("URI", URI=pikepdf.String(address))


def root(**keys: Any) -> Change:
    return lambda made: [setattr(made.Root, key, value) for key, value in keys.items()]


def page(**keys: Any) -> Change:
    return lambda made: [setattr(made.pages[0], key, value) for key, value in keys.items()]


def field(**keys: Any) -> Change:
    row = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("name"), **keys)
    return lambda made: setattr(made.Root, "AcroForm", pikepdf.Dictionary(Fields=pikepdf.Array([row])))


def outline(made: pikepdf.Pdf) -> None:
    item = made.make_indirect(pikepdf.Dictionary(Title=pikepdf.String("1"), A=action("Launch")))
    made.Root.Outlines = pikepdf.Dictionary(First=item, Last=item, Count=1)


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["список.txt"] = b"1"


def kind_elsewhere(made: pikepdf.Pdf) -> None:
    """The action's kind stands in an object of its own."""
    kind = made.make_indirect(pikepdf.Name.JavaScript)
    made.Root.OpenAction = pikepdf.Dictionary(S=kind)


def bytes_elsewhere(made: pikepdf.Pdf) -> None:
    made.pages[0].Contents = made.make_stream(b"", F=pikepdf.String("a.txt"))


SCRIPTS = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))
FIRST, THEN = action("GoTo"), action("Launch")
FIRST.Next = THEN
SCRIPT, INSIDE, MEDIA, FORM, REMOTE = (
    active_pdf.SCRIPT,
    active_pdf.INSIDE,
    active_pdf.MEDIA,
    active_pdf.FORM,
    active_pdf.REMOTE,
)
LAUNCH = "запуск программы или файла"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (brought.scripted, SCRIPT),
        (root(Names=SCRIPTS), SCRIPT),
        (root(AA=pikepdf.Dictionary(WC=action("JavaScript", JS=SAYS))), SCRIPT),
        (page(AA=pikepdf.Dictionary(O=action("JavaScript", JS=SAYS))), SCRIPT),
        (field(AA=pikepdf.Dictionary(K=action("JavaScript", JS=SAYS))), SCRIPT),
        (kind_elsewhere, SCRIPT),
        (annotation(A=FIRST), LAUNCH),
        (outline, LAUNCH),
        (link("GoToR", F=pikepdf.String("other.pdf")), REMOTE),
        (link("GoToE"), REMOTE),
        (link("Thread", F=pikepdf.String("other.pdf")), REMOTE),
        (bytes_elsewhere, REMOTE),
        (link("SubmitForm"), FORM),
        (link("ImportData"), FORM),
        (link("Hide"), FORM),
        (link("Rendition"), MEDIA),
        (annotation(Subtype=pikepdf.Name.RichMedia), MEDIA),
        (annotation(Subtype=pikepdf.Name.Screen), MEDIA),
        (annotation(Subtype=pikepdf.Name.FileAttachment), INSIDE),
        (attached, INSIDE),
        (root(Collection=pikepdf.Dictionary(View=pikepdf.Name.D)), INSIDE),
        (root(AcroForm=pikepdf.Dictionary(XFA=pikepdf.String("<x/>"))), "форма XFA"),
        (link("SetOCGState"), "переключение слоёв"),
        (link("Named", N=pikepdf.Name.Print), active_pdf.COMMAND),
        (to("file:///c:/a.txt"), "ссылка на файл на чужом диске"),
        (to("\\\\server\\a.txt"), "ссылка на файл на чужом диске"),
        (to("other:1"), "ссылка не на страницу и не на почту, а на «other:»"),
        (link("URI", URI=pikepdf.Name.X), REMOTE),
        (root(URI=pikepdf.Dictionary(Base=pikepdf.String("file:///c:/"))), "ссылка на файл на чужом диске"),
    ],
)
def test_pdf_that_does_something_is_refused_by_what_it_does(change: Change, words: str) -> None:
    said = refusal(pdf(change))
    assert said.startswith(f"В PDF есть: {words}")
    assert "напечатайте файл в PDF" in said


def based_on(address: str) -> bytes:
    return package(given={"docProps/app.xml": f"<Properties><HyperlinkBase>{address}</HyperlinkBase></Properties>"})


def test_several_findings_are_named_once_each() -> None:
    def change(made: pikepdf.Pdf) -> None:
        brought.scripted(made)
        attached(made)
        made.Root.AA = pikepdf.Dictionary(WC=action("JavaScript", JS=SAYS))

    said = refusal(pdf(change))
    assert (said.count(SCRIPT), said.count(INSIDE)) == (1, 1)


@pytest.mark.parametrize(
    "change",
    [
        None,
        to("https://rcro.example/"),
        to("HTTP://rcro.example/"),
        to("mailto:rcro@rcro.example"),
        to("www.rcro.example"),
        to("consultantplus://offline/ref=0A1B2C3D4E5F"),
        to("garantF1://70291362.0"),
        root(URI=pikepdf.Dictionary(Base=pikepdf.String("https://rcro.example/"))),
        link("GoTo", D=pikepdf.Array([0, pikepdf.Name.Fit])),
        link("Named", N=pikepdf.Name.NextPage),
        annotation(Subtype=pikepdf.Name.Text, Contents=pikepdf.String("/JavaScript – слово")),
        field(V=pikepdf.String("Иволгина")),
        page(Metadata_S=pikepdf.Dictionary(S=pikepdf.Name.Sect, A=pikepdf.Dictionary(O=pikepdf.Name.Layout))),
        root(OpenAction=pikepdf.Array([0, pikepdf.Name.Fit])),
        root(Names=pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array([])))),
    ],
)
def test_pdf_that_only_shows_itself_is_taken(change: Change | None) -> None:
    assert files.judge(pdf(change), taken=ALL) == files.PDF


@pytest.mark.parametrize("limit", ["OBJECTS_AT_MOST", "VALUES_AT_MOST"])
def test_pdf_of_too_many_objects_is_not_looked_through(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(active_pdf, limit, 1)
    change = annotation(A=action("URI", URI=pikepdf.String("https://rcro.example/")), X=pikepdf.Array([]))
    assert refusal(pdf(change)).startswith("PDF внутри слишком велик.")


# -- DOCX and XLSX ------------------------------------------------------------------------------------------

MACRO, OBJECT, OUTSIDE = "макрос", "встроенный объект или программа", "связь с другим файлом"
DATA, PICTURE, FIELD = "подключение к данным", "картинка, которая загружается по ссылке", "поле, которое обращается"
XLSX = brought.XLSX
BINARY = "application/vnd.ms-office.vbaProject"


def instruction(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f"{mark('begin')}{runs}{mark('separate')}<w:r><w:t>1</w:t></w:r>{mark('end')}"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def chart(book: bytes) -> bytes:
    """A text with a chart, whose numbers lie in a workbook."""
    return package(
        relations=relation("chart", "charts/chart1.xml"),
        kinds=kind_of("word/charts/chart1.xml", f"{brought.KIND}.drawingml.chart+xml")
        + f'<Default Extension="xlsx" ContentType="{brought.KIND}.spreadsheetml.sheet"/>',
        given={
            "word/charts/chart1.xml": "<c/>",
            "word/charts/_rels/chart1.xml.rels": brought.related(relation("package", "../embeddings/book.xlsx")),
            "word/embeddings/book.xlsx": book,
        },
    )


def drawn(inside: str) -> bytes:
    """A text with a drawing of the old kind (VML)."""
    spaces = 'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:v="urn:schemas-microsoft-com:vml"'
    return package(
        given={"word/drawings/a.vml": f"<xml {spaces}>{inside}</xml>"},
        kinds=f'<Default Extension="vml" ContentType="{brought.KIND}.vmlDrawing"/>',
    )


def twice(name: str) -> bytes:
    with io.BytesIO(document("")) as buffer:
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(name, "<w/>")
        return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        # What the kinds and the relations of parts say, whatever the parts are called.
        (package(("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")), MACRO),
        (package(relations=relation("vbaProject", "media/picture.png")), MACRO),
        (package(kinds=kind_of("word/notes.dat", BINARY), given={"word/notes.dat": b"x"}), MACRO),
        (package(XLSX, relations=relation("xlMacrosheet", "worksheets/sheet2.xml")), MACRO),
        (
            package(
                XLSX,
                kinds=kind_of("xl/worksheets/sheet2.xml", "application/vnd.ms-excel.macrosheet+xml"),
                given={"xl/worksheets/sheet2.xml": "<x/>"},
            ),
            MACRO,
        ),
        (package(XLSX, relations=relation("oleObject", "embeddings/a.dat")), OBJECT),
        (package(relations=relation("package", "embeddings/a.xlsx")), OBJECT),
        (package(relations=relation("control", "activeX/a.xml")), OBJECT),
        (package(given={"word/media/picture.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), OBJECT),
        (package(given={"word/media/picture.png": b"MZ"}), OBJECT),
        (
            package(relations=relation("attachedTemplate", "https://rcro.example/a.dotx", external=True)),
            "внешний шаблон",
        ),
        (package(relations=relation("attachedTemplate", "file:///c:/a.dotx")), "внешний шаблон"),
        (package(relations=relation("image", "https://rcro.example/a.png", external=True)), PICTURE),
        (package(relations=relation("subDocument", "other.docx", external=True)), OUTSIDE),
        (package(relations=relation("something", "https://rcro.example/", external=True)), OUTSIDE),
        (package(XLSX, relations=relation("externalLink", "externalLinks/a.xml")), OUTSIDE),
        (package(XLSX, relations=relation("connections", "connections.xml")), DATA),
        (package(relations=relation("aFChunk", "chunk.htm")), "вставка документа другого вида"),
        (package(relations=relation("hyperlink", "file:///c:/a.txt", external=True)), "ссылка на файл на чужом диске"),
        (package(relations=relation("hyperlink", "other:1", external=True)), "ссылка не на страницу"),
        (package(kinds=kind_of("word/a.dat", "model/gltf.binary"), given={"word/a.dat": b"x"}), "часть, вид которой"),
        (chart(sheet("<f>WEBSERVICE(A1)</f>")), "формула, которая обращается наружу"),
        (chart(chart(sheet(""))), OBJECT),
        # What the text of the parts says.
        (document(instruction("DDEAUTO a b")), FIELD),
        (document(instruction("DD", "E a b")), FIELD),
        (document(instruction('INCLUDEPICTURE "https://rcro.example/a.png"')), FIELD),
        (document(instruction("LINK Excel.Sheet")), FIELD),
        (document(mark("begin") + instruction("QUOTE 1") + mark("end")), FIELD),
        (document(mark("begin") + "<w:r><w:instrText>DDE a</w:instrText></w:r>"), FIELD),
        (document('<w:fldSimple w:instr=" INCLUDETEXT a "/>'), FIELD),
        (document(instruction('HYPERLINK "file:///c:/a.txt"')), "ссылка на файл на чужом диске"),
        (document("<w:altChunk/>"), "вставка документа другого вида"),
        (document("<w:mailMerge/>"), DATA),
        (sheet("<f>DDE(A1,A2)</f>"), "формула, которая обращается наружу"),
        (sheet("<f>_xlfn.WEBSERVICE (A1)</f>"), "формула, которая обращается наружу"),
        (sheet("<f>a|'b'!A1</f>"), "формула, которая обращается наружу"),
        (sheet('<f>HYPERLINK("file:///c:/a.txt","x")</f>'), "ссылка на файл на чужом диске"),
        (sheet('<f>HYPERLINK("fi"&amp;"le:///c:/a.txt")</f>'), "ссылка на файл на чужом диске"),
        (sheet("<f>HYPERLINK( A1)</f>"), "формула, которая обращается наружу"),
        (based_on("file:///c:/"), "ссылка на файл на чужом диске"),
        (document(instruction('HYPERLINK "consultantplus://offline/ref=1 /a"')), "ссылка не на страницу"),
        (sheet('<definedName name="_xlnm.Auto_Open">Sheet1!A1</definedName>'), MACRO),
        (sheet('<sp macro="[0]!a"/>'), MACRO),
        (drawn("<x:FmlaMacro>[0]!a</x:FmlaMacro>"), MACRO),
        (drawn('<v:imagedata src="https://rcro.example/a.png"/>'), PICTURE),
        (document("<w:r><w:instrText>DD<w:br/>E a</w:instrText></w:r>"), FIELD),
    ],
)
def test_package_that_does_something_is_refused_by_what_it_does(data: bytes, words: str) -> None:
    said = refusal(data)
    assert said.startswith(f"В файле есть: {words}")
    assert "напечатайте файл в PDF" in said


@pytest.mark.parametrize(
    "data",
    [
        twice("WORD/document.xml"),
        twice("word\\document.xml"),
        twice("../a.xml"),
        package(given={"word/styles.xml": "<w>"}),
        package(given={"word/styles.xml": "<!DOCTYPE w><w/>"}),
        package(given={"[Content_Types].xml": "<Types>"}),
        package()[:-30],
        chart(b"PK\x03\x04"),
    ],
)
def test_package_of_which_readers_would_disagree_is_damaged(data: bytes) -> None:
    assert refusal(data) == "Файл повреждён: он не открывается. Сохраните его заново."


def written_by_a_library() -> bytes:
    with io.BytesIO() as buffer:
        text = docx.Document()
        text.add_paragraph("Сообщаем.")
        text.save(buffer)
        return buffer.getvalue()


def workbook() -> bytes:
    with io.BytesIO() as buffer:
        book = xlsxwriter.Workbook(buffer)
        page = book.add_worksheet("DDE(1)|2")
        page.write_formula(0, 0, "=SUM('DDE(1)|2'!B1:B9)")
        page.write_formula(0, 1, '=IF(B2="a|DDE(b)","",HYPERLINK("https://rcro.example/"))')
        page.write_url(0, 2, "https://rcro.example/")
        page.write_comment(0, 3, "Пояснение")
        page.insert_chart(5, 5, drawn := book.add_chart({"type": "line"}))
        drawn.add_series({"values": ["DDE(1)|2", 0, 0, 3, 0]})
        book.close()
        return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (document(""), files.DOCX),
        (sheet("<c><f>SUM(A1:A2)</f><v>2</v></c>"), files.XLSX),
        (written_by_a_library(), files.DOCX),
        (workbook(), files.XLSX),
        (chart(sheet("")), files.DOCX),
        (drawn('<v:imagedata src="data:image/png;base64,"/>'), files.DOCX),
        (package(relations=relation("hyperlink", "https://rcro.example/", external=True)), files.DOCX),
        (package(relations=relation("hyperlink", "mailto:rcro@rcro.example", external=True)), files.DOCX),
        (package(relations=relation("hyperlink", "#part", external=True)), files.DOCX),
        (document(instruction(" PAGE ") + instruction('HYPERLINK "https://rcro.example/"')), files.DOCX),
        (document(instruction('HYPERLINK "consultantplus://offline/main?base=LAW;n=108808"')), files.DOCX),
        (sheet('<f>HYPERLINK("https://rcro.example/"&amp;A1,"x")</f>'), files.XLSX),
        (based_on("https://rcro.example/"), files.DOCX),
        (document(instruction('HYPERLINK \\l "part"') + instruction("=SUM(ABOVE)") + instruction("")), files.DOCX),
        (document("<w:r><w:t>DDEAUTO – слово</w:t></w:r>"), files.DOCX),
        (drawn("<br>"), files.DOCX),
        (JPEG, files.JPEG),
        (PNG, files.PNG),
    ],
)
def test_file_that_only_shows_itself_is_taken(data: bytes, media_type: str) -> None:
    assert files.judge(data, taken=ALL) == media_type


# -- Kinds and names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"GIF89a", b"\x89PNG", package(("word/document.xml", "application/vnd.oasis.opendocument.text"))],
)
def test_other_kinds_are_refused_with_those_that_are_taken(data: bytes) -> None:
    assert refusal(data, (files.PDF, files.PNG)).startswith("Портал принимает PDF и PNG.")


def test_kind_is_taken_where_its_page_takes_it() -> None:
    assert refusal(JPEG, (files.PDF, files.DOCX)).startswith("Портал принимает PDF и DOCX.")


def test_office_file_that_would_grow_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_parts, "INFLATED_AT_MOST", 100)
    assert refusal(document("")) == "Файл внутри слишком велик. Сохраните его в PDF."


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("C:/папка/Порядок.docx", files.PDF, "Порядок.pdf"),
        ("фото.JPEG", files.JPEG, "фото.jpg"),
        ("", files.XLSX, "Файл.xlsx"),
        ("я" * 300, files.PNG, "я" * 146 + ".png"),
    ],
)
def test_name_ends_as_the_content_does(name: str, media_type: str, kept: str) -> None:
    assert files.named(name, media_type, "Файл") == kept
