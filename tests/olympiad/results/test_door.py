"""Files as offices keep them: what is read of them, and that no name gets past the door."""

import json
from pathlib import Path

import pytest

from olympiad.results import door
from olympiad.results.found import Found

DATA = Path(__file__).parents[2] / "data" / "imports"


def read(name: str) -> Found:
    return door.read((DATA / name).read_bytes())


def test_every_sheet_of_a_platform_is_read() -> None:
    found = read("platform_results.xlsx")
    assert [(one["sheet"], one["header_rows"]) for one in found.sheets] == [
        ("1 Биология", [1]),
        ("2 Искусство (МХ", [1]),
        ("3 Информатика.", [1]),
    ]
    assert (found.rows, found.skipped, found.stages) == (16, [], ["school"])
    first = found.participations[1]
    assert (first.subject, first.grade, first.tasks, first.status, first.score) == (
        "Биология",
        10,
        11,
        "participant",
        29.0,
    )


def test_namesakes_with_their_own_log_ins_are_two() -> None:
    found = read("platform_results.xlsx").participations
    told = [(one.sheet, one.row, one.namesake, one.twice) for one in found if one.namesake or one.twice]
    assert told == [("1 Биология", 6, 4, None)] or told[0] == ("1 Биология", 6, 4, None)
    assert not any(one.twice for one in found)


def test_no_name_and_no_code_gets_past_the_door() -> None:
    kept = json.dumps(read("platform_results.xlsx").told(), ensure_ascii=False)
    for secret in ("Лоскутовских", "Есфирь", "st930121", "70000000026", "Турунтаевич"):
        assert secret not in kept


def test_counts_under_three_rows_of_headings_are_read_and_sums_are_not() -> None:
    found = read("stage_counts.xlsx")
    assert [(one["sheet"], one["header_rows"]) for one in found.sheets] == [("Лист1", [1, 2, 3])]
    counts = {(one.row, one.subject): one.numbers for one in found.counts if not one.is_total}
    assert counts == {
        (4, "Химия"): (8, 1, 0),
        (4, "История"): (56, 1, 2),
        (5, "Химия"): (51, 0, 2),
        (5, "История"): (None, None, None),
        (6, "Химия"): (53, 0, 2),
        (6, "История"): (55, 0, 10),
    }
    assert [(one["row"], one["why"]) for one in found.skipped] == [(8, "примечание"), (7, "итог"), (10, "примечание")]
    assert found.notes == [
        "В столбцах «Всего» формулы без значения (строки 6): их суммы не сверены, из файла не взяты."
    ]


@pytest.mark.parametrize("name", ["protocol_two_rows.xlsx", "protocol_two_rows.ods"])
def test_protocol_under_two_rows_of_headings_is_read(name: str) -> None:
    """«Участник» over name and code, «Класс» over that of study and of tasks, «Итог» over points and status."""
    found = read(name)
    assert [(one["sheet"], one["header_rows"]) for one in found.sheets] == [("Физика", [2, 3])]
    told = [(one.row, one.grade, one.tasks, one.status, one.score) for one in found.participations]
    assert told == [
        (4, 9, 9, "winner", 39.5),
        (5, 9, 10, "prize_winner", 30.0),
        (6, 8, 9, "participant", 5.5),
        (7, 10, 10, "away", None),
    ]
    assert ([one.numbers for one in found.totals], found.stages) == ([(3, 1, 1)], ["municipal"])
    assert not any(one.faults or one.twice for one in found.participations)
    kept = json.dumps(found.told(), ensure_ascii=False)
    assert [secret for secret in ("Лоскутова", "Турунтаев", "Заречная", "Кедрова", "Ф-9-01") if secret in kept] == []


SLIPPED = [
    "Муниципалитет;Участник;Предмет;Класс;Статус;Балл",
    "Томск;Лоскутова Есфирь;Химия;9;молодец;40",
    "Лоскутова Есфирь;Химия;9;Турунтаев Ян;Турунтаев Ян;Турунтаев Ян",
    "Томск;Ф-01;Лоскутова Есфирь;Химия;победитель;40",
]


def test_row_that_slipped_by_a_column_carries_no_name_past_the_door() -> None:
    found = door.read("\n".join(SLIPPED).encode())
    kept = json.dumps(found.told(), ensure_ascii=False)
    assert [name for name in ("Лоскутова", "Есфирь", "Турунтаев") if name in kept] == []
    assert [[fault.column for fault in one.faults] for one in found.participations] == [["E"], ["E", "D", "F"], ["D"]]


def test_name_in_a_count_is_not_cited() -> None:
    file = "Муниципалитет;Участников;Победителей;Призёров\nТомск;Лоскутова;1;х\n".encode()
    told = [fault.problem for fault in door.read(file).counts[0].faults]
    assert [words.partition(" не число")[0] for words in told] == ["Здесь", "Здесь «х»"]


def test_points_that_json_does_not_know_are_a_fault() -> None:
    file = "Участник;Класс;Статус;Балл\nФ-01;9;победитель;nan\nФ-02;9;призёр;1e999\n".encode()
    found = door.read(file)
    assert [(one.score, len(one.faults)) for one in found.participations] == [(None, 1), (None, 1)]
    json.dumps(found.told(), allow_nan=False)
