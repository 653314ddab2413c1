"""Both days belong to the term; without an end it goes on."""

import datetime

import pytest

from centers.models import StatusGrant
from tests.factories.centers import StatusGrantFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime.date(2019, 3, 1), datetime.date(2020, 2, 29)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("until", "day", "in_force"),
    [
        (LAST, FIRST - DAY, False),
        (LAST, FIRST, True),
        (LAST, LAST, True),
        (LAST, LAST + DAY, False),
        (FIRST, FIRST, True),
        (None, FIRST - DAY, False),
        (None, datetime.date(2999, 1, 1), True),
    ],
)
def test_on_a_day(until: datetime.date | None, day: datetime.date, in_force: bool) -> None:
    grant = StatusGrantFactory(since=FIRST, until=until)
    assert StatusGrant.objects.in_force_on(day).exists() is in_force
    assert grant.is_in_force_on(day) is in_force


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (FIRST, LAST, [2019, 2020]),
        (datetime.date(2019, 12, 31), datetime.date(2020, 1, 1), [2019, 2020]),
        (datetime.date(2019, 1, 1), datetime.date(2019, 12, 31), [2019]),
        (FIRST, None, [2019, 2020, 2021]),
    ],
)
def test_during_a_year(since: datetime.date, until: datetime.date | None, years: list[int]) -> None:
    StatusGrantFactory(since=since, until=until)
    assert [year for year in range(2017, 2022) if StatusGrant.objects.in_force_during(year).exists()] == years
