"""The journal's own table brought in again: every row is known, nothing is refused, nothing changes."""

import datetime
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from rcro_portal.lib.registers.importing.kinds import Judgement
from reports.journal import entries, listing, paper_numbers
from reports.journal.importing import ELSEWHERE, JournalKind
from reports.models import OutgoingRegister, RegisterEntry
from reports.models.register import EntryStatus, Origin
from tests.factories import imports, letters
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office, OutgoingRegisterFactory, RegisterEntryFactory
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
OLD = "Номер;Дата;Кому\n938;14.01.2026;Школам\n940;15.01.2026;Всем".encode()
LONG = "О проведении регионального конкурса «Ступень» для обучающихся 5–9 классов и их наставников " * 3
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def give(office: Office, **more: object) -> RegisterEntry:
    details = entries.Details(**{"addressee": "Школам", "subject_line": "О приёме", **more})
    return entries.give(register=office.register, details=details, by=office.clerk, at=REGISTERED_AT)


def every_kind(office: Office) -> None:
    """A row of each origin and state, with numbers that no rule of today would read."""
    imports.written(JournalKind, OLD, register=office.register.pk, by=office.clerk, at=REGISTERED_AT)
    letters.awaiting(office)
    give(office, note="почтой. Дважды", sheets=2, copies=1, document_kind="справка", subject_line="Всего 3 слова")
    entries.annul(entry=give(office), reason="Ошибка в адресе.", by=office.clerk, at=REGISTERED_AT)
    entries.reserve(
        register=office.register,
        count=2,
        reason="выезд",
        until=REGISTERED_AT.date() + datetime.timedelta(days=3),
        by=office.clerk,
        at=REGISTERED_AT,
    )
    paper_numbers.record_paper_letters(
        register=office.register,
        first=948,
        last=948,
        details=entries.Details(),
        on=REGISTERED_AT.date(),
        with_skipped=True,
        by=office.clerk,
        at=REGISTERED_AT,
    )
    RegisterEntryFactory(sequence=2, suffix="", number="2 (исх.)", year=2002, registered_on=datetime.date(2002, 3, 4))


def exported(query: str = "order=-number", ending: str = "xlsx") -> bytes:
    return listing.listed(QueryDict(query), listing.registers_with_years()).file(ending).content


def judged(office: Office, data: bytes, register: OutgoingRegister | None = None) -> Judgement:
    into = register or office.register
    session = imports.begun(JournalKind, data, register=into.pk, by=office.clerk, at=REGISTERED_AT)
    with nothing_changes():
        return imports.judged(session, JournalKind, at=REGISTERED_AT)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("order", ["-number", "date"])
def test_own_table_changes_nothing_and_nothing_is_refused(office: Office, order: str, ending: str) -> None:
    every_kind(office)
    rows = RegisterEntry.objects.all()
    assert {row.origin for row in rows} == {str(origin) for origin in Origin}
    assert {row.status for row in rows} == {str(status) for status in EntryStatus}
    trial = judged(office, exported(f"order={order}", ending))
    assert (trial.faults, trial.new, trial.changed, trial.skipped) == ([], [], [], [])
    assert (len(trial.same), trial.rows, trial.is_ready) == (rows.count(), rows.count(), False)


def test_row_that_was_changed_in_the_table_is_refused(office: Office) -> None:
    letters.awaiting(office)
    lines = [[*row] for row in imports.table(exported())]
    lines[1][2] = "Другим"
    data = "\n".join(";".join(f'"{cell}"' for cell in line) for line in lines).encode()
    ((row, column),) = [(fault.row, fault.column) for fault in judged(office, data).faults]
    assert (row, column) == (2, "Номер")


def test_new_row_beside_the_known_ones_is_judged_by_them(office: Office) -> None:
    imports.written(JournalKind, OLD, register=office.register.pk, by=office.clerk, at=REGISTERED_AT)
    trial = judged(office, OLD.replace(b"\n940", b"\n939;15.01.2006;;\n940"))
    assert [(fault.row, fault.column) for fault in trial.faults] == [(3, "Дата")]
    trial = judged(office, OLD.replace(b"\n940", b"\n939;15.01.2026;;\n940"))
    assert ([one.what.number for one in trial.new], trial.same, trial.faults) == (["939"], [2, 4], [])


def test_table_of_several_journals_names_each_and_is_brought_into_one(office: Office) -> None:
    other = OutgoingRegisterFactory(code="orders", name="Приказы")
    give(office)
    RegisterEntryFactory(register=other, sequence=941, number="941", origin=Origin.PAPER)
    data = exported()
    assert [row[0] for row in imports.table(data)] == ["Журнал", "Журнал исходящих", "Приказы"]
    for register in (office.register, other):
        trial = judged(office, data, register)
        assert (len(trial.same), len(trial.left_out(ELSEWHERE)), trial.faults, trial.new) == (1, 1, [], [])


def test_rows_are_as_high_as_their_texts_and_print_across(office: Office) -> None:
    give(office, subject_line=LONG.strip())
    give(office)
    with zipfile.ZipFile(io.BytesIO(exported())) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        book = parts.read("xl/workbook.xml").decode()
    heights = [float(row.get("ht", 15)) for row in sheet.iter(f"{SHEET}row")]
    width = next(column.width for column in listing.COLUMNS if column.heading == "О чём")
    assert heights[1] >= 15 * (len(LONG) / width)
    assert heights[2] == 15
    setup = sheet.find(f"{SHEET}pageSetup")
    assert setup is not None
    said = {name: setup.get(name) for name in ("paperSize", "orientation", "fitToHeight")}
    assert said == {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    assert sheet.find(f"{SHEET}sheetPr/{SHEET}pageSetUpPr").get("fitToPage") == "1"
    assert "_xlnm.Print_Titles" in book
