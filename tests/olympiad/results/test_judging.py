"""What may be counted, what is an error, what a doubt: tables of participants as an organiser sends them."""

import csv
import io
from typing import Any

import pytest

from centers.importing.places import Places
from centers.models import Municipality
from olympiad.models import Season, Subject
from olympiad.results import door, results
from olympiad.results.judged import Judged
from tests.factories.centers import OrganizationFactory, place
from tests.factories.olympiad import SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db
HEAD = ["Код", "Класс", "Параллель", "Школа", "Балл", "Максимальный балл", "Статус"]


@pytest.fixture
def physics() -> Subject:
    return SubjectFactory(code="physics", name="Физика", name_dative="физике")


def table(*rows: list[Any], title: str = "Протокол муниципального этапа по физике", head: list[str] = HEAD) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([[title], head, *rows])
    return text.getvalue().encode()


def judged(data: bytes, *, stage: str = "municipal", season: Season | None = None, **told: Any) -> Judged:
    return results.judge(door.read(data), season=season or SeasonFactory(), stage=stage, **told)


def test_participants_are_counted_by_subject_and_grade(physics: Subject) -> None:
    told = judged(
        table(
            ["Ф-01", "9", "", "Лицей № 1", "40,5", "50", "победитель"],
            ["Ф-02", "9", "", "Лицей № 1", "30", "50", "призёр"],
            ["Ф-03", "9", "", "Лицей № 1", "5", "50", ""],
            ["Ф-04", "10", "", "Лицей № 1", "", "50", "неявка"],
            ["Ф-05", "10", "", "Лицей № 1", "7", "50", "участник"],
        )
    )
    assert (told.bad, told.doubts) == ([], [])
    assert told.told() == [
        {"subject": "Физика", "grade": 9, "municipality": None, "participants": 3, "winners": 1, "prize_winners": 1},
        {"subject": "Физика", "grade": 10, "municipality": None, "participants": 1, "winners": 0, "prize_winners": 0},
    ]


@pytest.mark.parametrize(
    ("since", "until", "is_doubted"),
    [
        (None, None, False),
        ("2025-09-01", None, False),
        ("2025-09-02", None, True),
        (None, "2025-08-31", True),
        ("2016-09-01", "2025-09-01", False),
    ],
)
def test_a_subject_that_the_years_list_has_not_is_a_doubt(
    physics: Subject, since: str | None, until: str | None, is_doubted: bool
) -> None:
    Subject.objects.update(listed_since=since, listed_until=until)
    told = judged(table(["Ф-01", "9", "", "Лицей № 1", "40,5", "50", ""]))
    why = "Предмета «Физика» в перечне сезона 2025/26 нет."
    assert [(one.why.startswith(why), one.remark) for one in told.doubts] == [(True, False)] * is_doubted
    assert told.told()[0]["participants"] == 1


def test_protocol_without_the_column_does_not_say_who_won(physics: Subject) -> None:
    told = judged(table(["Ф-01", "9", "Лицей № 1", "40"], head=["Код", "Класс", "Школа", "Балл"]))
    assert told.told() == [
        {
            "subject": "Физика",
            "grade": 9,
            "municipality": None,
            "participants": 1,
            "winners": None,
            "prize_winners": None,
        }
    ]


def test_school_says_the_municipality_where_only_one_bears_the_name(physics: Subject) -> None:
    here = place("Томский район")
    OrganizationFactory(short_name="МБОУ «Заречная СОШ»", municipality=here)
    told = judged(table(["Ф-01", "9", "", "700501 - МБОУ «Заречная СОШ»", "4", "50", "участник"]))
    assert [one["municipality"] for one in told.told()] == ["Томский район"]


@pytest.mark.parametrize(
    ("row", "problem", "suggestion"),
    [
        (["Ф-01", "9", "", "", "4", "50", "побидитель"], "Статус «побидитель» не понят", "победитель"),
        (["Ф-01", "6", "", "", "4", "50", "участник"], "6-й класс: муниципальный этап проводится для 7–11-х", ""),
        (["Ф-01", "9", "8", "", "4", "50", "участник"], "Класс заданий (8) ниже класса обучения (9)", "9"),
        (["Ф-01", "9", "", "", "60", "50", "участник"], "Балл 60 больше наибольшего (50)", ""),
        (["Ф-01", "9", "", "", "много", "50", "участник"], "Балл не число", ""),
        (["Ф-01", "Б", "", "", "4", "50", "участник"], "Класс «Б» не понят", ""),
    ],
)
def test_errors_say_what_is_wrong(physics: Subject, row: list[str], problem: str, suggestion: str) -> None:
    told = judged(table(row))
    (bad,) = told.bad
    assert bad.row == 3
    assert told.tallies == {}, "its line is kept out"
    assert bad.problem.startswith(problem)
    assert bad.suggestion == suggestion


def test_same_participant_is_counted_once_and_asked_about(physics: Subject) -> None:
    row = ["Ф-01", "9", "", "", "4", "50", "участник"]
    told = judged(table(row, row))
    assert [one.why for one in told.to_look_at] == ["Этот участник уже есть в строке 3: второй раз он не считается."]
    assert [one["participants"] for one in told.told()] == [1]


def test_order_of_places_and_half_of_the_points_are_doubted(physics: Subject) -> None:
    told = judged(
        table(
            ["Ф-01", "9", "", "", "20", "50", "победитель"],
            ["Ф-02", "9", "", "", "24", "50", "призёр"],
        )
    )
    assert [(one.row, one.why) for one in told.to_look_at] == [
        (3, "Победитель набрал 20 из 50: нужно больше половины."),
        (4, "Балл 24 выше, чем в строке 3 с более высоким местом."),
    ]


def test_older_tasks_are_no_error(physics: Subject) -> None:
    told = judged(table(["Ф-01", "9", "11", "", "20", "50", "участник"]))
    assert (told.bad, told.to_look_at) == ([], [])
    assert [one.why for one in told.remarks] == ["Класс заданий (11) выше класса обучения (9)."]


def test_another_stage_in_the_file_is_doubted(physics: Subject) -> None:
    told = judged(table(["Ф-01", "9", "", "", "20", "50", "участник"]), stage="regional")
    assert [one.why for one in told.to_look_at] == [
        "В файле назван муниципальный этап, а выбран региональный. Проверьте, тот ли это этап."
    ]


def test_mathematics_begins_earlier_at_the_school_stage() -> None:
    SubjectFactory(code="math", name="Математика", name_dative="математике")
    fourth = table(["М-01", "4", "", "", "20", "50", "участник"], title="Школьный этап по математике")
    assert judged(fourth, stage="school").bad == []


def test_subject_comes_from_the_form_where_the_file_is_silent(physics: Subject) -> None:
    silent = table(["Ф-01", "9", "", "", "20", "50", "участник"], title="Муниципальный этап")
    assert [one.problem for one in judged(silent).bad] == [
        "Не сказано, какой это предмет: назовите его в файле или выберите при загрузке."
    ]
    assert [one["subject"] for one in judged(silent, subject=physics).told()] == ["Физика"]


def test_unknown_subject_and_place_are_questions(physics: Subject) -> None:
    place("Томский район")
    head = ["Муниципалитет", "Предмет", "Участники", "Победители", "Призёры"]
    rows = [["г. Дальний", "Физика", "5", "1", "1"], ["Томский р-н", "Механика", "3", "0", "-"]]
    told = judged(table(*rows, title="Муниципальный этап", head=head))
    assert [one.why for one in told.asked] == [
        "Муниципалитета «г. Дальний» в портале нет. Какой это?",
        "Предмета «Механика» в портале нет. Какой это?",
    ]
    assert [(one["subject"], one["municipality"], one["prize_winners"]) for one in told.told()] == [
        ("Механика", "Томский район", None),
        ("Физика", "г. Дальний", 1),
    ]


def test_names_of_a_long_file_are_looked_up_once(monkeypatch: pytest.MonkeyPatch, physics: Subject) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Places, "find", lambda self, text: asked.append(text))
    rows = [[f"Ф-{number}", "9", "Дальний", "5"] for number in range(30)]
    assert judged(table(*rows, head=["Код", "Класс", "Муниципалитет", "Балл"])).bad == []
    assert asked == ["Дальний"]


def test_sums_that_do_not_match_and_too_many_laureates_are_told(physics: Subject) -> None:
    here: Municipality = place("Томский район")
    place("Колпашевский район")
    head = ["Муниципалитет", "Участники", "Победители", "Призёры"]
    rows = [[here.name, "5", "1", "1"], ["Колпашевский район", "1", "1", "1"], ["Итого", "7", "2", "2"]]
    told = judged(table(*rows, title="Муниципальный этап, физика", head=head))
    assert [one.problem for one in told.bad] == ["Победителей и призёров 2, а участников 1."]
    assert [one.why for one in told.to_look_at] == ["Итог не сходится: всего, участников 7, по строкам 6."]


def test_row_that_comes_twice_is_an_error(physics: Subject) -> None:
    place("Томский район")
    head = ["Муниципалитет", "Участники", "Победители", "Призёры"]
    rows = [["Томский район", "5", "1", "1"], ["Томский р-н", "4", "1", "1"]]
    told = judged(table(*rows, title="Муниципальный этап, физика", head=head))
    assert [one.problem for one in told.bad] == ["Физика, Томский район: уже есть в строке 3."]
