"""Season against season, by subject, municipality and grade."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.centers import MunicipalityFactory, coordinator, staff
from tests.factories.olympiad import ResultCountFactory, ResultSheetFactory, SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_seasons() -> dict[str, Any]:
    before = SeasonFactory(name="2024/25", starts_on="2024-09-01", ends_on="2025-06-30")
    physics, chemistry = SubjectFactory(name="Физика"), SubjectFactory(name="Химия")
    wood = MunicipalityFactory(name="Лесной район")
    old, new = (ResultSheetFactory(status="taken", season=season) for season in (before, SeasonFactory()))
    ResultCountFactory(sheet=old, subject=physics, participants=20, winners=1, prize_winners=3, municipality=wood)
    ResultCountFactory(sheet=new, subject=physics, participants=30, winners=2, prize_winners=4, municipality=wood)
    ResultCountFactory(sheet=new, subject=physics, grade=10, participants=10, winners=0, prize_winners=4)
    ResultCountFactory(sheet=new, subject=chemistry, grade=None, participants=8, winners=None, prize_winners=None)
    ResultCountFactory(sheet__stage="regional", subject=chemistry, participants=5)
    return {"old": old, "new": new}


def cells(client: Client, query: str = "") -> list[list[Any]]:
    table = client.get(f"/results/comparison/?{query}").context["table"]
    return [[column.read(row) for column in table.in_files] for row in table.page.object_list]


def test_subjects_of_the_newest_season_beside_the_one_before(two_seasons: dict[str, Any], client: Client) -> None:
    client.force_login(coordinator())
    assert cells(client) == [
        ["Физика", 20, 40, "+20", 1, 2, "+1", 3, 8, "+5", "20,0", "25,0"],
        ["Химия", None, 8, "", None, None, "", None, None, "", "", ""],
    ]


def test_municipalities_and_grades(two_seasons: dict[str, Any], client: Client) -> None:
    client.force_login(staff("methodist"))
    assert [row[:4] for row in cells(client, "by=municipality")] == [["Лесной район", 20, 30, "+10"]]
    assert [row[:4] for row in cells(client, "by=grade")] == [
        ["класс не назван", None, 8, ""],
        ["9 класс", 20, 30, "+10"],
        ["10 класс", None, 10, ""],
    ]


def test_stage_and_seasons_are_chosen(two_seasons: dict[str, Any], client: Client) -> None:
    client.force_login(staff("methodist"))
    assert [row[:3] for row in cells(client, "stage=regional")] == [["Химия", None, 5]]
    back = cells(client, "now=2024/25&before=2025/26")
    assert back[0][:4] == ["Физика", 40, 20, "−20"]


def test_the_sheet_holds_what_the_page_shows(two_seasons: dict[str, Any], client: Client) -> None:
    client.force_login(staff("methodist"))
    text = client.get("/results/comparison/table.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Предмет;Участников 2024/25;Участников 2025/26;Участников: изменение")
    assert client.get("/results/comparison/table.xlsx").status_code == 200


def test_nothing_to_compare_says_so(client: Client) -> None:
    client.force_login(coordinator())
    assert "Сравнивать пока нечего" in client.get("/results/comparison/").text


@pytest.mark.parametrize("subjects", [1, 3])
def test_costs_the_same_whatever_its_rows(subjects: int, client: Client, django_assert_num_queries: Any) -> None:
    for _ in range(subjects):
        ResultCountFactory(sheet__season__name="2025/26")
    client.force_login(staff("methodist"))
    with django_assert_num_queries(7):
        client.get("/results/comparison/")


def test_the_form_says_what_is_shown_and_the_sums_are_of_the_later_season(
    two_seasons: dict[str, Any], client: Client
) -> None:
    client.force_login(coordinator())
    page = client.get("/results/comparison/")
    table = page.context["table"]
    assert [choice.unchosen for choice in table.choices] == ["По предметам", "муниципальный", "2025/26", "2024/25"]
    assert [table.totals[kind] for kind in ("participants", "winners", "prize_winners")] == [48, 2, 8]
    assert "«Всего» – сумма сезона 2025/26." in page.text
    older = client.get("/results/comparison/?now=2024/25").context["table"]
    assert older.choices[3].unchosen == "–"
