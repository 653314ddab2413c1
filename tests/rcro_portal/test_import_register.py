"""``manage.py import_register``: the same importer as on the pages, its findings as one object, its exit statuses."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from centers.models import User
from rcro_portal.models import ImportSession
from reports.models import RegisterEntry
from tests.factories.reports import Office
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data" / "imports"
OFFICES = DATA / "outgoing_journal.ods"
RIGHT = json.loads((DATA / "outgoing_journal.expected.json").read_text(encoding="utf-8"))


def run(file: Path, *options: str) -> tuple[int, Any]:
    """Its exit status and what it said."""
    said = io.StringIO()
    try:
        call_command("import_register", "journal", str(file), "--json", *options, stdout=said)
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(said.getvalue())
    return 0, json.loads(said.getvalue())


def test_bad_rows_are_status_one_and_nothing_is_written(office: Office) -> None:
    with nothing_changes():
        status, answer = run(OFFICES, "--by", office.clerk.email)
    assert (status, ImportSession.objects.count()) == (1, 0)
    assert answer["sheets"] == [
        {
            "sheet": RIGHT["sheet"],
            "header_rows": [RIGHT["header_row"]],
            "columns": {
                "B": "number",
                "C": "registered_on",
                "D": "addressee",
                "E": "subject_line",
                "F": "signed_by",
                "G": "prepared_by",
                "H": "note",
            },
        }
    ]
    assert {key: answer[key] for key in ("rows", "new", "changed", "same", "doubtful")} == {
        "rows": 5,
        "new": RIGHT["letters"],
        "changed": 0,
        "same": 0,
        "doubtful": [],
    }
    assert answer["bad"] == [
        {"row": 9, "column": "B", "problem": "Нет порядкового номера.", "suggestion": ""},
        {"row": 10, "column": "B", "problem": "№ 118 уже есть в строке 6.", "suggestion": ""},
    ]
    assert answer["skipped"] == [
        {"row": 1, "why": "название"},
        {"row": 4, "why": "номера граф"},
        {"row": 5, "why": "раздел"},
        {"row": 11, "why": "итог"},
    ]


def test_good_rows_are_written_once(office: Office) -> None:
    with nothing_changes():
        assert run(OFFICES, "--dry-run")[0] == 1
    by = ("--by", office.clerk.email)
    assert run(OFFICES, "--good-rows", *by)[0] == 0
    session = ImportSession.objects.get()
    assert (session.state, session.begun_by, RegisterEntry.objects.count()) == ("written", office.clerk, 5)
    with nothing_changes():
        status, answer = run(OFFICES, "--good-rows", *by)
    assert (status, answer["new"], answer["changed"], answer["same"]) == (0, 0, 0, 3)


def test_several_sheets_are_listed_and_one_is_asked_for(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "years.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Титул").write("A1", "Журналы исходящих")
        for year in ("2018", "2019"):
            page = book.add_worksheet(year)
            page.write_row("A1", ["Номер", "Дата", "Кому"])
            page.write_row("A2", ["1", f"12.01.{year}", "Школам"])
    with nothing_changes():
        status, answer = run(file, "--dry-run")
    assert (status, [one["sheet"] for one in answer["sheets"]]) == (2, ["2018", "2019"])
    assert run(file, "--sheet", "2019", "--by", office.clerk.email)[0] == 0
    assert [entry.year for entry in RegisterEntry.objects.all()] == [2019]
    with pytest.raises(CommandError, match="Листа «2020» с данными в файле нет"):
        run(file, "--sheet", "2020", "--dry-run")


def test_words_for_people(office: Office) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_register", "journal", str(OFFICES), "--dry-run", stdout=said)
    assert said.getvalue().splitlines()[:2] == [
        "Строк: 5, новых: 3, дополнят: 0, уже есть: 0",
        "Строка 1 не войдёт: название",
    ]


def test_nobody_without_the_right_brings_a_file_in(office: Office) -> None:
    with pytest.raises(CommandError, match=r"^Укажите, от чьего имени внести файл: --by ПОЧТА"):
        run(OFFICES, "--good-rows")
    with pytest.raises(CommandError, match=r"nobody@rcro\.example не вправе внести этот файл"):
        run(OFFICES, "--good-rows", "--by", "nobody@rcro.example")
    assert RegisterEntry.objects.count() == 0
    with pytest.raises(CommandError, match="Файл не прочитан"):
        run(DATA / "none.ods")


def test_file_is_checked_for_nobody(office: Office) -> None:
    User.objects.update(is_active=False)
    for by in ((), ("--by", "nobody@rcro.example")):
        with nothing_changes():
            status, answer = run(OFFICES, "--dry-run", *by)
        assert (status, answer["new"]) == (1, RIGHT["letters"])
