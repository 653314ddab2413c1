"""The old journal: every fault at once with row and column, nothing by halves, the same file again changes nothing."""

import datetime

import pytest

from rcro_portal.lib import xlsx
from rcro_portal.lib.registers.importing import layout, reading, sessions
from rcro_portal.lib.registers.importing.kinds import Judgement, Read
from rcro_portal.models import ImportSession
from reports.journal import entries, paper_numbers
from reports.journal import invariants as journal_invariants
from reports.journal import log as journal_log
from reports.journal.importing import JournalKind
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from tests.factories import imports
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


def judged(office: Office, data: bytes) -> Judgement:
    session = imports.begun(JournalKind, data, register=office.register.pk, by=office.clerk, at=REGISTERED_AT)
    with nothing_changes():
        return imports.judged(session, JournalKind, at=REGISTERED_AT)


def judge(office: Office, *rows: list[str]) -> Judgement:
    return judged(office, table(*rows))


def bring_in(office: Office, *rows: list[str]) -> Judgement:
    return imports.written(JournalKind, table(*rows), register=office.register.pk, by=office.clerk, at=REGISTERED_AT)[1]


def made(reads: list[Read]) -> list[RegisterEntry]:
    return [one.what for one in reads]


def faults(office: Office, *rows: list[str]) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.words) for one in judge(office, *rows).faults]


def test_paper_numbers_before_the_portal(office: Office) -> None:
    trial = judge(office, *OLD)
    assert (len(trial.new), trial.same, trial.faults, trial.notes, trial.is_ready) == (3, [], [], [], True)
    bring_in(office, *OLD)
    row = RegisterEntry.objects.get(sequence=938)
    assert (row.number, row.year, row.registered_on) == ("938", 2026, datetime.date(2026, 1, 14))
    assert (row.addressee, row.subject_line, row.prepared_by) == ("Школам", "О приёме", "Громова О.П.")
    assert (row.sheets, row.copies, row.origin, row.registered_by) == (2, None, "imported", office.clerk)
    assert [act.words for act in journal_log.history_of(row)] == ["Внесено из прежнего журнала"]
    assert RegisterYear.objects.values_list("first_sequence", "last_sequence").get() == (941, 940)
    assert list(journal_invariants.registers()) == []


def test_journal_whose_numbers_come_from_elsewhere_opens_no_year(office: Office) -> None:
    OutgoingRegister.objects.update(mode="typed")
    assert len(bring_in(office, ["938", "14.01.2025"], ["939", "15.01.2025"]).new) == 2
    assert list(RegisterYear.objects.values_list("year", flat=True)) == [2026]


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    bring_in(office, *OLD)
    trial = judge(office, *OLD)
    assert (trial.new, trial.same, trial.faults, trial.is_ready) == ([], [2, 3, 4], [], False)
    with refused(sessions.NotReady, but=[ImportSession]):
        bring_in(office, *OLD)


def test_file_that_goes_on_brings_only_what_is_new(office: Office) -> None:
    bring_in(office, *OLD[1:])
    trial = bring_in(office, *OLD)
    assert ([row.sequence for row in made(trial.new)], trial.same) == ([938], [3, 4])


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
        (4, "Дата", "Даты нет."),
        (4, "Кому", "Длиннее 300 знаков."),
        (5, "Дата", "Этот день ещё не наступил."),
        (7, "Номер", "№ 937 уже есть в строке 6."),
        (8, "Номер", "№ 941 не из прежнего журнала: 2026 год ведёт портал, с № 941."),
    ]


def test_number_and_remark_have_their_length(office: Office) -> None:
    heads = [*HEADS, "Примечание", "Кто подписал"]
    long, many = "п" * 280, ", ".join(f"{number}/2020" for number in range(1, 8))
    rows = [["938", "14.01.2026", "", "", "", "", long, "Лыжина Н.П."], [many, "14.01.2026", "", "", "", "", "", ""]]
    found = judged(office, "\n".join(";".join(row) for row in (heads, *rows)).encode()).faults
    assert [(one.row, one.column, one.words) for one in found] == [
        (2, "Примечание", "Вместе с тем, кто подписал, длиннее 300 знаков."),
        (3, "Номер", "Длиннее 50 знаков."),
    ]


def test_dates_that_fall(office: Office) -> None:
    found = faults(office, ["938", "14.01.2026"], ["939", "13.01.2026"], ["940", "15.01.2026"])
    assert found == [(3, "Дата", "№ 939 от 13.01.2026 раньше, чем № 938 от 14.01.2026.")]


def test_one_mistyped_day_is_the_only_fault(office: Office) -> None:
    days = ["23.09.2025", "25.12.2025", "25.09.2025", "26.09.2025", "29.09.2025"]
    found = faults(office, *([str(number), day] for number, day in enumerate(days, start=940)))
    assert found == [(3, "Дата", "№ 942 от 25.09.2025 раньше, чем № 941 от 25.12.2025.")]


def test_what_is_in_the_journal_speaks_against_the_file(office: Office) -> None:
    bring_in(office, ["938", "14.01.2026"])
    found = faults(office, ["936", "15.01.2026"], ["937", "16.01.2026"], ["939", "16.01.2026"])
    assert found == [
        (2, "Дата", "№ 938 от 14.01.2026 раньше, чем № 936 от 15.01.2026."),
        (3, "Дата", "№ 938 от 14.01.2026 раньше, чем № 937 от 16.01.2026."),
    ]


def test_old_numbers_are_not_later_than_the_portals(office: Office) -> None:
    entries.give(register=office.register, details=entries.Details(), by=office.clerk, at=tomsk(1, 14, 9))
    assert faults(office, ["940", "15.01.2026"]) == [
        (2, "Дата", "№ 941 от 14.01.2026 раньше, чем № 940 от 15.01.2026.")
    ]


def test_gaps_of_the_old_journal_are_told_but_allowed(office: Office) -> None:
    trial = judge(office, OLD[0], OLD[2])
    assert (trial.notes, trial.is_ready) == (["В прежнем журнале пропущены номера: 2026 год: № 939"], True)


def test_number_with_a_figure_too_many(office: Office) -> None:
    rows = [[str(number), "25.09.2025"] for number in (940, 941, 942)]
    for place, around in ((0, "№ 941 и № 942"), (1, "№ 940 и № 942"), (2, "№ 940 и № 941")):
        slip = [row if at != place else [f"{row[0]}0", row[1]] for at, row in enumerate(rows)]
        words = f"№ {slip[place][0]} далеко от соседних строк ({around}). Проверьте номер."
        assert (place + 2, "Номер", words) in faults(office, *slip)


def test_numbers_far_from_each_other_in_a_thin_journal_are_no_fault(office: Office) -> None:
    trial = judge(office, ["12", "13.01.2025"], ["87", "20.02.2025"], ["999999999", "18.03.2025"])
    assert (trial.faults, trial.notes) == (
        [],
        ["В прежнем журнале пропущены номера: 2025 год: № 13–86, 88–999999998"],
    )


def test_row_at_fault_makes_no_gap(office: Office) -> None:
    bring_in(office, *OLD)
    trial = judge(office, ["950", "16.01.2026"])
    assert ([fault.name for fault in trial.faults], trial.notes) == (["number"], [])


def test_numbers_of_which_nobody_knew_are_filled(office: Office) -> None:
    day = datetime.date(2026, 3, 18)
    told = {"first": 943, "last": 943, "on": day, "with_skipped": True, "details": entries.Details()}
    paper_numbers.record_paper_letters(register=office.register, by=office.clerk, at=REGISTERED_AT, **told)
    trial = bring_in(office, ["941", "18.03.2026", "Школам", "О приёме", "", ""])
    assert ([row.sequence for row in made(trial.changed)], trial.new) == ([941], [])
    row = RegisterEntry.objects.get(sequence=941)
    assert (row.origin, row.addressee) == ("imported", "Школам")
    assert [row.sequence for row in RegisterEntry.objects.unexplained().order_by("sequence")] == [942, 943]
    assert list(journal_invariants.registers()) == []


def test_row_that_is_there_is_not_written_over(office: Office) -> None:
    bring_in(office, *OLD)
    words = "№ 939 уже в журнале с другими сведениями: № 939 от 15.01.2026, «О смене»."
    assert faults(office, ["939", "15.01.2026", "Лицеям", "О другом", "", ""]) == [(2, "Номер", words)]


def test_journal_without_a_counter_goes_on_after_the_file(office: Office) -> None:
    empty = OutgoingRegisterFactory(code="orders", name="Приказы")
    imports.written(JournalKind, table(*OLD), register=empty.pk, by=office.clerk, at=REGISTERED_AT)
    counter = empty.years.get()
    assert (counter.first_sequence, counter.last_sequence, str(counter.last_on)) == (941, 940, "2026-01-15")
    assert counter.opening_note == "Номера по 940 внесены из прежнего журнала"
    entry = entries.give(register=empty, details=entries.Details(), by=office.clerk, at=REGISTERED_AT)
    assert entry.sequence == 941
    assert list(journal_invariants.registers()) == []


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
    trial = judged(office, data)
    assert [(one.row, one.column) for one in trial.faults] == found


def test_what_is_no_table_is_refused(office: Office) -> None:
    with refused(reading.CannotRead):
        judged(office, b"")


def test_workbook_is_read_like_a_csv(office: Office) -> None:
    columns = [xlsx.Column(head) for head in HEADS]
    rows = [[938, datetime.date(2026, 1, 14), "Школам", "О приёме", "Громова О.П.", 2]]
    data = xlsx.write(sheet="Журнал", columns=columns, rows=rows)
    trial = judged(office, data)
    (row,) = made(trial.new)
    assert (row.number, row.registered_on, row.sheets) == ("938", datetime.date(2026, 1, 14), 2)


# -- What offices write in a row ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("12 марта 2015 г.", "2015-03-12"),
        ("12.03.15", "2015-03-12"),
        ("42075", "2015-03-12"),
        ("42075.5", "2015-03-12"),
        ("12.03.2015 0:00:00", "2015-03-12"),
        ("2015-03-12", "2015-03-12"),
    ],
)
def test_days_as_offices_write_them(office: Office, day: str, read: str) -> None:
    (row,) = made(judge(office, ["14", day]).new)
    assert row.registered_on == datetime.date.fromisoformat(read)


def test_quantities_are_whole(office: Office) -> None:
    (row,) = made(judge(office, ["14.0", "12.03.2015", "", "", "", "2,0"]).new)
    assert (row.number, row.sequence, row.suffix, row.sheets) == ("14", 14, "", 2)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("12.01.2026", "Excel превратил номер в дату: «12.01.2026»."),
        ("12.янв", "Excel превратил номер в дату: «12.янв»."),
        ("14 от 14.01.2011", "В ячейке не только номер: «14 от 14.01.2011»."),
        ("14 и ещё два", "В ячейке не только номер: «14 и ещё два»."),
        ("902–945", "Здесь несколько номеров: «902–945»."),
        ("1.5", "Нет порядкового номера."),
        ("б/н", "Нет порядкового номера."),
    ],
)
def test_what_is_no_number_is_a_fault_of_its_row(office: Office, number: str, words: str) -> None:
    ((row, column, said),) = faults(office, ["13", "14.01.2026"], [number, "14.01.2026"])
    assert (row, column) == (3, "Номер")
    assert said.startswith(words)


@pytest.mark.parametrize("number", ["12/1", "12а", "И-945а", "945-п", "ГД-1736/03"])
def test_numbers_with_their_letters_and_strokes(office: Office, number: str) -> None:
    assert [row.number for row in made(judge(office, [number, "14.01.2020"]).new)] == [number]


def test_number_that_excel_made_a_day(office: Office) -> None:
    rows = [[datetime.date(2026, 1, 12), datetime.date(2026, 1, 14), "", "", "", None]]
    data = xlsx.write(sheet="Журнал", columns=[xlsx.Column(head) for head in HEADS], rows=rows)
    trial = judged(office, data)
    ((row, column, words),) = [(one.row, one.column, one.words) for one in trial.faults]
    assert (row, column) == (2, "Номер")
    assert words.startswith("Excel превратил номер в дату: «12.01.2026».")


def test_mistyped_years(office: Office) -> None:
    first, last = ["937", "25.09.2020"], ["939", "28.09.2020"]
    old = "202 год – раньше, чем начат журнал (1992). Проверьте год."
    far = "25.09.2002 далеко от соседних строк (25.09.2020 и 28.09.2020). Проверьте год."
    assert faults(office, first, ["938", "25.09.0202"], last) == [(3, "Дата", old)]
    assert faults(office, first, ["938", "25.09.2002"], last) == [(3, "Дата", far)]
    assert not RegisterYear.objects.filter(year=202).exists()


@pytest.mark.parametrize("place", [0, 2])
def test_mistyped_year_of_the_first_or_last_row(office: Office, place: int) -> None:
    rows = [["937", "25.09.2020"], ["938", "25.09.2020"], ["939", "28.09.2020"]]
    rows[place][1] = "25.09.2002"
    assert [(row, column) for row, column, _ in faults(office, *rows)] == [(place + 2, "Дата")]


def test_years_of_a_thin_journal_are_no_fault(office: Office) -> None:
    assert judge(office, ["1", "12.03.2010"], ["2", "12.03.2013"], ["3", "12.03.2016"]).faults == []
    assert judge(office, ["1", "12.03.2010"], ["2", "12.03.2013"]).faults == []
    assert judge(office, ["1207", "30.12.2014"], ["1", "12.01.2015"], ["2", "13.01.2015"]).faults == []


def test_line_of_totals_is_left_out(office: Office) -> None:
    trial = judge(office, *OLD, ["ИТОГО:", "", "", "3"], ["", "Всего", "3", ""])
    assert (len(trial.new), trial.left_out(layout.TOTAL), trial.faults, trial.is_ready) == (3, [5, 6], [], True)
    assert bring_in(office, *OLD, ["Итого", "", "", "3"]).left_out(layout.TOTAL) == [5]
    assert RegisterEntry.objects.filter(origin="imported").count() == 3


def test_letter_about_totals_is_a_letter(office: Office) -> None:
    trial = judge(office, ["938", "14.01.2026", "Школам", "Итого за год", "", ""])
    assert (len(trial.new), trial.skipped) == (1, [])


@pytest.mark.parametrize("rows", [[], [["", "", ""]], [["ИТОГО", "", "0"]]])
def test_file_without_rows_is_said_to_have_none(office: Office, rows: list[list[str]]) -> None:
    trial = judge(office, *rows)
    assert (trial.rows, trial.faults, trial.is_ready) == (0, [], False)


def test_cells_without_a_value_are_faults_with_row_and_column(office: Office) -> None:
    found = faults(office, ["938", "#N/A", "", "", "", ""], ["#ССЫЛКА!", "14.01.2026", "", "", "", "#REF!"])
    words = "В ячейке ошибка {}. Внесите значение вместо формулы."
    assert found == [
        (2, "Дата", words.format("#N/A")),
        (3, "Номер", words.format("#ССЫЛКА!")),
        (3, "Листов", words.format("#REF!")),
    ]
