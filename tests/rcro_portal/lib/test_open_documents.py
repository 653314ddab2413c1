"""ODT and ODS: what only shows itself is taken, what runs, fetches or hides something is named."""

from pathlib import Path

import pytest

from rcro_portal.lib import files
from tests.factories.brought import ODF, manifest, open_document

TAKEN = (files.PDF, files.ODT, files.ODS)
BOOK = Path(__file__).parents[2] / "data" / "imports" / "outgoing_journal.ods"
CHART = f'<manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="{ODF}chart"/>'
WRITER = f'<manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="{ODF}text"/>'
BY_WORD = '<manifest:file-entry manifest:full-path="media/image1.png" manifest:media-type="image/png"/>'
LOCKED = (
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
    "<manifest:encryption-data/></manifest:file-entry>"
)
EMPTY = "<document/>"


def judged(data: bytes) -> str:
    return files.judge(data, taken=TAKEN)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (open_document(), files.ODT),
        (open_document("spreadsheet"), files.ODS),
        (BOOK.read_bytes(), files.ODS),
        (open_document(inside='<text:a xlink:href="https://school.example/">Страница</text:a>'), files.ODT),
        (open_document(inside='<draw:image xlink:href="Pictures/1.png"/>', given={"Pictures/1.png": "x"}), files.ODT),
        (open_document("spreadsheet", '<table:cell table:formula="of:=SUM([.A1:.A9];{1|2})"/>'), files.ODS),
        (
            open_document(given={"Object 1/content.xml": EMPTY, "META-INF/manifest.xml": manifest("text", CHART)}),
            files.ODT,
        ),
        (open_document(given={"meta.xml": '<m xmlns:x="x"><template x:href="../шаблон.ott"/></m>'}), files.ODT),
        (open_document(given={"media/image1.png": "x", "META-INF/manifest.xml": manifest("text", BY_WORD)}), files.ODT),
        (open_document(given={"Configurations2/accelerator/current.xml": ""}), files.ODT),
    ],
)
def test_file_that_only_shows_itself_is_taken(data: bytes, media_type: str) -> None:
    assert judged(data) == media_type


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (open_document(given={"Basic/Standard/Module1.xml": EMPTY}), "макрос"),
        (open_document(inside='<script:event-listener script:language="ooo:script"/>'), "макрос"),
        (open_document(inside='<draw:object-ole xlink:href="./Object 1"/>'), "встроенный объект"),
        (open_document(given={"Object 1": b"\xd0\xcf\x11\xe0 more"}), "встроенный объект"),
        (
            open_document(given={"Object 1/content.xml": EMPTY, "META-INF/manifest.xml": manifest("text", WRITER)}),
            "встроенный объект",
        ),
        (open_document(given={"Pictures/1.png": b"MZ program"}), "встроенный объект"),
        (open_document(inside='<draw:image xlink:href="http://school.example/1.png"/>'), "загружается по ссылке"),
        (open_document(inside='<draw:image xlink:href="../1.png"/>'), "загружается по ссылке"),
        (open_document(inside='<text:section-source xlink:href="file:///c:/a.odt"/>'), "связь с другим файлом"),
        (open_document(inside='<text:a xlink:href="vnd.sun.star.script:x">Здесь</text:a>'), "vnd.sun.star.script"),
        (open_document(inside='<text:a xlink:href="../a.odt">Здесь</text:a>'), "ссылка на файл"),
        (open_document(given={"meta.xml": '<m xmlns:x="x"><template x:href="//host/a.ott"/></m>'}), "внешний шаблон"),
        (
            open_document("spreadsheet", """<table:cell table:formula="of:=['file:///c:/a.ods'#$Лист1.A1]"/>"""),
            "формула, которая обращается наружу",
        ),
        (open_document("spreadsheet", '<table:cell table:formula="of:=WEBSERVICE([.A1])"/>'), "формула"),
        (open_document("spreadsheet", "<table:database-source-sql/>"), "подключение к данным"),
        (open_document(inside='<form:form form:datasource="База"/>'), "подключение к данным"),
        (open_document(given={"Pictures/1.svg": "<svg><script>x</script></svg>"}), "сценарий"),
        (open_document(given={"Media/1.mp4": "x"}), "видео или звук"),
        (open_document(given={"[Content_Types].xml": "<Types/>"}), "часть, вид которой порталу не известен"),
    ],
)
def test_file_that_does_something_is_refused_by_what_it_does(data: bytes, words: str) -> None:
    with pytest.raises(files.NotTaken, match="В файле есть: ") as refusal:
        judged(data)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (open_document(given={"META-INF/manifest.xml": manifest("text", LOCKED)}), "закрыт паролем"),
        (open_document(given={"META-INF/manifest.xml": manifest("spreadsheet")}), "повреждён"),
        (open_document(given={"content.xml": "<!DOCTYPE a><a/>"}), "повреждён"),
        (open_document("presentation"), "Портал принимает PDF, ODT и ODS."),
    ],
)
def test_file_that_cannot_be_read_or_is_another_kind_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(files.NotTaken, match=words):
        judged(data)
