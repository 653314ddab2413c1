"""Numbers of letters as people write them, and the rows of the journal that they name."""

import datetime

import pytest

from reports.composing import written_numbers
from tests.factories.reports import RegisterEntryFactory

DAY = datetime.date(2020, 9, 25)


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("941", "941", None),
        ("№ 941", "941", None),
        ("№941", "941", None),
        ("№№ 941", "941", None),
        ("N 941", "941", None),
        ("исх. № 01-12/941", "01-12/941", None),
        ("Исходящий № 941", "941", None),
        ("письмо № 941", "941", None),
        ("941 от 25.09.2020", "941", DAY),
        ("№ 941 от 25 сентября 2020 г.", "941", DAY),
        ("941 25.09.20", "941", DAY),
        ("941 от 31.02.2020", "941 от 31.02.2020", None),
        ("И-945а", "И-945а", None),
        ("N-5", "N-5", None),
        ("б/н", "б/н", None),
        ("", "", None),
    ],
)
def test_number_without_its_sign_and_day(text: str, number: str, day: datetime.date | None) -> None:
    assert written_numbers.split(text) == (number, day)


def test_day_behind_a_number_goes_to_its_own_field_unless_that_is_filled() -> None:
    forms = [{"number": "№ 941 от 25.09.2020"}, {"number": "941 от 25.09.2020", "day": "1"}, {"day": None}]
    for cleaned in forms:
        written_numbers.with_day(cleaned, "number", "day")
    assert forms == [{"number": "941", "day": DAY}, {"number": "941", "day": "1"}, {"day": None}]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["И-945а", "и‑945А", "№ И 945 а", "И-945a от 25.09.2020"])
def test_spellings_of_one_number(text: str) -> None:
    row = RegisterEntryFactory(number="И-945а", sequence=945, suffix="а", registered_on=DAY, year=2020)
    RegisterEntryFactory(number="И-945", sequence=945, registered_on=DAY, year=2020)
    RegisterEntryFactory(number="945", sequence=946, registered_on=DAY, year=2020)
    assert written_numbers.named(text) == [row.pk]
    assert written_numbers.named("И-945а", datetime.date(2020, 9, 26)) == []
