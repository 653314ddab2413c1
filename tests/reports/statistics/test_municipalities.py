"""Counts by municipality, each of which opens a list of exactly its rows."""

from typing import Any

import pytest
from django.test import Client

from rcro_portal.lib import as_of
from reports.statistics import municipalities
from tests.factories.centers import CenterFactory, CoordinatorFactory, MunicipalityFactory, coordinator, staff
from tests.factories.events import EventFactory, held
from tests.factories.olympiad import PrepSessionFactory
from tests.factories.projects import NetworkProjectFactory, ProjectLeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> None:
    """Two municipalities of the map and one that it does not know; a project of two, others over or to come."""
    town, wood = MunicipalityFactory(code="tomsk", name="Город"), MunicipalityFactory(code="chainskiy", name="Лес")
    MunicipalityFactory(code="new", name="Новый муниципальный округ")
    centers = [CenterFactory(organization__municipality=place) for place in (town, town, wood)]
    CenterFactory(organization__municipality=wood, status=None)
    both = CoordinatorFactory(center=centers[0])
    CoordinatorFactory(center=centers[1], person=both.person)
    CoordinatorFactory(center=centers[2], until="2020-12-31")
    shared = NetworkProjectFactory()
    for center in centers:
        ProjectLeadFactory(project=shared, center=center)
    ProjectLeadFactory(center=centers[0], project__until="2020-12-31")
    ProjectLeadFactory(center=centers[2])
    PrepSessionFactory(event=held(kind="prep_session"), municipality=wood)
    PrepSessionFactory(event=EventFactory(kind="prep_session"), municipality=wood)


def counts(client: Client) -> dict[str, tuple[int, ...]]:
    rows = client.get("/municipalities/").context["table"].page
    return {row.code: tuple(municipalities.count_of(row, key) for key in municipalities.COUNTED) for row in rows}


def test_a_municipality_counts_what_is_of_today_and_seen_by_the_reader(region: None, client: Client) -> None:
    client.force_login(staff("methodist"))
    assert counts(client) == {"tomsk": (2, 1, 1, 0), "chainskiy": (1, 2, 0, 2), "new": (0, 0, 0, 0)}
    client.force_login(coordinator())
    assert counts(client)["chainskiy"] == (1, 2, 0, 1)


@pytest.mark.parametrize("on", ["", "2020-06-01"])
def test_every_count_opens_exactly_its_rows(on: str, region: None, client: Client) -> None:
    client.force_login(staff("methodist"))
    rows = client.get(f"/municipalities/?on={on}").context["table"].page
    shown = as_of.asked({"on": on})
    for key, one in municipalities.COUNTED.items():
        for row in rows:
            url, count = one.link(row.code, shown), municipalities.count_of(row, key)
            if count:
                listed = client.get(url).context["table"].page.paginator.count
                assert (key, row.code, listed) == (key, row.code, count)


def test_the_map_shows_every_municipality_also_one_that_it_does_not_know(region: None, client: Client) -> None:
    client.force_login(staff("methodist"))
    chart = client.get("/municipalities/?show=projects").context["chart"]
    assert [title in chart.svg for title in ("Город: 1 проект<", "Лес: 2 проекта<", "Новый муниципальный")] == [
        True
    ] * 3
    assert chart.note == "Внизу, вне схемы: Новый муниципальный округ."
    assert client.get("/municipalities/?show=nonsense").context["chart"].title == "РВЦИ по муниципалитетам"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for number in range(rows):
        ProjectLeadFactory(center__organization__municipality=MunicipalityFactory(code=f"m{number}"))
    with django_assert_num_queries(6):
        client.get("/municipalities/")
