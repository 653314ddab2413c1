"""Days as offices write them; what is no day of the calendar is none."""

import datetime

import pytest

from rcro_portal.lib import written_days

DAY = datetime.date(2015, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12.03.2015",
        "12.03.2015г.",
        "12.03.2015 года",
        "12.3.15",
        "12/03/2015",
        "2015-03-12",
        "12 марта 2015 г.",
        "12\u00a0МАРТА\u00a02015",
        "«12» марта 2015 года",
        "12 мар. 2015",
        "12 март 2015",
    ],
)
def test_day_is_read(text: str) -> None:
    assert written_days.read(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "31.02.2015", "12.13.2015", "12 мартобря 2015", "март 2015", "12.03", "12.03.2015 и"]
)
def test_what_is_no_day(text: str) -> None:
    assert written_days.read(text) is None


@pytest.mark.parametrize(("year", "read"), [("68", 2068), ("69", 1969), ("99", 1999), ("00", 2000)])
def test_year_of_two_figures(year: str, read: int) -> None:
    assert written_days.read(f"01.01.{year}") == datetime.date(read, 1, 1)


@pytest.mark.parametrize(
    ("text", "like"),
    [("12.янв", True), ("янв.12", True), ("1-дек", True), ("01.12.2026", True), ("12/1", False), ("12-я", False)],
)
def test_what_a_spreadsheet_makes_of_a_number(text: str, like: bool) -> None:
    assert written_days.is_like(text) is like
