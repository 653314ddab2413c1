"""The list behind a figure shows exactly the rows that it counts."""

import datetime
from typing import Any

import pytest
from django.test import Client

from events.models.event import EventKind
from reports import figures
from tests.factories import letters
from tests.factories.centers import CenterFactory, CoordinatorFactory, StatusGrantFactory, staff
from tests.factories.events import EventFactory, PlanItemFactory, PlanScheduleFactory
from tests.factories.moments import tomsk
from tests.factories.olympiad import PrepSessionFactory, ResultCountFactory, ResultSheetFactory, SeasonFactory
from tests.factories.projects import (
    AchievementFactory,
    ClusterFactory,
    NetworkProjectFactory,
    ProjectPartnerFactory,
    ProjectStageFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
PARAMETERS: dict[str, dict[str, Any]] = {
    "year": {"year": 2024},
    "day": {"day": "2024-06-30"},
    "period": {"since": "2024-01-01", "until": "2024-12-31"},
}
LISTED = sorted(name for name, query in figures.QUERIES.items() if query.listed and name != "letters_sent")


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
        ProjectPartnerFactory(project=project)
        PlanItemFactory(schedule=PlanScheduleFactory(year=since), done_on=day(since) if since != 2025 else None)
        for kind in (EventKind.WEBINAR, EventKind.METHODS_SEMINAR, EventKind.OPEN_EVENT):
            EventFactory(kind=kind, status="held", starts_at=tomsk(1, 1, 10, year=since))
        PrepSessionFactory(event__starts_at=tomsk(12, 31, 23, year=since), event__status="held")
        CoordinatorFactory(center=CenterFactory(status=None), since=day(since), until=last)
        season = SeasonFactory(name=f"{since - 1}/{since % 100}", starts_on=day(since - 1, 9), ends_on=day(since, 6))
        for stage in ("municipal", "regional", "final"):
            sheet = ResultSheetFactory(season=season, stage=stage, status="taken")
            ResultCountFactory(sheet=sheet)
            ResultCountFactory(sheet=sheet, winners=None)
            ResultCountFactory(sheet=ResultSheetFactory(season=season, stage=stage))


@pytest.mark.parametrize("name", LISTED)
def test_the_list_shows_the_rows_that_are_counted(name: str, rows: None, client: Client) -> None:
    query = figures.QUERIES[name]
    client.force_login(staff("methodist"))
    counted = figures.count(name, PARAMETERS[query.over]).counted
    table = client.get(query.list_url(PARAMETERS[query.over])).context["table"]
    assert sorted(row.pk for row in table.page) == counted
    assert counted or name.startswith("achievements_")


@pytest.mark.usefixtures("key", "demo")
def test_letters_of_a_period_are_listed(client: Client, office: letters.Office) -> None:
    letter = letters.sent(office)
    sent_on = letter.entry.registered_on
    before, query = sent_on - datetime.timedelta(days=1), figures.QUERIES["letters_sent"]
    client.force_login(office.methodist)
    for since, until, pks in ((sent_on, sent_on, [letter.pk]), (before, before, [])):
        period = {"since": since.isoformat(), "until": until.isoformat()}
        assert figures.count("letters_sent", period).counted == pks
        assert [row.pk for row in client.get(query.list_url(period)).context["table"].page] == pks


def test_a_year_without_a_plan_has_no_list_of_it() -> None:
    """Not the items of all years."""
    PlanItemFactory()
    assert figures.QUERIES["plan_items"].list_url({"year": 2024}) == ""
