"""Spreadsheets: what is read as text, what is refused before it is unpacked, and that no text becomes a formula."""

import datetime
import io
import re
import zipfile

import pytest
import python_calamine
import xlsxwriter

from rcro_portal.lib import limited, packages, table_cells, workbook_parts, xlsx

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


def test_workbook_with_a_wrong_byte_is_read_or_refused() -> None:
    whole = written(*([number, DAY, f"Всем школам, письмо {number * 7919}"] for number in range(40)))
    refused = 0
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            table_cells.read(bytes(damaged), *xlsx.BOUNDS)
        except packages.Unreadable:
            refused += 1
    assert refused > len(whole) / 14


@pytest.mark.parametrize("encoding", ["KOI-7", "Shift_JIS"])
def test_workbook_in_an_encoding_that_no_reader_knows_is_refused(encoding: str) -> None:
    with pytest.raises(xlsx.CannotRead):
        xlsx.read(with_sheet(f'<?xml version="1.0" encoding="{encoding}"?>{SHEET.format("")}'))


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
    monkeypatch.setattr(xlsx, "BOUNDS", xlsx.BOUNDS._replace(inflated=1_000_000))
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


def test_cells_that_hold_no_value_are_told_apart_from_empty_ones() -> None:
    cells = (
        '<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3"><f>SUM(A1)</f></c><c r="D3"><f>A1</f><v/></c>'
        '<c r="E3" t="str"><f>""</f><v></v></c><c r="F3"><f>A1</f><v>7</v></c>'
        '<c r="G3" t="inlineStr"><is><t>#N/A</t></is></c></row>'
    )
    rows = xlsx.read(with_sheet(SHEET.format(cells)))
    assert rows[2] == ["", "#DIV/0!", workbook_parts.NOT_COUNTED, workbook_parts.NOT_COUNTED, "", "7", "#N/A"]
    assert [isinstance(cell, xlsx.Broken) for cell in rows[2]] == [False, True, True, True, False, False, True]
    assert xlsx.Broken("#DIV/0!").words == "В ячейке ошибка #DIV/0!. Внесите значение вместо формулы."
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


def test_first_sheet_that_is_shown_is_read() -> None:
    rows = xlsx.read(book(("Справочник", "не то", False), ("Журнал", "то", True), ("Ещё", "тоже", True)))
    assert rows == [["то"], ["#DIV/0!"]]


def test_errors_of_another_sheet_are_not_this_ones() -> None:
    hidden = book(("Справочник", "не то", False), ("Журнал", "то", True))
    assert workbook_parts.sheet_parts(hidden) == ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]


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
    assert xlsx.read(file) == [["Номер", "Дата", "", ""], ["941", "", "да", "да"]]


def test_errors_of_an_ods_are_no_zeros() -> None:
    broken = '<table:table-cell office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>'
    rows = xlsx.read(ods(cell("Листов"), broken, cell("5")))
    assert (rows, isinstance(rows[1][0], xlsx.Broken)) == ([["Листов"], ["#DIV/0!"], ["5"]], True)


@pytest.mark.parametrize(
    ("file", "what"),
    [
        pytest.param(ods(cell("а", columns=12)), "столбец 12.", id="columns of an ods"),
        pytest.param(
            ods("<table:table-cell table:number-columns-repeated='11'/>" + cell("а")), "столбец 12.", id="far"
        ),
        pytest.param(ods(*[cell("а")] * 31), "строка 31.", id="rows of an ods"),
        pytest.param(
            ods(cell("а") + "</table:table-row><table:table-row table:number-rows-repeated='31'>" + cell("а")),
            "строка 32.",
            id="repeated rows",
        ),
        pytest.param(
            ods("</table:table-row><table:table-row table:number-rows-repeated='20'>" + cell("а", columns=6)),
            "ячеек – 120.",
            id="both repeated",
        ),
        pytest.param(ods(cell('а<text:s text:c="5000"/>')), "знаков в ячейках – 5 001.", id="repeated spaces"),
        pytest.param(ods(cell("абвгд" * 30, columns=9)), "знаков в ячейках – 1 350.", id="repeated text"),
        pytest.param(ods(cell("а", columns=10**12)), "сколько их не бывает", id="no number"),
        pytest.param(with_sheet(SHEET.format('<row r="31"/>')), "строка 31.", id="rows of an xlsx"),
        pytest.param(with_sheet(SHEET.format('<row><c r="L1"/></row>')), "столбец 12.", id="columns of an xlsx"),
        pytest.param(
            with_sheet(SHEET.format("<row><c r='A1'/>" + "<c r='A1'/>" * 330)), "ячеек – больше 330.", id="twice"
        ),
        pytest.param(b"a;" * 11 + b"a", "столбец 12.", id="columns of a csv"),
        pytest.param(b"a\n" * 31, "строка 31.", id="rows of a csv"),
        pytest.param(b"a;b;c;d;e\n" * 22, "заполненных ячеек – больше 100.", id="cells of a csv"),
        pytest.param(
            b"aaaaaaaaaa;" * 10 + b"\n" + b"a" * 950, "знаков в ячейках – больше 1 000.", id="letters of a csv"
        ),
    ],
)
def test_table_that_is_too_large_is_refused_with_its_figures(
    monkeypatch: pytest.MonkeyPatch, file: bytes, what: str
) -> None:
    monkeypatch.setattr(xlsx, "BOUNDS", packages.Bounds(rows=30, columns=11, cells=100, letters=1_000))
    with pytest.raises(xlsx.TooLarge) as refused:
        xlsx.read(file)
    assert what in str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "declared", ['<dimension ref="A1:XFD1048576"/>{}', '{}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>']
)
def test_what_is_only_declared_costs_nothing(monkeypatch: pytest.MonkeyPatch, declared: str) -> None:
    monkeypatch.setattr(xlsx, "LIMITS", limited.Limits(memory=120 << 20))
    sheet = SHEET.format('<row r="1"><c r="A1"><v>7</v></c></row>')
    before, data, after = re.split(r"(<sheetData>.*</sheetData>)", sheet)
    assert xlsx.read(with_sheet(before + declared.format(data) + after)) == [["7"]]


def test_binary_workbook_says_how_to_save_it() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("xl/workbook.bin", b"")
    with pytest.raises(xlsx.CannotRead, match="Сохраните её как XLSX"):
        xlsx.read(target.getvalue())


def test_table_is_read_beside_the_portal_and_within_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's memory is that of a process which ends."""
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", None)
    assert xlsx.read(written([1, None, "Всем"]))[1] == ["1", "", "Всем"]
    monkeypatch.setattr(xlsx, "LIMITS", limited.Limits(memory=48 << 20))
    assert xlsx.read(b"a;b\n" * 2_000)[-1] == ["a", "b"]
    with pytest.raises(xlsx.TooLarge, match="не хватило 48 МБ памяти или 20 с"):
        xlsx.read((b"abcdefghij;" * 19 + b"a\n") * 15_000)
