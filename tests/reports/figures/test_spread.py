"""Parts of a figure and medians: the days at both ends of a year on our clocks, and the nearest rank."""

import pytest

from events.commitments import commitments
from reports import figures
from reports.figures import by_link, spread
from tests.factories.centers import CenterFactory, StatusGrantFactory
from tests.factories.events import AttendanceFactory, CommitmentFactory, EventFactory
from tests.factories.moments import tomsk


@pytest.mark.parametrize(
    ("numbers", "middle"), [([], 0), ([5], 5), ([9, 1], 1), ([3, 1, 2], 2), ([4, 1, 3, 2], 2), ([0, 0, 7], 0)]
)
def test_the_middle_is_one_of_the_numbers(numbers: list[int], middle: int) -> None:
    assert spread.middle(numbers) == middle


@pytest.mark.django_db
def test_a_year_ends_at_midnight_on_our_clocks() -> None:
    for moment in (tomsk(12, 31, 23, 59, year=2024), tomsk(1, 1, 0, 0, year=2025)):
        AttendanceFactory(event=EventFactory(status="held", starts_at=moment))
    over = {"since": "2024-01-01", "until": "2025-12-31"}
    assert figures.parted("participations", over, ["year"]) == {(2024,): (1, 1, 1), (2025,): (1, 1, 1)}


@pytest.mark.django_db
def test_medians_are_parted_with_their_quartiles() -> None:
    for days in (1, 2, 3, 10):
        given = tomsk(3, 1, 10, year=2024)
        row = CommitmentFactory(opened_at=given, due_on=given.date())
        at = tomsk(3, 1 + days, 11, year=2024)
        commitments.answer(commitment=row, text="Сделано.", by=row.outcome.edited_by, at=at)
    over = {"since": "2024-01-01", "until": "2024-12-31"}
    assert figures.count("days_to_answer", over).value == 2
    assert figures.parted("days_to_answer", over, ["year"]) == {(2024,): (2, 1, 3)}
    assert figures.words("days_to_answer", 2, "nominative") == "2 дня"


@pytest.mark.django_db
def test_what_has_terms_counts_many_years_as_each_alone() -> None:
    center = CenterFactory(status=None)
    StatusGrantFactory(center=center, since="2023-12-31", until="2024-01-01")
    StatusGrantFactory(center=center, since="2024-01-02")
    years, code = range(2022, 2027), "centers_with_status"
    alone = {year: figures.count(code, {"year": year}).value for year in years}
    assert figures.over_years(code, years, {}) == alone == {2022: 0, 2023: 1, 2024: 1, 2025: 1, 2026: 1}
    # A figure without terms is asked for each.
    assert figures.over_years("centers_granted", [2023, 2024], {}) == {2023: 1, 2024: 0}


def test_a_link_names_what_narrows_a_figure() -> None:
    said = "participations:2024-01-01:2024-12-31:center=3:nonsense=4"
    over = {"since": "2024-01-01", "until": "2024-12-31", "center": "3"}
    assert by_link.read(said) == ("participations", over)
    assert by_link.read("nothing:1") == ("", {})
