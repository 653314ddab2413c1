"""What is odd about results that were taken: tables against each other, stages, seasons, rules."""

from typing import Any

import pytest
from django.test import Client

from olympiad.models import StageQuota
from olympiad.results import doubts
from olympiad.results.doubts import Grade
from tests.factories.centers import MunicipalityFactory, staff
from tests.factories.olympiad import ResultCountFactory, ResultSheetFactory, SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def physics() -> Any:
    return SubjectFactory(name="Физика")


def taken(stage: str = "municipal", **told: Any) -> Any:
    return ResultSheetFactory(status="taken", stage=stage, **told)


def said(season: Any = None) -> list[tuple[Grade, str, str]]:
    return [(one.grade, one.words, one.right) for one in doubts.of_season(season or SeasonFactory())]


def test_results_that_agree_raise_nothing(physics: Any) -> None:
    ResultCountFactory(sheet=taken(), subject=physics, participants=40, winners=2, prize_winners=5)
    ResultCountFactory(sheet=taken("regional"), subject=physics, participants=10, winners=1, prize_winners=2)
    assert said() == []


def test_a_grade_that_the_stage_has_not_is_an_error(physics: Any) -> None:
    ResultCountFactory(sheet=taken(), subject=physics, grade=5)
    assert said() == [
        (
            Grade.ERROR,
            "Физика: учтён 5-й класс. Муниципальный этап – для 7–11-х классов.",
            "Нужен класс, задания которого выполнялись: 7–11.",
        )
    ]


def test_the_same_place_out_of_two_tables_is_a_doubt(physics: Any) -> None:
    for _ in range(2):
        ResultCountFactory(sheet=taken(), subject=physics, participants=10)
    ((grade, words, right),) = said()
    assert (grade, right) == (Grade.DOUBT, "Если это те же участники, отмените лишнюю таблицу.")
    assert words == "Физика, 9 класс: учтено из 2 таблиц, и числа в них одни и те же. Участников вместе – 20."


def test_region_beside_its_municipalities_is_there_twice(physics: Any) -> None:
    sheet = taken()
    ResultCountFactory(sheet=sheet, subject=physics, grade=None, participants=20)
    ResultCountFactory(sheet=sheet, subject=physics, municipality=MunicipalityFactory(), participants=18)
    ((grade, words, right),) = said()
    assert (grade, right) == (Grade.DOUBT, "Участников 18: отмените таблицу по области.")
    assert "по области – 20, по муниципалитетам – 18" in words


def test_a_later_stage_has_no_more_participants(physics: Any) -> None:
    ResultCountFactory(sheet=taken(), subject=physics, participants=10)
    ResultCountFactory(sheet=taken("regional"), subject=physics, participants=12)
    assert said() == [
        (Grade.DOUBT, "Физика: региональный этап – 12 участников, муниципальный – 10.", "Обычно не больше 10.")
    ]


def test_quota_and_a_sudden_year_are_remarks(physics: Any) -> None:
    season = SeasonFactory()
    before = SeasonFactory(name="2024/25", starts_on="2024-09-01", ends_on="2025-06-30")
    StageQuota.objects.create(season=season, stage="municipal", laureates=10)
    ResultCountFactory(sheet=taken(season=before), subject=physics, participants=10, winners=1, prize_winners=0)
    ResultCountFactory(sheet=taken(season=season), subject=physics, participants=50, winners=2, prize_winners=8)
    assert [(grade, right) for grade, _, right in said(season)] == [
        (Grade.REMARK, "По квоте не больше 5."),
        (Grade.REMARK, "Сверьте, все ли таблицы учтены."),
    ]


def test_lines_that_were_left_out_are_told_again_with_what_would_be_right(client: Client, physics: Any) -> None:
    found = {
        "sheets": [{"sheet": "Лист1", "header_rows": [1], "said": []}],
        "participations": [],
        "skipped": [],
        "notes": [],
        "stages": [],
        "counts": [
            {
                "sheet": "Лист1",
                "row": 2,
                "subject": "Физика",
                "grade": 9,
                "municipality": "",
                "is_total": False,
                "participants": 3,
                "winners": 2,
                "prize_winners": 2,
                "faults": [],
            }
        ],
    }
    sheet = taken(found=found, name="протокол.xlsx")
    ResultCountFactory(sheet=sheet, subject=physics)
    client.force_login(staff("methodist"))
    page = client.get("/results/doubts/").text
    assert "Победителей и призёров 4, а участников 3. Строка не учтена." in page
    assert f'<a href="/results/tables/{sheet.pk}/">протокол.xlsx</a>' in page


def test_the_page_of_a_portal_without_results(client: Client) -> None:
    client.force_login(staff("methodist"))
    assert "Итоги пока не учтены: сверять нечего." in client.get("/results/doubts/?season=2030/31").text
