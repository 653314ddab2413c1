"""Files that people bring: what is read as text, and what is refused before it costs anything."""

import datetime
import io
import re
import zipfile

import pytest
import xlsxwriter

from rcro_portal.lib import limited, packages, xlsx
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.cells import Broken
from rcro_portal.lib.spreadsheets import brought
from rcro_portal.lib.spreadsheets import xlsx as xlsx_format
from rcro_portal.lib.spreadsheets.grid import NOT_COUNTED
from tests.factories import imports

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
    assert imports.table(data) == [["Номер", "Дата"], ["941", "25.09.2020"]]


def test_quoted_cells_hold_their_delimiters() -> None:
    assert imports.table('Кому;О чём\n"Школам; лицеям";"О ""Кванте"""'.encode())[1] == ["Школам; лицеям", 'О "Кванте"']


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
    with pytest.raises(reading.CannotRead):
        imports.table(data)


def test_broken_workbook_is_refused() -> None:
    whole = written([1, DAY, "Всем"])
    for data in (whole[: len(whole) // 2], whole.replace(b"xl/workbook.xml", b"xl/workbook.xmx")):
        with pytest.raises(reading.CannotRead):
            imports.table(data)


def test_workbook_with_a_wrong_byte_is_read_or_refused() -> None:
    whole = written(*([number, DAY, f"Всем школам, письмо {number * 7919}"] for number in range(40)))
    refused = 0
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            brought.read(bytes(damaged), *reading.BOUNDS)
        except packages.Unreadable:
            refused += 1
    assert refused > len(whole) / 20, "parts that hold no cells are not looked at"


@pytest.mark.parametrize("encoding", ["KOI-7", "Shift_JIS"])
def test_workbook_in_an_encoding_that_no_reader_knows_is_refused(encoding: str) -> None:
    with pytest.raises(reading.CannotRead):
        imports.table(with_sheet(f'<?xml version="1.0" encoding="{encoding}"?>{SHEET.format("")}'))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        "<row><c r='&#88;FD1'><v>1</v></c></row>",
        '<row r="1"><c r="CW1"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>" * 20_002,
    ],
)
def test_cells_far_away_are_refused_before_the_sheet_is_opened(cells: str) -> None:
    with pytest.raises(reading.TooLarge):
        imports.table(with_sheet(SHEET.format(cells)))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + SHEET.format("")
    with pytest.raises(reading.CannotRead):
        imports.table(with_sheet(bomb))


def test_what_inflates_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BOUNDS", reading.BOUNDS._replace(inflated=1_000_000))
    with pytest.raises(reading.TooLarge):
        imports.table(with_sheet(SHEET.format("<row></row>" + " " * 2_000_000)))


def test_limits_are_said_in_words() -> None:
    words = (
        "Таблица слишком велика: файл – до 12 МБ, до 20\u00a0000 строк и 100 столбцов. "
        "Удалите лишнее или разделите её на части."
    )
    for data in (b"a" * (12 * 1024 * 1024 + 1), b"a\n" * 20_002, b";" * 100):
        with pytest.raises(reading.TooLarge, match=re.escape(words)):
            imports.table(data)
    assert len(imports.table(b"a\n" * 20_001)) == 20_001


@pytest.mark.parametrize(
    ("references", "merges"),
    [
        (["A1:XFD1048576"], [(1, 1, 2, 100)]),
        (["A1:B2", "B1:C1", "C2:D2"], [(1, 1, 2, 2), (2, 3, 2, 4)]),
        (["CV1:CX2", "CW1:CX1", "B2:A2", "1:2", "A3:B3"], [(1, 100, 2, 100)]),
    ],
)
def test_merges_reach_as_far_as_the_table_and_not_over_each_other(
    references: list[str], merges: list[tuple[int, ...]]
) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in (1, 2))
    told = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    (sheet,) = reading.read(with_sheet(SHEET.format(rows).replace("</sheetData>", f"</sheetData>{told}")))
    assert list(sheet.merges) == merges


@pytest.mark.parametrize("data", [b";;\n;", with_sheet(SHEET.format("")), "\u200b".encode()])
def test_file_without_data_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(reading.CannotRead, match="В файле нет данных"):
        reading.read(data)


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2003", "\u3000"])
def test_row_of_signs_that_nobody_sees_is_an_empty_row(unseen: str) -> None:
    (sheet,) = reading.read(f"Номер;Дата\n{unseen};{unseen}\n941;25.09.2020".encode())
    assert sheet.rows == {1: ["Номер", "Дата"], 3: ["941", "25.09.2020"]}


def test_cells_that_hold_no_value_are_told_apart_from_empty_ones() -> None:
    cells = (
        '<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3"><f>SUM(A1)</f></c><c r="D3"><f>A1</f><v/></c>'
        '<c r="E3" t="str"><f>""</f><v></v></c><c r="F3"><f>A1</f><v>7</v></c>'
        '<c r="G3" t="inlineStr"><is><t>#N/A</t></is></c></row>'
    )
    rows = imports.table(with_sheet(SHEET.format(cells)))
    assert rows[2] == ["", "#DIV/0!", NOT_COUNTED, NOT_COUNTED, "", "7", "#N/A"]
    assert [isinstance(cell, Broken) for cell in rows[2]] == [False, True, True, True, False, False, True]
    assert Broken("#DIV/0!").words == "В ячейке ошибка #DIV/0!. Внесите значение вместо формулы."
    assert "формула без значения" in rows[2][2].words


def book(*sheets: tuple[str, str, bool]) -> bytes:
    """A workbook of sheets: name, text of its first cell, whether it is shown."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        for name, text, shown in sheets:
            page = workbook.add_worksheet(name)
            page.write_string(0, 0, text)
            page.write_formula(1, 0, "=1/0", None, "#DIV/0!")
            if not shown:
                page.hide()
        shown_first = next(
            (page for page, (_, _, shown) in zip(workbook.worksheets(), sheets, strict=True) if shown), None
        )
        if shown_first:
            shown_first.activate()
            shown_first.set_first_sheet()
    return target.getvalue()


def test_every_sheet_is_read_and_says_whether_it_is_hidden() -> None:
    sheets = reading.read(book(("Справочник", "не то", False), ("Журнал", "то", True), ("Ещё", "тоже", True)))
    assert [(one.name, one.is_hidden, one.rows[1]) for one in sheets] == [
        ("Справочник", True, ["не то"]),
        ("Журнал", False, ["то"]),
        ("Ещё", False, ["тоже"]),
    ]
    assert [one.rows[2] for one in sheets] == [["#DIV/0!"]] * 3


# -- Counted before anything is laid out ---------------------------------------------------------------


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
EMPTY_END = (
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/>'
)


def ods(*rows: str) -> bytes:
    """A sheet of LibreOffice's own kind."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:spreadsheet><table:table table:name='Журнал'>"
            f"{lines}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()


def cell(text: str, **repeated: int) -> str:
    return CELL.format("".join(f' table:number-{name}-repeated="{times}"' for name, times in repeated.items()), text)


def test_ods_is_read_whatever_empty_rows_end_it() -> None:
    file = ods(cell("Номер") + cell("Дата"), cell("941") + cell("") + cell("да", columns=2), EMPTY_END)
    assert imports.table(file) == [["Номер", "Дата", "", ""], ["941", "", "да", "да"]]


def test_errors_of_an_ods_are_no_zeros() -> None:
    broken = '<table:table-cell office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>'
    rows = imports.table(ods(cell("Листов"), broken, cell("5")))
    assert (rows, isinstance(rows[1][0], Broken)) == ([["Листов"], ["#DIV/0!"], ["5"]], True)


@pytest.mark.parametrize(
    ("file", "what"),
    [
        pytest.param(ods(cell("а", columns=12)), "столбец 12.", id="columns of an ods"),
        pytest.param(
            ods("<table:table-cell table:number-columns-repeated='11'/>" + cell("а")), "столбец 12.", id="far"
        ),
        pytest.param(ods(*[cell("а")] * 31), "заполненных строк – больше 30.", id="rows of an ods"),
        pytest.param(
            ods(cell("а") + "</table:table-row><table:table-row table:number-rows-repeated='31'>" + cell("а")),
            "заполненных строк – больше 30.",
            id="repeated rows",
        ),
        pytest.param(
            ods("</table:table-row><table:table-row table:number-rows-repeated='20'>" + cell("а", columns=6)),
            "заполненных ячеек – больше 100.",
            id="both repeated",
        ),
        pytest.param(ods(cell('а<text:s text:c="5000"/>')), "знаков в ячейках – 5 001.", id="repeated spaces"),
        pytest.param(ods(cell("абвгд" * 30, columns=9)), "знаков в ячейках – больше 1 000.", id="repeated text"),
        pytest.param(ods(cell("а", columns=10**12)), "сколько их не бывает", id="no number"),
        pytest.param(
            with_sheet(SHEET.format("<row><c><v>1</v></c></row>" * 31)),
            "заполненных строк – больше 30.",
            id="rows of an xlsx",
        ),
        pytest.param(
            with_sheet(SHEET.format('<row><c r="L1"><v>1</v></c></row>')), "столбец 12.", id="columns of an xlsx"
        ),
        pytest.param(b"a;" * 11 + b"a", "столбец 12.", id="columns of a csv"),
        pytest.param(b"a\n" * 31, "заполненных строк – больше 30.", id="rows of a csv"),
        pytest.param(b"a;b;c;d;e\n" * 22, "заполненных ячеек – больше 100.", id="cells of a csv"),
        pytest.param(
            b"aaaaaaaaaa;" * 10 + b"\n" + b"a" * 950, "знаков в ячейках – больше 1 000.", id="letters of a csv"
        ),
    ],
)
def test_table_that_is_too_large_is_refused_with_its_figures(
    monkeypatch: pytest.MonkeyPatch, file: bytes, what: str
) -> None:
    monkeypatch.setattr(reading, "BOUNDS", packages.Bounds(rows=30, columns=11, cells=100, letters=1_000))
    with pytest.raises(reading.TooLarge) as refused:
        imports.table(file)
    assert what in str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "declared", ['<dimension ref="A1:XFD1048576"/>{}', '{}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>']
)
@pytest.mark.drawn_anew
def test_what_is_only_declared_costs_nothing(monkeypatch: pytest.MonkeyPatch, declared: str) -> None:
    monkeypatch.setattr(reading, "LIMITS", limited.Limits(memory=120 << 20))
    sheet = SHEET.format('<row r="1"><c r="A1"><v>7</v></c></row>')
    before, data, after = re.split(r"(<sheetData>.*</sheetData>)", sheet)
    assert imports.table(with_sheet(before + declared.format(data) + after)) == [["7"]]


def test_binary_workbook_says_how_to_save_it() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("xl/workbook.bin", b"")
    with pytest.raises(reading.CannotRead, match="Сохраните её как XLSX"):
        imports.table(target.getvalue())


@pytest.mark.drawn_anew
def test_table_is_read_beside_the_portal_and_within_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's memory is that of a process which ends."""
    monkeypatch.setattr(xlsx_format, "sheets", None)
    assert imports.table(written([1, None, "Всем"]))[1] == ["1", "", "Всем"]
    monkeypatch.setattr(reading, "LIMITS", limited.Limits(memory=48 << 20))
    assert imports.table(b"a;b\n" * 2_000)[-1] == ["a", "b"]
    with pytest.raises(reading.TooLarge, match="не хватило 48 МБ памяти или 20 с"):
        imports.table((b"abcdefghij;" * 19 + b"a\n") * 15_000)
