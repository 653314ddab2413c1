"""What offices' own programs write: every quirk is told, and none costs more than it says."""

import datetime
import io
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from rcro_portal.lib import packages
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.sheets import Merge, Sheet
from rcro_portal.lib.spreadsheets import delimited, xls
from rcro_portal.lib.spreadsheets.grid import NOT_COUNTED, Counter
from tests.factories import imports

DATA = Path(__file__).parents[3] / "data" / "imports"


def only(data: bytes) -> Sheet:
    (sheet,) = reading.read(data)
    return sheet


def book() -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    target = io.BytesIO()
    return target, xlsxwriter.Workbook(target, {"default_date_format": "dd.mm.yyyy"})


# -- XLSX -----------------------------------------------------------------------------------------------------


def test_what_is_hidden_merged_and_coloured_is_told() -> None:
    target, workbook = book()
    page = workbook.add_worksheet("Лист")
    page.merge_range("B3:B5", "Томский район")
    page.write("C4", "школа", workbook.add_format({"bg_color": "yellow"}))
    page.write("C5", "лицей")
    page.set_row(4, None, None, {"hidden": True})
    workbook.close()
    sheet = only(target.getvalue())
    assert sheet.rows == {3: ["", "Томский район"], 4: ["", "", "школа"], 5: ["", "", "лицей"]}
    assert (sheet.merges, sheet.hidden_rows, sheet.coloured) == ((Merge(3, 2, 5, 2),), frozenset({5}), True)


def test_numbers_days_and_times_are_told_as_people_see_them() -> None:
    target, workbook = book()
    page = workbook.add_worksheet()
    page.write_number("A1", 7010000000)
    page.write_number("B1", 33.3)
    page.write_number("C1", 393, workbook.add_format({"num_format": "0000000"}))
    page.write_datetime("D1", datetime.datetime(2026, 10, 5), workbook.add_format({"num_format": 14}))  # noqa: DTZ001
    moment = workbook.add_format({"num_format": 'dd.mm.yyyy" г." hh:mm'})
    page.write_datetime("E1", datetime.datetime(2026, 10, 5, 14, 30), moment)  # noqa: DTZ001
    page.write_datetime("F1", datetime.time(9, 5), workbook.add_format({"num_format": "h:mm"}))
    page.write_boolean("G1", True)
    page.write_number("H1", 5, workbook.add_format({"num_format": '0" дней"'}))
    workbook.close()
    told = ["7010000000", "33.3", "0000393", "05.10.2026", "05.10.2026 14:30", "09:05", "да", "5"]
    assert only(target.getvalue()).rows[1] == told


def test_what_other_programs_write_into_a_workbook_is_told_too() -> None:
    """Readings above the letters of Japanese names, a day as text, a number that no computer holds."""
    phonetic = '<si><r><t>山</t></r><r><t>田</t></r><rPh sb="0" eb="1"><t>やま</t></rPh><phoneticPr fontId="1"/></si>'
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="d"><v>2026-03-02</v></c><c r="C1"><v>1e999</v></c>'
    target, workbook = book()
    workbook.add_worksheet()
    workbook.close()
    with zipfile.ZipFile(target, "a") as more:
        names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        more.writestr("xl/sharedStrings.xml", f"<sst {names}>{phonetic}</sst>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            more.writestr(
                "xl/worksheets/sheet1.xml",
                f'<worksheet {names}><sheetData><row r="1">{cells}</row></sheetData></worksheet>',
            )
    assert only(target.getvalue()).rows == {1: ["山田", "02.03.2026", "1e999"]}


def with_a_chart() -> bytes:
    """Also what the reader of old workbooks may be told of cells: it knows the newer kind as well."""
    target, workbook = book()
    page = workbook.add_worksheet("Лист")
    page.write_boolean("B2", True)
    page.write("A3", "под ней")
    page.write_datetime("C2", datetime.time(9, 5), workbook.add_format({"num_format": "h:mm"}))
    page.write_datetime("D2", datetime.datetime(2026, 10, 5), workbook.add_format({"num_format": 14}))  # noqa: DTZ001
    page.merge_range("E2:E3", "до конца")
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=Лист!$A$1:$A$2"})
    workbook.add_chartsheet("Диаграмма").set_chart(chart)
    workbook.close()
    return target.getvalue()


def test_sheet_that_is_a_chart_is_passed_over() -> None:
    (grid,) = xls.sheets(with_a_chart(), Counter(packages.Bounds()))
    assert grid.rows == {2: {2: "да", 3: "09:05", 4: "05.10.2026", 5: "до конца"}, 3: {1: "под ней"}}
    assert grid.merges == [(2, 5, 3, 5)]
    sheet = only(with_a_chart())
    assert (sheet.rows[2], sheet.merges) == (["", "да", "09:05", "05.10.2026", "до конца"], (Merge(2, 5, 3, 5),))


def test_empty_rows_however_many_are_skipped() -> None:
    target, workbook = book()
    page = workbook.add_worksheet()
    page.write("A1", "Номер")
    page.write("A1048576", "941")
    workbook.close()
    hollow = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (row, row) for row in range(2, 300_000))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as old, zipfile.ZipFile(packed, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b'<row r="1048576"', hollow + b'<row r="1048576"')
            new.writestr(name, data)
    began = time.process_time()
    assert only(packed.getvalue()).rows == {1: ["Номер"], 1048576: ["941"]}
    assert time.process_time() - began < 2


# -- CSV ------------------------------------------------------------------------------------------------------


def test_separator_is_judged_by_the_whole_file() -> None:
    rows = "Реестр, составлен 01.09.2026, томский\n\nНазвание;Центр\nО чтении, письме;Лицей\nО счёте;Школа"
    assert imports.table(rows.encode())[2:] == [
        ["Название", "Центр"],
        ["О чтении, письме", "Лицей"],
        ["О счёте", "Школа"],
    ]


def test_quotation_marks_of_a_name_are_its_own() -> None:
    rows = 'Номер;Кому\n1;"Кедр" - МБОУ\n2;"Лицей ""Луч""; Томск"\n3;МБОУ "Ель"\n4;"две\nстроки"'
    assert [row[1] for row in imports.table(rows.encode())[1:]] == [
        '"Кедр" - МБОУ',
        'Лицей "Луч"; Томск',
        'МБОУ "Ель"',
        "две\nстроки",
    ]


def test_mark_that_is_never_closed_is_named_by_its_line() -> None:
    with pytest.raises(reading.CannotRead, match="В строке 3 кавычка открыта и не закрыта"):
        reading.read('Номер;Кому\n1;Школам\n2;"Лицеям\n3;Всем'.encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r"]
)
def test_encodings_of_offices(encoding: str) -> None:
    rows = "Номер;Кому;О чём\n1;Руководителям центров;О проведении семинара"
    assert imports.table(rows.encode(encoding))[1] == ["1", "Руководителям центров", "О проведении семинара"]


@pytest.mark.parametrize("rows", ["a;b\n1;2\n", "a;b\n1;2"])
def test_last_line_may_end_or_not(rows: str) -> None:
    assert list(delimited.records(rows, ";", None)) == [["a", "b"], ["1", "2"]]


# -- Files of other programs ----------------------------------------------------------------------------------


def test_lines_of_an_ods_are_kept_apart() -> None:
    sheet = only((DATA / "outgoing_journal.ods").read_bytes())
    assert sheet.rows[7][3:5] == ["Лицей «Сосновый»\nГимназия «Луч»", "Об итогах\nконкурса"]
    assert sheet.merges == (Merge(1, 1, 1, 8), Merge(5, 1, 5, 8))


def test_old_workbook_of_excel() -> None:
    people, *empty = reading.read((DATA / "people_no_header.xls").read_bytes())
    assert people.rows[1] == ["Тогуров", "Ефим", "Назарович", "21.03.1983", "муж", "учитель", "0.5", "7010000000"]
    assert [one.rows for one in empty] == [{}, {}]


def test_tables_of_a_document() -> None:
    tables = reading.read((DATA / "plan_schedule.docx").read_bytes())
    assert [(one.name, len(one.rows)) for one in tables] == [("Таблица 1", 1), ("Таблица 2", 10), ("Таблица 3", 1)]
    assert tables[1].rows[5][1:4] == ["Сборы команды", "25–29 января 2027 г.", "с. Берёзовка"]
    assert Merge(3, 1, 3, 5) in tables[1].merges


def package(*empty: str, **told: str) -> bytes:
    """Members without and with a content; «__» in a name is a folder, and all of these are XML."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, text in {**dict.fromkeys(empty, ""), **told}.items():
            file.writestr(name if name in empty else f"{name.replace('__', '/')}.xml", text)
    return target.getvalue()


def test_cells_of_a_document_that_are_merged_hold_tables_or_are_spaced_by_tabs() -> None:
    inner = "<tbl><tr><tc><p><t>в</t></p></tc><tc><p><t>клетке</t></p></tc></tr></tbl>"
    first = (
        '<tr><tc><vMerge val="restart"/><p><t>Томск</t></p></tc><tc><p><t>с</t><tab/><t>табуляцией</t></p></tc></tr>'
    )
    second = f"<tr><tc><vMerge/><p/></tc><tc>{inner}</tc></tr>"
    third = "<tr><tc><vMerge/><p/></tc><tc><p><t>да</t></p></tc></tr>"
    sheet = only(package(word__document=f"<document><tbl>{first}{second}{third}</tbl></document>"))
    assert sheet.rows == {1: ["Томск", "с табуляцией"], 2: ["", "в\nклетке"], 3: ["", "да"]}
    assert sheet.merges == (Merge(1, 1, 3, 1),)


def test_what_an_ods_hides_or_says_aside_is_told_apart() -> None:
    style = '<style name="ta2"><table-properties display="false"/></style><style name="ta1"><table-properties/></style>'
    note = "<annotation><p>спросить завуча</p></annotation>"
    rows = (
        f'<table-row><table-cell value-type="string">{note}<p>ФИ<span>О</span></p> </table-cell></table-row>'
        '<table-row visibility="collapse">'
        '<table-cell value-type="boolean" boolean-value="true"><p>ИСТИНА</p></table-cell>'
        '<table-cell value-type="boolean" boolean-value="false"><p>ЛОЖЬ</p></table-cell>'
        '<table-cell formula="of:=[.A1]"/></table-row>'
    )
    tables = f'<table name="Лист" style-name="ta1">{rows}</table><table name="Списки" style-name="ta2"/>'
    shown, hidden = reading.read(package(content=f"<document-content>{style}{tables}</document-content>"))
    assert shown.rows == {1: ["ФИО"], 2: ["да", "нет", NOT_COUNTED]}
    assert (shown.hidden_rows, shown.is_hidden, hidden.is_hidden) == (frozenset({2}), False, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\n<html><table><tr><td>1</td></tr></table></html>", "Это веб-страница, хотя названа таблицей"),
        (b'<?xml version="1.0"?><Workbook/>', "Это таблица в виде XML"),
        (b"%PDF-1.7", "Это картинка или PDF"),
        (b"\x89PNG\r\n", "Это картинка или PDF"),
        (b"{\\rtf1 }", "Это документ RTF"),
        (package("xl/workbook.xml", "xl/vbaProject.bin"), "В файле есть макросы"),
        (package("word/media/image1.png", word__document="<document/>"), "На листах только картинки"),
        (package("content.xml", **{"META-INF__manifest": "<encryption-data/>"}), "Таблица закрыта паролем"),
        (package(*map(str, range(1_001))), "частей внутри файла 1.001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Книга закрыта паролем"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Файл .xls не прочитан"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(reading.CannotRead, match=words):
        reading.read(data)
