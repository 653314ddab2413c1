"""Spreadsheets: what is read as text, what is refused before it is unpacked, and that no text becomes a formula."""

import datetime
import io
import re
import zipfile

import pytest

from rcro_portal import xlsx

COLUMNS = [xlsx.Column("Номер"), xlsx.Column("Дата", 12), xlsx.Column("Кому", 40)]
DAY = datetime.date(2020, 9, 25)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def written(*rows: list[object]) -> bytes:
    return xlsx.write(sheet="Журнал", columns=COLUMNS, rows=rows)


def with_sheet(xml: str) -> bytes:
    """A workbook whose first sheet is exactly this."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written())) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return target.getvalue()


def test_what_was_written_is_read() -> None:
    rows = xlsx.read(written([941, DAY, "Руководителям"], ["942", None, "Всем\nшколам"]))
    assert rows == [
        ["Номер", "Дата", "Кому"],
        ["941", "25.09.2020", "Руководителям"],
        ["942", "", "Всем\nшколам"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+7 (3822) 51-56-66", "-", "@SUM(A1)", "https://school.example", "0012"])
def test_text_stays_text(text: str) -> None:
    file = written([text])
    assert xlsx.read(file)[1][0] == text
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet, f">{text}<" in sheet) == (False, False, True)


@pytest.mark.parametrize(
    "data",
    [
        "Номер;Дата\n941;25.09.2020\n".encode(),
        "\ufeffНомер;Дата\r\n941;25.09.2020\r\n\r\n".encode(),
        "Номер;Дата\n941;25.09.2020".encode("cp1251"),
        "Номер,Дата\n941,25.09.2020\n".encode(),
        "Номер\tДата\n941\t25.09.2020\n".encode("utf-16"),
        'Номер;Дата\n"941";"25.09.2020"\n;\n'.encode(),
    ],
)
def test_csv_in_the_ways_that_offices_save_it(data: bytes) -> None:
    assert xlsx.read(data) == [["Номер", "Дата"], ["941", "25.09.2020"]]


def test_quoted_cells_hold_their_delimiters() -> None:
    assert xlsx.read('Кому;О чём\n"Школам; лицеям";"О ""Кванте"""'.encode())[1] == ["Школам; лицеям", 'О "Кванте"']


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"PK\x03\x04not a zip",
        b"%PDF-1.7\x00\x01",
        b"a;b\n\x98\x00",
        b'a;"b\n',
        b"\xd0\xcf\x11\xe0\x00",
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(xlsx.CannotRead):
        xlsx.read(data)


def test_broken_workbook_is_refused() -> None:
    whole = written([1, DAY, "Всем"])
    for data in (whole[: len(whole) // 2], whole.replace(b"xl/workbook.xml", b"xl/workbook.xmx")):
        with pytest.raises(xlsx.CannotRead):
            xlsx.read(data)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row>',
        "<row><c r='&#88;FD1'><v>1</v></c></row>",
        '<row r="1"><c r="CW1"><v>1</v></c></row>',
        "<row/>" * 20_002,
    ],
)
def test_cells_far_away_are_refused_before_the_sheet_is_opened(cells: str) -> None:
    with pytest.raises(xlsx.TooLarge):
        xlsx.read(with_sheet(SHEET.format(cells)))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + SHEET.format("")
    with pytest.raises(xlsx.CannotRead):
        xlsx.read(with_sheet(bomb))


def test_what_inflates_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "INFLATED_LIMIT_BYTES", 1_000_000)
    with pytest.raises(xlsx.TooLarge):
        xlsx.read(with_sheet(SHEET.format("<row></row>" + " " * 2_000_000)))


def test_limits_are_said_in_words() -> None:
    words = (
        "Таблица слишком велика: файл – до 12 МБ, до 20\u00a0000 строк и 100 столбцов. "
        "Удалите лишнее или разделите её на части."
    )
    for data in (b"a" * (12 * 1024 * 1024 + 1), b"a\n" * 20_002, b";" * 100):
        with pytest.raises(xlsx.TooLarge, match=re.escape(words)):
            xlsx.read(data)
    assert len(xlsx.read(b"a\n" * 20_001)) == 20_001
