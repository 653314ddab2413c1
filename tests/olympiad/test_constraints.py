from collections.abc import Callable

import pytest

from tests.constraints import change, double, kept_by, names
from tests.factories.olympiad import (
    PrepSessionFactory,
    ProgrammeLessonFactory,
    PupilFactory,
    PupilFileFactory,
    PupilLookFactory,
    ResultCountFactory,
    ResultSheetFactory,
    SeasonFactory,
    SessionLecturerFactory,
    SessionPartnerFactory,
    StageProblemFactory,
    StageQuotaFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db

# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "season_ends_after_it_begins": (SeasonFactory, lambda row: change(row, ends_on=row.starts_on)),
    "subject_leaves_the_list_after_it_came": (
        SubjectFactory,
        lambda row: change(row, listed_since="2016-09-01", listed_until="2016-08-31"),
    ),
    "subject_is_taught_once_a_season_in_a_programme": (ProgrammeLessonFactory, lambda row: double(row, pupils=1)),
    "degrees_do_not_exceed_lecturers": (
        PrepSessionFactory,
        lambda row: change(row, candidates=row.lecturers - row.doctors + 1),
    ),
    "prepsession_is_archived_for_a_reason": (PrepSessionFactory, lambda row: change(row, archive_reason="лишняя")),
    "pupils_who_are_new_are_among_the_pupils": (
        PrepSessionFactory,
        lambda row: change(row, new_pupils=row.pupils + 1),
    ),
    "educators_who_are_new_are_among_the_educators": (
        PrepSessionFactory,
        lambda row: change(row, new_educators=row.educators + 1),
    ),
    "grades_of_a_session_are_a_schools": (PrepSessionFactory, lambda row: change(row, first_grade=9, last_grade=12)),
    "partner_joins_a_session_once": (SessionPartnerFactory, double),
    "lecturer_is_named_once_in_a_session": (SessionLecturerFactory, lambda row: double(row, post="доцент")),
    "pupil_has_a_whole_name_or_none": (PupilFactory, lambda row: change(row, given_name="")),
    "consent_ends_after_it_is_given": (PupilFactory, lambda row: change(row, consent_until="2026-08-31")),
    "consent_to_publication_has_its_own_term": (PupilFactory, lambda row: change(row, publication_on="2026-09-01")),
    "grade_of_a_pupil_is_a_schools": (PupilFactory, lambda row: change(row, grade=12)),
    "pupil_stands_once_in_a_session": (PupilFactory, lambda row: double(row, consent_on="2026-09-02")),
    "pupilfile_names_the_whole_of_its_file": (PupilFileFactory, lambda row: change(row, file_name="")),
    "kept_consent_is_of_a_pupil": (PupilFileFactory, lambda row: change(row, pupil=None)),
    "pupil_has_one_file_of_a_consent": (PupilFileFactory, lambda row: double(row, size=1)),
    "look_sees_a_name": (PupilLookFactory, lambda row: change(row, names=0)),
    "stage_of_a_quota_is_known": (StageQuotaFactory, lambda row: change(row, stage="street")),
    "stage_of_a_season_has_one_quota": (StageQuotaFactory, lambda row: double(row, laureates=30)),
    "quota_is_a_share": (StageQuotaFactory, lambda row: change(row, laureates=101)),
    "stageproblem_is_archived_for_a_reason": (StageProblemFactory, lambda row: change(row, archive_reason="лишняя")),
    "stage_of_a_problem_is_known": (StageProblemFactory, lambda row: change(row, stage="street")),
    "decision_on_a_problem_stands_in_an_outcome": (
        StageProblemFactory,
        lambda row: change(row, decision_key="9f0c2c9e-0000-4000-8000-000000000000"),
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
