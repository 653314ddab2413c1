from collections.abc import Callable

import pytest

from tests.constraints import change, double, kept_by, names
from tests.factories.olympiad import (
    PrepSessionFactory,
    ProgrammeLessonFactory,
    ResultCountFactory,
    ResultSheetFactory,
    SeasonFactory,
)

pytestmark = pytest.mark.django_db

# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "season_ends_after_it_begins": (SeasonFactory, lambda row: change(row, ends_on=row.starts_on)),
    "subject_is_taught_once_a_season_in_a_programme": (ProgrammeLessonFactory, lambda row: double(row, pupils=1)),
    "degrees_do_not_exceed_lecturers": (
        PrepSessionFactory,
        lambda row: change(row, candidates=row.lecturers - row.doctors + 1),
    ),
    "stage_of_results_is_known": (ResultSheetFactory, lambda row: change(row, stage="street")),
    "status_of_results_is_known": (ResultSheetFactory, lambda row: change(row, status="lost")),
    "results_of_a_file_are_taken_once": (lambda: ResultSheetFactory(status="taken"), lambda row: double(row, name="2")),
    "a_table_counts_a_subject_grade_and_place_once": (
        lambda: ResultCountFactory(grade=None),
        lambda row: double(row, participants=20),
    ),
    "grade_of_results_is_a_schools": (ResultCountFactory, lambda row: change(row, grade=12)),
    "laureates_are_among_the_participants": (ResultCountFactory, lambda row: change(row, winners=row.participants)),
    "results_say_something": (
        ResultCountFactory,
        lambda row: change(row, participants=None, winners=None, prize_winners=None),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_all_are_tried() -> None:
    assert set(BROKEN) == names("olympiad")


def test_all_lecturers_may_have_degrees() -> None:
    row = PrepSessionFactory()
    change(row, doctors=row.lecturers, candidates=0)
