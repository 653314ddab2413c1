"""Tables of other shapes: what of them is read as a participant, a title or a sum, and whose name stays nowhere."""

import csv
import io
import json
from typing import Any

import pytest

from olympiad.results import door
from olympiad.results.found import Found

HEAD = ["Код", "Класс", "Балл", "Статус"]


def read(*rows: list[str], encoding: str = "utf-8") -> Found:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return door.read(text.getvalue().encode(encoding))


def people(found: Found) -> list[tuple[Any, ...]]:
    return [(one.row, one.grade, one.status, one.score) for one in found.participations]


def test_sums_and_signatures_under_a_protocol_are_nobody() -> None:
    found = read(
        HEAD,
        ["Ф1", "9", "30", "победитель"],
        ["Итого", "", "30", ""],
        ["Максимальный балл", "", "60", ""],
        ["Председатель жюри", "", "Петров П.П.", ""],
        encoding="cp1251",
    )
    assert people(found) == [(2, 9, "winner", 30.0)]
    assert sorted(one["row"] for one in found.skipped) == [3, 4, 5]


@pytest.mark.parametrize("summary", [0, 2])
def test_line_with_counts_beside_a_protocol_makes_no_report_of_it(summary: int) -> None:
    rows = [HEAD, ["Ф1", "9", "30", "победитель"]]
    rows.insert(summary, ["Количество участников", "1", "Количество победителей", "1"])
    found = read(*rows)
    assert [row[1:] for row in people(found)] == [(9, "winner", 30.0)]
    assert found.counts == []


def test_grade_stands_in_a_row_of_its_own() -> None:
    head = ["Код", "Балл", "Статус"]
    found = read(head, ["9 класс", "", ""], ["Ф1", "30", "победитель"], ["10 класс"], ["Ф1", "20", "участник"])
    assert people(found) == [(3, 9, "winner", 30.0), (5, 10, "participant", 20.0)]


def test_numbers_of_empty_lines_are_no_grades() -> None:
    found = read(["№", "Код", "Балл", "Статус"], ["1", "Ф1", "30", "победитель"], ["2"], ["3", "Ф3", "20", "участник"])
    assert people(found) == [(2, None, "winner", 30.0), (4, None, "participant", 20.0)]


def test_title_with_several_grades_says_none() -> None:
    found = read(["Протокол, 9-11 классы"], ["Код", "Балл", "Статус"], ["Ф1", "30", "победитель"])
    assert people(found) == [(3, None, "winner", 30.0)]


def test_result_may_be_points() -> None:
    found = read(["Код", "Класс", "Результат"], ["Ф1", "9", "30"], ["Ф2", "9", "20,5"])
    assert people(found) == [(2, 9, "", 30.0), (3, 9, "", 20.5)]


def test_status_of_the_first_line_is_no_heading() -> None:
    found = read(["Код", "Класс", "Балл", "Что получил"], ["Ф1", "9", "30", "участник"], ["Ф2", "9", "20", "участник"])
    assert [row[0] for row in people(found)] == [2, 3]


def test_code_begins_anew_in_each_class() -> None:
    found = read(HEAD, ["1", "9", "30", ""], ["1", "10", "20", ""], ["1", "9", "30", ""])
    assert [one.twice for one in found.participations] == [None, None, 2]


def test_schools_and_shares_are_no_participants() -> None:
    head = ["Муниципалитет", "Школ-участников", "Участников", "Победителей", "Призёров", "% победителей"]
    assert [one.numbers for one in read(head, ["Томск", "2", "5", "1", "1", "20"]).counts] == [(5, 1, 1)]


def test_only_counts_are_no_sums_of_others() -> None:
    found = read(
        ["", "Общее количество", "", ""],
        ["Муниципалитет", "участников", "победителей", "призёров"],
        ["Томск", "5", "1", "2"],
    )
    assert [(one.subject, one.numbers) for one in found.counts] == [("", (5, 1, 2))]


def test_school_that_bears_a_name_is_kept() -> None:
    found = read([*HEAD, "Школа"], ["Ф1", "9", "30", "", "МАОУ гимназия № 6 им. А.С. Пушкина"])
    assert [one.organization for one in found.participations] == ["МАОУ гимназия № 6 им. А.С. Пушкина"]


@pytest.mark.parametrize("name", ["Город Томск", "ЗАТО Северск", "Белый Яр", "Томский район"])
def test_place_of_two_words_is_no_pupil(name: str) -> None:
    found = read(["Муниципалитет", "Участников", "Победители"], [name, "5", "1"], ["Томск", "6", "1"])
    assert [one.municipality for one in found.counts] == [name, "Томск"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Лучшие"], ["Рыбалов Ян Янович", "Лицей", "85"], ["Рыбалов Ян"], HEAD, ["Ф1", "9", "30", "победитель"]],
        [["Ф0; участник Рыбалов Я.Я."], HEAD, ["Ф1", "9", "30", "победитель"]],
        [HEAD, ["Ф1", "Рыбалов Ян", "Рыбалов", "Рыбалов Ян Янович"]],
        [[*HEAD, "Предмет", "МО", "Школа"], ["Ф1", "9", "30", "", "Рыбалов Я.Я.", "Рыбалов Ян", "СОШ, Рыбалов Я."]],
        [["Муниципалитет", "Участников", "Победители"], ["Томск", "5", "Рыбалов Ян"]],
    ],
)
def test_name_in_a_wrong_place_is_kept_nowhere(rows: list[list[str]]) -> None:
    assert "Рыбалов" not in json.dumps(read(*rows).told(), ensure_ascii=False)
