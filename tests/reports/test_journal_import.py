"""The old journal: every fault at once with row and column, nothing by halves, the same file again changes nothing."""

import datetime

import pytest

from rcro_portal import xlsx
from reports import journal, journal_import, journal_invariants, journal_log, paper_numbers
from reports.models import RegisterEntry, RegisterYear
from tests.factories.moments import REGISTERED_AT, tomsk
from tests.factories.reports import Office, OutgoingRegisterFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
HEADS = ["Исходящий номер", "Дата регистрации", "Адресат", "Краткое содержание", "Исполнитель", "Листов"]
OLD = [
    ["938", "14.01.2026", "Школам", "О приёме", "Громова О.П.", "2"],
    ["939", "15.01.2026", "Лицеям", "О смене", "", ""],
    ["940", "15.01.2026", "Всем", "Об итогах", "", "1"],
]


def table(*rows: list[str]) -> bytes:
    return "\n".join(";".join(row) for row in (HEADS, *rows)).encode()


def judge(office: Office, *rows: list[str]) -> journal_import.Trial:
    with nothing_changes():
        return journal_import.judge(register=office.register, data=table(*rows), by=office.clerk, at=REGISTERED_AT)


def bring_in(office: Office, *rows: list[str]) -> journal_import.Trial:
    return journal_import.bring_in(register=office.register, data=table(*rows), by=office.clerk, at=REGISTERED_AT)


def faults(office: Office, *rows: list[str]) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.words) for one in judge(office, *rows).faults]


def test_paper_numbers_before_the_portal(office: Office) -> None:
    trial = judge(office, *OLD)
    assert (len(trial.new), trial.known, trial.faults, trial.gaps, trial.is_ready) == (3, 0, [], [], True)
    bring_in(office, *OLD)
    row = RegisterEntry.objects.get(sequence=938)
    assert (row.number, row.year, row.registered_on) == ("938", 2026, datetime.date(2026, 1, 14))
    assert (row.addressee, row.subject_line, row.prepared_by) == ("Школам", "О приёме", "Громова О.П.")
    assert (row.sheets, row.copies, row.origin, row.registered_by) == (2, None, "imported", office.clerk)
    assert [act.words for act in journal_log.of(row)] == ["Внесено из прежнего журнала"]
    assert RegisterYear.objects.values_list("first_sequence", "last_sequence").get() == (941, 940)
    assert list(journal_invariants.journal()) == []


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    bring_in(office, *OLD)
    trial = judge(office, *OLD)
    assert (trial.new, trial.known, trial.faults, trial.is_ready) == ([], 3, [], False)
    with refused(journal_import.NotReady):
        bring_in(office, *OLD)


def test_file_that_goes_on_brings_only_what_is_new(office: Office) -> None:
    bring_in(office, *OLD[1:])
    trial = bring_in(office, *OLD)
    assert ([row.sequence for row in trial.new], trial.known) == ([938], 2)


def test_every_fault_is_told_at_once_with_row_and_column(office: Office) -> None:
    found = faults(
        office,
        ["", "14.01.2026", "", "", "", ""],
        ["без номера", "31.02.2026", "", "", "", "два"],
        ["938", "", "Ш" * 301, "", "", ""],
        ["939", "15.01.2027", "", "", "", ""],
        ["937", "14.01.2026", "", "", "", ""],
        ["937", "14.01.2026", "", "", "", ""],
        ["941", "14.01.2026", "", "", "", ""],
    )
    assert found == [
        (2, "Номер", "Номер не указан."),
        (3, "Номер", "Нет порядкового номера."),
        (3, "Дата", "Дата не прочитана: нужна «05.10.2020»."),
        (3, "Листов", "Нужно целое число."),
        (4, "Кому", "Длиннее 300 знаков."),
        (4, "Дата", "Даты нет."),
        (5, "Дата", "Этот день ещё не наступил."),
        (7, "Номер", "№ 937 уже есть в строке 6."),
        (8, "Номер", "№ 941 не из прежнего журнала: 2026 год ведёт портал, с № 941."),
    ]


def test_dates_that_fall(office: Office) -> None:
    found = faults(office, ["938", "14.01.2026"], ["939", "13.01.2026"], ["940", "15.01.2026"])
    assert found == [(3, "Дата", "№ 939 от 13.01.2026 раньше, чем № 938 от 14.01.2026.")]


def test_old_numbers_are_not_later_than_the_portals(office: Office) -> None:
    journal.give(register=office.register, details=journal.Details(), by=office.clerk, at=tomsk(1, 14, 9))
    assert faults(office, ["940", "15.01.2026"]) == [
        (2, "Дата", "№ 941 от 14.01.2026 раньше, чем № 940 от 15.01.2026.")
    ]


def test_gaps_of_the_old_journal_are_told_but_allowed(office: Office) -> None:
    trial = judge(office, OLD[0], OLD[2])
    assert (trial.gaps, trial.is_ready) == (["2026 год: № 939"], True)


def test_numbers_of_which_nobody_knew_are_filled(office: Office) -> None:
    day = datetime.date(2026, 3, 18)
    told = {"first": 943, "last": 943, "on": day, "with_skipped": True, "details": journal.Details()}
    paper_numbers.write_up(register=office.register, by=office.clerk, at=REGISTERED_AT, **told)
    trial = bring_in(office, ["941", "18.03.2026", "Школам", "О приёме", "", ""])
    assert ([row.sequence for row in trial.filled], trial.new) == ([941], [])
    row = RegisterEntry.objects.get(sequence=941)
    assert (row.origin, row.addressee) == ("imported", "Школам")
    assert [row.sequence for row in RegisterEntry.objects.unexplained().order_by("sequence")] == [942, 943]
    assert list(journal_invariants.journal()) == []


def test_row_that_is_there_is_not_written_over(office: Office) -> None:
    bring_in(office, *OLD)
    words = "№ 939 уже в журнале с другими сведениями: № 939 от 15.01.2026, «О смене»."
    assert faults(office, ["939", "15.01.2026", "Лицеям", "О другом", "", ""]) == [(2, "Номер", words)]


def test_journal_without_a_counter_goes_on_after_the_file(office: Office) -> None:
    empty = OutgoingRegisterFactory(code="orders", name="Приказы")
    journal_import.bring_in(register=empty, data=table(*OLD), by=office.clerk, at=REGISTERED_AT)
    counter = empty.years.get()
    assert (counter.first_sequence, counter.last_sequence, str(counter.last_on)) == (941, 940, "2026-01-15")
    assert counter.opening_note == "Номера по 940 внесены из прежнего журнала"
    entry = journal.give(register=empty, details=journal.Details(), by=office.clerk, at=REGISTERED_AT)
    assert entry.sequence == 941
    assert list(journal_invariants.journal()) == []


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        ("Кому;О чём", [(1, "Номер"), (1, "Дата")]),
        ("№;Дата;Дата", [(1, "Дата")]),
        ("", [(1, "Номер"), (1, "Дата")]),
    ],
)
def test_heads_name_the_columns(office: Office, heads: str, found: list[tuple[int, str]]) -> None:
    data = f"{heads}\n1;2\n".encode()
    trial = journal_import.judge(register=office.register, data=data, by=office.clerk, at=REGISTERED_AT)
    assert [(one.row, one.column) for one in trial.faults] == found


def test_what_is_no_table_is_refused(office: Office) -> None:
    with refused(xlsx.CannotRead):
        journal_import.judge(register=office.register, data=b"", by=office.clerk, at=REGISTERED_AT)


def test_workbook_is_read_like_a_csv(office: Office) -> None:
    columns = [xlsx.Column(head) for head in HEADS]
    rows = [[938, datetime.date(2026, 1, 14), "Школам", "О приёме", "Громова О.П.", 2]]
    data = xlsx.write(sheet="Журнал", columns=columns, rows=rows)
    trial = journal_import.judge(register=office.register, data=data, by=office.clerk, at=REGISTERED_AT)
    (row,) = trial.new
    assert (row.number, row.registered_on, row.sheets) == ("938", datetime.date(2026, 1, 14), 2)
