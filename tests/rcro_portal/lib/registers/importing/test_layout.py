"""Tables as offices lay them out: headings found, records told from what only divides, numbers, sums up or explains."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from rcro_portal.lib.registers.importing import heads, layout, reading
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.layout import Layout, lay_out
from rcro_portal.lib.registers.importing.sheets import Merge, Sheet

DATA = Path(__file__).parents[4] / "data" / "imports"
COLUMNS = [
    Column("number", "Номер", ("№", "исх. №"), required=True),
    Column("to", "Кому"),
    Column("note", "Примечание"),
]


def sheet(*rows: str, merges: tuple[Merge, ...] = (), hidden: frozenset[int] = frozenset()) -> Sheet:
    """A row a text, its cells between strokes."""
    cells = {number: row.split("|") for number, row in enumerate(rows, start=1) if row}
    return Sheet("Лист", cells, merges, hidden_rows=hidden)


def laid_out(table: Sheet, columns: list[Column] = COLUMNS, *, with_hidden: bool = False) -> tuple[Heads, Layout]:
    def is_record(cells: Mapping[str, str]) -> bool:
        return cells.get("number", "").isdecimal()

    found = heads.find(table, columns)
    required = frozenset(one.name for one in columns if one.required)
    return found, lay_out(table, found, required=required, is_record=is_record, with_hidden=with_hidden)


# -- Headings -------------------------------------------------------------------------------------------------


def test_headings_are_found_below_titles_and_beside_empty_columns() -> None:
    found, _ = laid_out(sheet("Журнал", "", "|№|Кому", "|1|Школам"))
    assert (found.rows, found.fields) == ((3,), {2: "number", 3: "to"})


@pytest.mark.parametrize("heading", ["ИСХ. №", "исх.\u00a0№", "Исх. N", "Иcх.\n№"])
def test_spellings_of_a_heading(heading: str) -> None:
    assert heads.find(Sheet("", {1: [heading, "Кому"]}), COLUMNS).fields == {1: "number", 2: "to"}


def test_data_are_no_headings() -> None:
    assert heads.find(sheet("1|Школам", "2|Лицеям"), COLUMNS) == Heads()


def test_headings_on_two_rows() -> None:
    columns = [
        Column("number", "Табельный номер", ("таб. номер",), required=True),
        Column("person", "Сотрудник", ("наименование",), required=True),
        Column("since", "Дата приёма", ("дата приема",)),
        Column("post", "Должность"),
        Column("department", "Подразделение"),
    ]
    found, told = laid_out(reading.read((DATA / "staff_1c.xlsx").read_bytes())[0], columns)
    assert found.rows == (6, 7)
    assert {name: column for column, name in found.fields.items()}.keys() >= {"number", "person", "post"}
    assert [record.row for record in told.records] == [8, 10, 12, 14, 16, 18, 21, 23, 25, 27]
    assert told.records[0].cells["number"] == "0000000393"
    assert {one.row for one in told.skipped} >= {4, 20, 29, 31}


# -- Records --------------------------------------------------------------------------------------------------


def test_what_is_no_record_says_why() -> None:
    table = sheet(
        "№|Кому|Примечание",
        "1|2|3",
        "2026 г.",
        "1|Школам|",
        "№|Кому|Примечание",
        "2|Лицеям|",
        "Всего|2|",
        "",
        "* – по почте",
    )
    _, found = laid_out(table)
    assert [(record.row, record.section) for record in found.records] == [(4, "2026 г."), (6, "2026 г.")]
    assert found.skipped == [
        (2, layout.NUMBERS),
        (3, layout.SECTION),
        (5, layout.AGAIN),
        (7, layout.TOTAL),
        (9, layout.NOTE),
    ]


def test_merged_cell_is_filled_down_inside_its_merge_only() -> None:
    table = sheet("№|Кому|Примечание", "1|Школам|почтой", "2||сама", "3||курьером", merges=(Merge(2, 2, 3, 2),))
    _, found = laid_out(table)
    assert [record.cells["to"] for record in found.records] == ["Школам", "Школам", ""]


def test_merged_cell_is_filled_down_over_rows_that_say_nothing() -> None:
    rows = ("№|Кому|Примечание", "1|Школам|почтой", "", "2||сама", "3||курьером")
    table = sheet(*rows, merges=(Merge(2, 2, 4, 2), Merge(5, 1, 9, 1)))
    _, found = laid_out(table)
    assert [record.cells["to"] for record in found.records] == ["Школам", "Школам", ""]


def test_merges_are_asked_for_by_their_rows() -> None:
    table = sheet("а|б|в", "г|д|е", merges=(Merge(1, 1, 1, 2), Merge(2, 2, 3, 3)))
    assert [sorted(table.merged_over(row)) for row in (1, 2, 3, 4)] == [[1, 2], [2, 3], [2, 3], []]


def test_hidden_rows_are_left_out_unless_they_are_wanted() -> None:
    table = sheet("№|Кому", "1|Школам", "2|Лицеям", hidden=frozenset({3}))
    assert laid_out(table)[1].skipped == [(3, layout.HIDDEN)]
    assert [record.row for record in laid_out(table, with_hidden=True)[1].records] == [2, 3]


def test_row_of_which_every_cell_was_emptied_is_none() -> None:
    _, found = laid_out(sheet("№|Кому", "1|Школам", "||", "3|Всем"))
    assert ([record.row for record in found.records], found.skipped) == ([2, 4], [(3, layout.EMPTY)])


def test_row_with_one_required_cell_is_a_record_to_be_judged() -> None:
    _, found = laid_out(sheet("№|Кому", "1|Школам", "б/н", "3|Всем"))
    assert [record.row for record in found.records] == [2, 3, 4]


def test_register_of_projects() -> None:
    columns = [
        Column("name", "Наименование проекта", required=True),
        Column("curator", "Куратор"),
        Column("centers", "Центры"),
        Column("start", "Начало"),
    ]
    found, told = laid_out(reading.read((DATA / "projects_cp1251.csv").read_bytes())[0], columns)
    assert found.rows == (3,)
    assert [record.cells["name"] for record in told.records] == [
        'Проект "Лаборатория"',
        "Летняя школа\n(физика)",
        "Театр",
    ]
    assert [(one.row, one.why) for one in told.skipped] == [(1, layout.TITLE), (7, layout.TOTAL)]


def test_notes_below_a_list_of_centres() -> None:
    columns = [Column("name", "ОО", required=True), Column("municipality", "Муниципалитет")]
    source = reading.read((DATA / "centres_many_lines.xlsx").read_bytes())[0]
    _, told = laid_out(source, columns)
    assert (source.coloured, [record.row for record in told.records]) == (True, [2, 4, 5, 6])
    assert [(one.row, one.why) for one in told.skipped] == [(9, layout.NOTE), (10, layout.NOTE)]
