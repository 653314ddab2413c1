"""Achievements: the office sees all of them, a coordinator those of the own centre and of projects that it leads."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.centers import CenterFactory, MunicipalityFactory, PersonFactory, coordinator, staff
from tests.factories.projects import AchievementFactory, ProjectLeadFactory

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(f"/achievements/?{query}").context["table"].page]


def test_achievements_are_found_by_words_and_filters(client: Client) -> None:
    client.force_login(staff("methodist"))
    place = MunicipalityFactory(code="les", name="Лесной район")
    center = CenterFactory(organization__municipality=place)
    AchievementFactory(title="Большая перемена", level="federal", on="2021-05-01", center=center, kind="grant")
    AchievementFactory(title="Прочее")
    led = ProjectLeadFactory(center=center).project
    AchievementFactory(title="Проектное", on="2019-12-31", center=None, project=led)
    queries = ["q=БОЛЬШАЯ", "year=2021", "level=federal", "kind=grant", f"center={center.pk}"]
    found = {query: titles(client, query) for query in (*queries, "municipality=les", "year=2019")}
    assert found == {query: ["Большая перемена"] for query in queries} | {
        "municipality=les": ["Большая перемена", "Проектное"],
        "year=2019": ["Проектное"],
    }


def test_a_coordinator_sees_what_is_of_the_own_centre(client: Client) -> None:
    own = CenterFactory()
    AchievementFactory(title="Своё", center=own)
    AchievementFactory(title="Проекта", center=None, project=ProjectLeadFactory(center=own).project, on="2019-01-01")
    hidden = AchievementFactory(title="Чужое")
    AchievementFactory(title="Человека", center=None, person=PersonFactory())
    client.force_login(coordinator(own))
    assert titles(client) == ["Своё", "Проекта"]
    assert client.get(f"/achievements/{hidden.pk}/").status_code == 404
    assert "Чужое" not in client.get("/achievements/table.csv").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_and_sums_up(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for _ in range(rows):
        AchievementFactory(person=PersonFactory(), project=ProjectLeadFactory().project, roubles=10_000)
        AchievementFactory()
    with django_assert_num_queries(6):
        answer = client.get("/achievements/")
    assert answer.context["table"].totals == {"roubles": rows * 10_000}
