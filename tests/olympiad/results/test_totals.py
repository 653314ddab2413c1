"""What stands beside and between the lines of a protocol: sums that do not match, subjects in rows of their own."""

import csv
import io
from typing import Any

import pytest

from olympiad.models import Season, StageQuota, Subject
from olympiad.results import door, results
from tests.factories.olympiad import SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db
HEAD = ["Код", "Класс", "Балл", "Статус"]
LINES = [["Ф1", "9", "30", "победитель"], ["Ф2", "9", "20", "призёр"], ["Ф3", "9", "", "неявка"]]


@pytest.fixture
def subjects() -> dict[str, Subject]:
    names = (("physics", "Физика", "физике"), ("chemistry", "Химия", "химии"))
    return {code: SubjectFactory(code=code, name=name, name_dative=dative) for code, name, dative in names}


def judged(*rows: list[str], stage: str = "municipal", season: Season | None = None) -> Any:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return results.judge(door.read(text.getvalue().encode()), season=season or SeasonFactory(), stage=stage)


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (["Всего участников: 2, победителей: 1, призёров: 1"], []),
        (["Количество участников", "3", "Количество победителей", "1"], []),  # with who did not come
        (["Всего участников: 5"], ["Итог не сходится: участников 5, по строкам 2."]),
        (["Итого победителей", "2"], ["Итог не сходится: победителей 2, по строкам 1."]),
        (["Доля призёров: 50 %"], []),
    ],
)
def test_sums_of_a_protocol_are_held_against_its_lines(
    summary: list[str], said: list[str], subjects: dict[str, Subject]
) -> None:
    told = judged(["Протокол по физике"], HEAD, *LINES, summary)
    assert [doubt.why for doubt in told.to_look_at] == said
    assert [row["participants"] for row in told.told()] == [2]


def test_subject_in_a_row_of_its_own_is_that_of_the_lines_below(subjects: dict[str, Subject]) -> None:
    told = judged(HEAD, ["Физика"], LINES[0], LINES[1], ["Химия, 9 класс"], ["Х1", "9", "11", "участник"])
    assert [(row["subject"], row["participants"]) for row in told.told()] == [("Физика", 2), ("Химия", 1)]
    assert (told.bad, told.asked) == ([], [])


def test_a_row_that_is_no_subject_takes_nothing_from_the_title(subjects: dict[str, Subject]) -> None:
    told = judged(["Протокол по физике"], HEAD, ["Основная группа"], *LINES)
    assert ([row["subject"] for row in told.told()], told.asked) == (["Физика"], [])
    (asked,) = judged(HEAD, ["Основная группа"], *LINES).asked
    assert "Предмета «Основная группа» в портале нет" in asked.why


def test_more_laureates_than_the_quota_are_remarked(subjects: dict[str, Subject]) -> None:
    season = SeasonFactory()
    rows = [["Протокол по физике"], HEAD, *LINES[:2], *([f"Ф{n}", "9", "5", ""] for n in range(4, 8))]
    assert judged(*rows, season=season).remarks == []
    StageQuota.objects.create(season=season, stage="municipal", laureates=20)
    (remark,) = judged(*rows, season=season).remarks
    assert remark.why == "Физика: победителей и призёров 2 из 6 (33\xa0%), а квота этапа\xa0– 20\xa0%."
    # Of another stage its own organiser would have to say it.
    assert judged(*rows[:4], stage="final", season=season).remarks == []
