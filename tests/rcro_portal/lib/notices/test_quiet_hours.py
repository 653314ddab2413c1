"""Never at night in Tomsk, where the setting says so."""

import datetime

import pytest
from pytest_django import Settings

from rcro_portal.lib.notices import quiet_hours
from tests.factories.moments import tomsk


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(7, 59, True), (8, 0, False), (19, 59, False), (20, 0, True), (3, 0, True)]
)
def test_night_is_that_of_tomsk(hour: int, minute: int, quiet: bool) -> None:
    assert quiet_hours.are_on(tomsk(3, 19, hour, minute).astimezone(datetime.UTC)) is quiet


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (tomsk(3, 19, 12), tomsk(3, 19, 12)),
        (tomsk(3, 19, 20), tomsk(3, 20, 8)),
        (tomsk(3, 19, 3), tomsk(3, 19, 8)),
        (tomsk(12, 31, 23, 59), tomsk(12, 31, 8) + datetime.timedelta(days=1)),
    ],
)
def test_what_comes_at_night_leaves_in_the_morning(moment: datetime.datetime, leaves: datetime.datetime) -> None:
    assert quiet_hours.by_day(moment) == leaves


def test_setting_leaves_night_to_the_demo(settings: Settings) -> None:
    settings.QUIET_HOURS = False
    assert quiet_hours.are_on(tomsk(3, 19, 3)) is False
    assert quiet_hours.by_day(tomsk(3, 19, 3)) == tomsk(3, 19, 3)


@pytest.mark.parametrize(("hour", "day"), [(7, 19), (8, 19), (9, 20), (23, 20)])
def test_digest_goes_with_the_next_morning(hour: int, day: int) -> None:
    assert quiet_hours.next_morning(tomsk(3, 19, hour)) == tomsk(3, day, 8)
