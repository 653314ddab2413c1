"""What offices' own programs write: every quirk is told, and none costs more than it says."""

import datetime
import io
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.sheets import Merge, Sheet
from rcro_portal.lib.spreadsheets import delimited
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
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


def package(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, b"")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\n<html><table><tr><td>1</td></tr></table></html>", "Это веб-страница, хотя названа таблицей"),
        (b'<?xml version="1.0"?><Workbook/>', "Это таблица в виде XML"),
        (b"%PDF-1.7", "Это картинка или PDF"),
        (b"\x89PNG\r\n", "Это картинка или PDF"),
        (package("xl/workbook.xml", "xl/vbaProject.bin"), "В файле есть макросы"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Книга закрыта паролем"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Файл .xls не прочитан"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(reading.CannotRead, match=words):
        reading.read(data)
