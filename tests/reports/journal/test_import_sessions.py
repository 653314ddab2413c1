"""A session of the former journal: a real office's file, the same again, undone, brought in by two people at once."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from rcro_portal.lib.registers.importing import sessions
from rcro_portal.lib.registers.importing.fields import RowForm
from rcro_portal.lib.registers.importing.kinds import CannotUndo, Fault, Judgement, Read
from rcro_portal.models import ImportSession, RecordChange
from reports.journal import entries, paper_numbers
from reports.journal import invariants as journal_invariants
from reports.journal.importing import JournalKind
from reports.models import RegisterEntry, RegisterYear
from reports.operations import stored_files
from tests.factories import imports
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data" / "imports"
OFFICES = (DATA / "outgoing_journal.ods").read_bytes()
RIGHT = json.loads((DATA / "outgoing_journal.expected.json").read_text(encoding="utf-8"))
OLD = "Номер;Дата;Кому\n938;14.01.2026;Школам\n939;15.01.2026;Лицеям".encode()


def told(office: Office) -> dict[str, object]:
    return {"register": office.register.pk, "by": office.clerk, "at": REGISTERED_AT}


def numbers() -> list[tuple[str, str, str]]:
    rows = RegisterEntry.objects.order_by("sequence", "suffix")
    return [(row.number, row.registered_on.isoformat(), row.addressee) for row in rows]


# -- The file of an office ------------------------------------------------------------------------------------


def test_journal_of_an_office_is_read_as_people_read_it(office: Office) -> None:
    session = imports.begun(JournalKind, OFFICES, **told(office))
    file = sessions.opened(session, JournalKind)
    assert (file.sheet.name, file.heads.rows) == (RIGHT["sheet"], (RIGHT["header_row"],))
    judgement = file.judging(by=office.clerk, at=REGISTERED_AT).all
    ignored = [one["row"] for one in RIGHT["ignored"] if one["row"] != RIGHT["header_row"]]
    assert [one.row for one in judgement.skipped] == ignored
    assert [(one.row, one.name) for one in judgement.faults] == [(one["row"], "number") for one in RIGHT["bad"]]
    assert judgement.faults[1].words == "№ 118 уже есть в строке 6."
    assert (judgement.rows, judgement.writes) == (len(RIGHT["records"]), RIGHT["letters"])


def test_good_rows_of_that_file_are_written_and_the_same_again_is_none(office: Office) -> None:
    session, _ = imports.written(JournalKind, OFFICES, good_rows=True, **told(office))
    assert session.left_out == [one["row"] for one in RIGHT["bad"]]
    assert numbers() == [
        ("118", "2026-03-02", "МБОУ «Берёзовская СОШ»"),
        ("119/2", "2026-03-03", "Лицей «Сосновый»; Гимназия «Луч»"),
        ("120", "2026-03-04", "Руководителям центров"),
        ("121", "2026-03-04", "Руководителям центров"),
        ("122", "2026-03-04", "Руководителям центров"),
    ]
    first = RegisterEntry.objects.get(number="118")
    assert (first.subject_line, first.prepared_by, first.note) == (
        "О семинаре",
        "Тогуров Н.К.",
        "Подписано: Назинцева Р.С.",
    )
    assert list(journal_invariants.registers()) == []
    with refused(sessions.NotReady, but=[ImportSession]):
        imports.written(JournalKind, OFFICES, good_rows=True, **told(office))


def test_file_of_a_session_is_nobody_elses(office: Office) -> None:
    session = imports.begun(JournalKind, OLD, **told(office))
    later = REGISTERED_AT.replace(year=2100)
    assert session.digest in stored_files.named()
    assert [words for words in stored_files.left_over(later) if session.digest in words] == []
    assert list(stored_files.broken()) == []


# -- Undone ---------------------------------------------------------------------------------------------------


def test_undone_import_leaves_numbers_that_a_right_file_fills(office: Office) -> None:
    wrong = OLD.replace("Школам".encode(), "Шкалам".encode())
    session, _ = imports.written(JournalKind, wrong, **told(office))
    words = sessions.undo(session, JournalKind, by=office.clerk, at=REGISTERED_AT)
    assert words.startswith("Загрузка отменена. Номера из журнала не удаляются: 2 номера остались с датами")
    assert numbers() == [("938", "2026-01-14", ""), ("939", "2026-01-15", "")]
    assert RegisterEntry.objects.unexplained().count() == 2
    _, judgement = imports.written(JournalKind, OLD, **told(office))
    assert (len(judgement.changed), judgement.new) == (2, [])
    assert numbers() == [("938", "2026-01-14", "Школам"), ("939", "2026-01-15", "Лицеям")]
    assert RegisterYear.objects.count() == 1
    assert list(journal_invariants.registers()) == []


def unknown_after_a_restore(office: Office, day: datetime.date) -> None:
    """The last number of the year, of which only that it was given is known."""
    row = {"first": 941, "last": 941, "on": day, "details": entries.Details()}
    paper_numbers.record_paper_letters(register=office.register, by=office.clerk, at=REGISTERED_AT, **row)
    RegisterEntry.objects.update(origin="unknown", note="Выдан после копии.")


def last_row() -> tuple[str, str, str, str]:
    row, counter = RegisterEntry.objects.get(sequence=941), RegisterYear.objects.get()
    return row.registered_on.isoformat(), row.addressee, row.note, counter.last_on.isoformat()


def test_filled_row_holds_again_what_it_held(office: Office) -> None:
    unknown_after_a_restore(office, datetime.date(2026, 3, 16))
    before = last_row()
    rows = "Номер;Дата;Кому\n941;13.03.2026;Школам".encode()
    session, _ = imports.written(JournalKind, rows, **told(office))
    assert last_row() == ("2026-03-13", "Школам", "", "2026-03-13")
    sessions.undo(session, JournalKind, by=office.clerk, at=REGISTERED_AT)
    assert last_row() == before == ("2026-03-16", "", "Выдан после копии.", "2026-03-16")
    assert RegisterEntry.objects.unexplained().count() == 1
    assert list(journal_invariants.registers()) == []


def test_filled_row_keeps_its_day_where_days_would_fall(office: Office) -> None:
    unknown_after_a_restore(office, datetime.date(2026, 3, 12))
    rows = "Номер;Дата;Кому\n940;13.03.2026;Лицеям\n941;16.03.2026;Школам".encode()
    session, _ = imports.written(JournalKind, rows, **told(office))
    sessions.undo(session, JournalKind, by=office.clerk, at=REGISTERED_AT)
    assert last_row() == ("2026-03-16", "", "Выдан после копии.", "2026-03-16")
    assert list(journal_invariants.registers()) == []


def test_row_that_was_changed_since_forbids_undoing(office: Office) -> None:
    session, _ = imports.written(JournalKind, OLD, **told(office))
    entry = RegisterEntry.objects.get(number="939")
    details = entries.Details(addressee="Лицеям", subject_line="О приёме")
    entries.describe(entry=entry, details=details, by=office.clerk, at=REGISTERED_AT)
    words = (
        "После загрузки эти строки журнала изменены: № 939. Отменить её целиком уже нельзя: исправьте строки по одной."
    )
    with refused(CannotUndo, words):
        sessions.undo(session, JournalKind, by=office.clerk, at=REGISTERED_AT)
    session.refresh_from_db()
    assert session.state == "written"


def test_log_of_changes_names_who_brought_the_file_in_and_which(office: Office) -> None:
    session, _ = imports.written(JournalKind, OLD, **told(office))
    change = RecordChange.objects.filter(table="reports_registerentry").first()
    assert (change.by, change.why) == (office.clerk, f"Загрузка файла «{session.file_name}»")


# -- Two at once ----------------------------------------------------------------------------------------------


def test_second_of_two_imports_finds_the_rows_of_the_first(office: Office) -> None:
    first, second = (imports.begun(JournalKind, OLD, **told(office)) for _ in range(2))
    sessions.write(first, JournalKind, by=office.clerk, at=REGISTERED_AT)
    with refused(sessions.NotReady):
        sessions.write(second, JournalKind, by=office.clerk, at=REGISTERED_AT)
    second.refresh_from_db()
    assert (second.state, sessions.opened(second, JournalKind).judging(by=office.clerk, at=REGISTERED_AT).all.same) == (
        "open",
        [2, 3],
    )


def test_good_row_that_was_good_only_beside_a_bad_one_goes_with_it(office: Office) -> None:
    rows = "Номер;Дата\n936;16.01.2026\n937;14.01.2026\nх;14.01.2026".encode()
    with nothing_changes(but=[ImportSession]):
        file = sessions.opened(imports.begun(JournalKind, rows, **told(office)), JournalKind)
        assert {fault.row for fault in file.judging(by=office.clerk, at=REGISTERED_AT).all.faults} == {3, 4}
        assert [one.row for one in file.judging(by=office.clerk, at=REGISTERED_AT).good.new] == [2]


def test_rows_are_read_once_however_often_some_are_set_aside(office: Office) -> None:
    rows = "Номер;Дата\n936;16.01.2026\n937;14.01.2026\nх;14.01.2026".encode()
    read: list[str] = []

    class Listening(JournalKind):
        def form(self, cells: Mapping[str, str], *, section: str) -> RowForm:
            read.append(cells["number"])
            return super().form(cells, section=section)

    file = sessions.opened(imports.begun(JournalKind, rows, **told(office)), Listening)
    judging = file.judging(by=office.clerk, at=REGISTERED_AT)
    assert (len(judging.all.faults), judging.good.writes, read) == (2, 1, ["936", "937", "х"])


def test_file_that_never_gets_good_is_not_written_by_halves(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time another row is at fault: it is looked at so often and no oftener."""
    rows = "Номер;Дата\n" + "\n".join(f"{number};14.01.2026" for number in range(930, 940))
    session = imports.begun(JournalKind, rows.encode(), **told(office))
    compared: list[int] = []

    def compare(_: JournalKind, read: list[Read], judgement: Judgement) -> None:
        compared.append(len(read))
        judgement.new += read
        judgement.faults.append(Fault(read[0].row, "Номер", "Не тот.", "number"))

    monkeypatch.setattr(JournalKind, "compare", compare)
    with refused(sessions.NotReady):
        sessions.write(session, JournalKind, by=office.clerk, at=REGISTERED_AT, good_rows=True)
    assert compared == [10, 9, 8, 7, 6, 5]
