"""The pages that bring in a former register: judged, mended on the page, written, undone."""

import io
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from rcro_portal.lib.registers.importing import heads
from rcro_portal.models import ImportSession
from reports.models import RegisterEntry
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
GOOD = "Номер;Дата;Кому\n940;14.01.2026;Школам"
HALF = "Номер;Дата;Кому\n939;14.01.2026;Лицеям\nх;14.01.2026;Школам"


@pytest.fixture
def clerk(office: Office, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    monkeypatch.setattr(timezone, "now", lambda: REGISTERED_AT)
    client.force_login(office.clerk)
    return client


def text(answer: Any) -> str:
    return " ".join(answer.text.split())


def upload(client: Client, office: Office, rows: str) -> str:
    """Where the session of this file is."""
    file = SimpleUploadedFile("old.csv", rows.encode())
    with nothing_changes(but=[ImportSession]):
        answer = client.post("/register/import/", {"register": office.register.pk, "table": file})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_old_journal_is_judged_confirmed_and_brought_in(office: Office, clerk: Client) -> None:
    page = upload(clerk, office, GOOD)
    with nothing_changes(but=[ImportSession]):
        assert "<dt>Новых</dt><dd>1</dd>" in clerk.get(page).text
    assert "Журнал исходящих: внесено строк – 1." in text(clerk.post(f"{page}bring-in/", follow=True))
    assert RegisterEntry.objects.get().number == "940"
    with nothing_changes(but=[ImportSession]):
        assert clerk.post(f"{page}bring-in/").status_code == 409
        again = clerk.get(upload(clerk, office, GOOD))
    assert "Вносить нечего: все строки файла уже внесены." in text(again)


def test_file_that_another_one_overtook_is_shown_as_it_is_now(office: Office, clerk: Client) -> None:
    first, second = upload(clerk, office, GOOD), upload(clerk, office, GOOD)
    clerk.post(f"{first}bring-in/")
    with nothing_changes():
        answer = clerk.post(f"{second}bring-in/")
    assert answer.status_code == 409
    assert "Файл с тех пор перестал подходить" in answer.text
    assert "<dt>Уже есть, останутся как есть</dt><dd>1</dd>" in answer.text


def test_fault_is_mended_on_the_page(office: Office, clerk: Client) -> None:
    assert "<h1>Загрузить прежний журнал</h1>" in clerk.get("/register/import/").text
    page = upload(clerk, office, HALF)
    shown = clerk.get(page)
    assert "Строки с ошибками: 1" in text(shown)
    assert 'name="cell-A" value="х"' in text(shown)
    with nothing_changes(but=[ImportSession]):
        assert clerk.post(f"{page}bring-in/").status_code == 409
        clerk.post(f"{page}rows/3/", {"cell-A": "940"})
    clerk.post(f"{page}bring-in/")
    assert list(RegisterEntry.objects.order_by("sequence").values_list("number", "addressee")) == [
        ("939", "Лицеям"),
        ("940", "Школам"),
    ]


def test_row_at_fault_is_emptied_on_the_page(office: Office, clerk: Client) -> None:
    page = upload(clerk, office, "Номер;Дата;Кому\n939;14.01.2026;Лицеям\nх")
    emptied = clerk.post(f"{page}rows/3/", {"cell-A": " "}, follow=True)
    assert "<dt>Новых</dt><dd>1</dd>" in emptied.text
    assert "<dt>Не войдут: пустая</dt><dd>строки: 3</dd>" in emptied.text


def book(*, shown: str, hidden: str) -> bytes:
    """Two sheets, of which the first is hidden; each holds its rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        for name, rows in (("Архив", hidden), ("Лист", shown)):
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows.splitlines()):
                page.write_row(number, 0, row.split(";"))
        workbook.worksheets()[0].hide()
        workbook.worksheets()[1].activate()
        workbook.worksheets()[1].set_first_sheet()
    return target.getvalue()


def test_file_without_data(office: Office, clerk: Client) -> None:
    file = SimpleUploadedFile("old.xlsx", book(shown="", hidden=""))
    answer = clerk.post("/register/import/", {"register": office.register.pk, "table": file})
    assert (answer.status_code, "В файле нет данных" in text(answer)) == (422, True)


def test_table_on_a_hidden_sheet_is_chosen(office: Office, clerk: Client) -> None:
    file = SimpleUploadedFile("old.xlsx", book(shown="", hidden=GOOD))
    page = clerk.post("/register/import/", {"register": office.register.pk, "table": file}).headers["Location"]
    asked = text(clerk.get(page))
    assert ("на скрытых листах" in asked, "на нескольких листах" in asked) == (True, False)
    assert 'value="Архив"' in asked
    assert "<dt>Новых</dt><dd>1</dd>" in clerk.post(f"{page}columns/", {"sheet": "Архив"}, follow=True).text
    again = {"sheet": "Архив", "head_rows": "1", "column-A": "number", "column-B": "registered_on"}
    assert "<dt>Новых</dt><dd>1</dd>" in clerk.post(f"{page}columns/", again, follow=True).text


def test_sheet_is_looked_through_once(office: Office, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page, looked = upload(clerk, office, GOOD), []
    monkeypatch.setattr(heads, "find", lambda sheet, *told, find=heads.find: looked.append(sheet) or find(sheet, *told))
    clerk.get(page)
    assert len(looked) == 1


def test_good_rows_alone(office: Office, clerk: Client) -> None:
    page = upload(clerk, office, HALF)
    assert "Внести только строки без ошибок: 1" in text(clerk.get(page))
    written = clerk.post(f"{page}bring-in/", {"good": "1"}, follow=True)
    assert "<dt>Не внесены строки с ошибками</dt><dd>3</dd>" in written.text
    assert [entry.number for entry in RegisterEntry.objects.all()] == ["939"]


def test_columns_are_pointed_out_and_remembered(office: Office, clerk: Client) -> None:
    rows = "Письмо;Было;Кому\n940;14.01.2026;Школам"
    page = upload(clerk, office, rows)
    assert "Нет столбца «Номер»." in text(clerk.get(page))
    told = {"head_rows": "1", "column-A": "number", "column-B": "registered_on", "column-C": "addressee"}
    assert "<dt>Новых</dt><dd>1</dd>" in clerk.post(f"{page}columns/", told, follow=True).text
    assert "<dt>Новых</dt><dd>1</dd>" in clerk.get(upload(clerk, office, rows.replace("940", "939"))).text
    twice = clerk.post(f"{page}columns/", {**told, "column-C": "number"})
    assert (twice.status_code, "уже выбрано для другого столбца" in text(twice)) == (422, True)


def test_table_without_headings(office: Office, clerk: Client) -> None:
    page = upload(clerk, office, "939;14.01.2026;Лицеям\n940;14.01.2026;Школам")
    assert "Нет столбца «Номер»." in text(clerk.get(page))
    clerk.post(f"{page}columns/", {"head_rows": "нет"})
    told = {"head_rows": "нет", "column-A": "number", "column-B": "registered_on", "column-C": "addressee"}
    assert "<dt>Новых</dt><dd>2</dd>" in clerk.post(f"{page}columns/", told, follow=True).text
    assert clerk.post(f"{page}columns/", {**told, "head_rows": "первая"}).status_code == 422


def test_session_is_undone_as_a_whole(office: Office, clerk: Client) -> None:
    page = upload(clerk, office, GOOD)
    assert clerk.post(f"{page}undo/").status_code == 409
    asked = clerk.post(f"{page}bring-in/", follow=True)
    assert 'data-confirm="Номера с датами останутся в журнале' in asked.text
    assert "Номера из журнала не удаляются: 1 номер остался с датами" in text(clerk.post(f"{page}undo/", follow=True))
    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.origin, entry.addressee) == ("940", "unknown", "")
    assert ImportSession.objects.get().state == "undone"
    with nothing_changes():
        assert clerk.post(f"{page}undo/").status_code == 409
        assert clerk.post(f"{page}bring-in/").status_code == 409


def test_file_that_is_no_table(office: Office, clerk: Client) -> None:
    file = SimpleUploadedFile("old.xlsx", b"PK\x03\x04")
    answer = clerk.post("/register/import/", {"register": office.register.pk, "table": file})
    assert (answer.status_code, ImportSession.objects.count()) == (422, 0)
