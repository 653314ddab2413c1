"""The list behind a figure shows exactly the rows that it counts."""

import datetime
from typing import Any

import pytest
from django.test import Client

from reports import figures
from tests.factories.centers import CenterFactory, StatusGrantFactory, staff
from tests.factories.projects import (
    AchievementFactory,
    ClusterFactory,
    NetworkProjectFactory,
    ProjectStageFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
PARAMETERS: dict[str, dict[str, Any]] = {"year": {"year": 2024}, "day": {"day": "2024-06-30"}}
LISTED = sorted(name for name, query in figures.QUERIES.items() if query.listed)


def day(year: int, month: int = 6) -> datetime.date:
    return datetime.date(year, month, 1)


@pytest.fixture
def rows() -> None:
    """Of every kind some before, in and after 2024."""
    for since, until in [(2020, 2023), (2020, 2024), (2024, None), (2025, None)]:
        last = day(until, 7) if until else None
        StatusGrantFactory(center=CenterFactory(status=None), since=day(since), until=last)
        project = NetworkProjectFactory(since=day(since), until=last)
        ProjectStageFactory(project=project, since=day(since), until=day(since, 6), progress=10)
        ClusterFactory(formed_on=day(since), dissolved_on=last)
        AchievementFactory(on=day(since), level="federal")
        ResourceFactory(year=since)


@pytest.mark.parametrize("name", LISTED)
def test_the_list_shows_the_rows_that_are_counted(name: str, rows: None, client: Client) -> None:
    query = figures.QUERIES[name]
    client.force_login(staff("methodist"))
    counted = figures.count(name, PARAMETERS[query.over]).counted
    table = client.get(query.list_url(PARAMETERS[query.over])).context["table"]
    assert sorted(row.pk for row in table.page) == counted
    assert counted or name.startswith("achievements_")
