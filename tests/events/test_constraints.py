import datetime
import uuid
from collections.abc import Callable

import pytest

from events.attendance import log as attendance_log
from events.models import (
    AssignmentRemark,
    AssignmentVersion,
    AttendanceChange,
    CheckInCode,
    DataRemark,
    DataSheet,
    ParticipantCount,
    TermMove,
    TermRequest,
)
from events.requests import sheets
from tests.constraints import change, double, kept_by, names
from tests.factories import assignments
from tests.factories.assignments import AssignmentPeriodFactory
from tests.factories.centers import DepartmentFactory, MunicipalityFactory, PersonFactory, UserFactory
from tests.factories.events import (
    AnswerFactory,
    AttendanceFactory,
    CommitmentFactory,
    DecisionFactory,
    EventFactory,
    MaterialFactory,
    OutcomeFactory,
    OutcomeFigureFactory,
    PlanItemFactory,
    PlanResponsibleFactory,
    PlanScheduleFactory,
    ProgrammeItemFactory,
    StockParagraphFactory,
    TalkFactory,
)
from tests.factories.moments import HELD_AT
from tests.factories.requests import DataQuestionFactory, DataRequestFactory, asked, submitted

pytestmark = pytest.mark.django_db


def mark_changed() -> AttendanceChange:
    """The history's first row of a mark."""
    row = AttendanceFactory()
    attendance_log.note(row, None, by=row.marked_by, at=row.marked_at, why="")
    return AttendanceChange.objects.get()


def opened() -> CheckInCode:
    return CheckInCode.objects.create(event=EventFactory(), code="000000", opened_by=UserFactory(), opened_at=HELD_AT)


def counted(**known: object) -> ParticipantCount:
    return ParticipantCount.objects.create(event=EventFactory(), category="pupil", count=12, **known)


def sheet() -> DataSheet:
    return asked()[0]


def remarked() -> DataRemark:
    row = submitted(sheet(), answer="1")
    said = {row.asked[0].key: "Уточните."}
    sheets.give_back(sheet=row, version=row.version, remarks=said, by=UserFactory(), at=HELD_AT)
    return DataRemark.objects.get()


def version() -> AssignmentVersion:
    return assignments.submitted().versions.get()


def said_of_a_row() -> AssignmentRemark:
    return AssignmentRemark.objects.create(version=version(), key=uuid.uuid4(), text="Назовите месяц.")


def wished() -> TermRequest:
    commitment, at = CommitmentFactory(), HELD_AT
    wish = {"wanted_on": commitment.due_on + datetime.timedelta(days=7), "reason": "Болезнь", "asked_at": at}
    return TermRequest.objects.create(commitment=commitment, asked_by=UserFactory(), **wish)


def moved() -> TermMove:
    request = wished()
    days = {"before": request.commitment.due_on, "after": request.wanted_on}
    said = {"reason": "Болезнь", "by": UserFactory(), "at": HELD_AT}
    return TermMove.objects.create(commitment=request.commitment, request=request, **days, **said)


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "project_has_one_plan_schedule_a_year": (PlanScheduleFactory, double),
    "event_ends_after_it_begins": (EventFactory, lambda row: change(row, ends_at=row.starts_at)),
    "event_status_is_known": (EventFactory, lambda row: change(row, status="soon")),
    "planschedule_is_archived_for_a_reason": (PlanScheduleFactory, lambda row: change(row, archive_reason="повтор")),
    "planitem_is_archived_for_a_reason": (PlanItemFactory, lambda row: change(row, archive_reason="повтор")),
    "event_of_a_plan_item_is_in_a_plan": (EventFactory, lambda row: change(row, plan_item=PlanItemFactory())),
    "number_of_a_plan_item_is_given_once": (PlanItemFactory, double),
    "plan_item_says_when": (PlanItemFactory, lambda row: change(row, when_said="")),
    "plan_item_has_days_unless_only_words": (PlanItemFactory, lambda row: change(row, first_on=None)),
    "term_precision_is_known": (PlanItemFactory, lambda row: change(row, precision="about")),
    "a_person_or_a_department_answers": (PlanResponsibleFactory, lambda row: change(row, person=None)),
    "person_answers_for_an_item_once": (PlanResponsibleFactory, double),
    "department_answers_for_an_item_once": (
        lambda: PlanResponsibleFactory(person=None, department=DepartmentFactory()),
        double,
    ),
    "person_attends_an_event_once": (AttendanceFactory, lambda row: double(row, presence="absent")),
    "who_stands_for_a_center_names_it": (AttendanceFactory, lambda row: change(row, center=None)),
    "who_registered_says_when": (AttendanceFactory, lambda row: change(row, presence="registered")),
    "presence_is_known": (AttendanceFactory, lambda row: change(row, presence="maybe")),
    "who_waits_says_since_when": (AttendanceFactory, lambda row: change(row, presence="waiting")),
    "pupils_and_teams_are_not_named": (AttendanceFactory, lambda row: change(row, category="pupil")),
    "event_with_a_limit_has_seats": (EventFactory, lambda row: change(row, seats=0)),
    "two_who_speak_together_are_two": (
        ProgrammeItemFactory,
        lambda row: change(row, with_speaker=PersonFactory()),
    ),
    "openness_of_material_is_known": (MaterialFactory, lambda row: change(row, openness="some")),
    "material_is_a_file_or_a_link": (MaterialFactory, lambda row: change(row, link="")),
    "material_names_the_whole_of_its_file": (MaterialFactory, lambda row: change(row, digest="0" * 64, link="")),
    "attendance_change_is_whole": (mark_changed, lambda row: double(row, act="update")),
    "outcome_status_is_known": (OutcomeFactory, lambda row: change(row, status="lost")),
    "act_of_a_talk_is_known": (TalkFactory, lambda row: change(row, act="sang")),
    "only_a_decision_has_a_term": (DecisionFactory, lambda row: change(row, kind="appeal")),
    "decision_of_an_outcome_has_a_key_of_its_own": (DecisionFactory, lambda row: double(row, text="ещё раз")),
    "kind_of_a_decision_is_known": (DecisionFactory, lambda row: change(row, kind="order", due_on=None)),
    "period_of_a_decision_ends_by_its_term": (
        DecisionFactory,
        lambda row: change(row, starts_on=row.due_on + datetime.timedelta(days=1)),
    ),
    "only_a_decision_has_debtors": (
        DecisionFactory,
        lambda row: change(row, kind="appeal", due_on=None, debtors="управлениям"),
    ),
    "meeting_of_another_body_names_it": (EventFactory, lambda row: change(row, kind="body_meeting")),
    "figure_of_an_outcome_has_a_name_of_its_own": (
        OutcomeFigureFactory,
        lambda row: double(row, query="projects_under_way"),
    ),
    "outcomefigure_is_counted_or_says_its_source": (
        OutcomeFigureFactory,
        lambda row: change(row, query="", typed="более 350 школьников"),
    ),
    "organization_owes_a_decision_once": (CommitmentFactory, lambda row: double(row, text="ещё раз")),
    "organization_owes_a_decision_of_a_letter_once": (
        lambda: CommitmentFactory(outcome=None, subject_line="О сборе"),
        lambda row: double(row, text="ещё раз"),
    ),
    "commitment_is_of_an_outcome_or_says_its_letter": (
        CommitmentFactory,
        lambda row: change(row, subject_line="О сборе"),
    ),
    "commitment_status_is_known": (
        CommitmentFactory,
        lambda row: change(row, status="", acknowledged_at=row.opened_at),
    ),
    "moved_term_is_later_than_the_letters": (CommitmentFactory, lambda row: change(row, letter_due_on=row.due_on)),
    "answer_in_the_portal_was_said_by_nobody_else": (AnswerFactory, lambda row: change(row, said_by="Завуч")),
    "another_term_is_asked_once_at_a_time": (wished, lambda row: double(row, reason="Ещё раз")),
    "term_request_status_is_known": (wished, lambda row: change(row, status="maybe")),
    "term_is_asked_with_a_reason": (wished, lambda row: change(row, reason="")),
    "term_moves_to_a_later_day": (moved, lambda row: double(row, request=None, after=row.before)),
    "term_is_moved_with_a_reason": (moved, lambda row: double(row, request=None, reason="")),
    "event_has_one_living_code": (opened, lambda row: double(row, code="000001")),
    "living_code_belongs_to_one_event": (opened, lambda row: double(row, event_id=EventFactory().pk)),
    "closed_code_says_when_and_by_whom": (opened, lambda row: change(row, closed_at=row.opened_at)),
    "category_of_participants_is_known": (counted, lambda row: change(row, category="guest")),
    "count_of_participants_is_positive": (counted, lambda row: change(row, count=0)),
    "participants_are_counted_once": (lambda: counted(municipality=MunicipalityFactory()), double),
    "participants_of_no_municipality_are_counted_once": (counted, double),
    "kind_of_stock_paragraph_is_known": (StockParagraphFactory, lambda row: change(row, kind="picnic")),
    "stock_paragraph_says_something": (StockParagraphFactory, lambda row: change(row, text="")),
    "stockparagraph_does_not_end_before_it_begins": (
        StockParagraphFactory,
        lambda row: change(row, until=row.since - datetime.timedelta(days=1)),
    ),
    "request_status_is_known": (DataRequestFactory, lambda row: change(row, status="lost")),
    "sent_request_says_when": (DataRequestFactory, lambda row: change(row, status="sent")),
    "request_follows_another": (DataRequestFactory, lambda row: change(row, follows=row)),
    "request_asks_a_question_once": (DataQuestionFactory, double),
    "question_kind_is_known": (DataQuestionFactory, lambda row: change(row, kind="song")),
    "question_of_choice_has_choices": (DataQuestionFactory, lambda row: change(row, kind="choice")),
    "answer_is_written_where_the_card_has_it": (DataQuestionFactory, lambda row: change(row, writes=True)),
    "most_is_not_below_least": (DataQuestionFactory, lambda row: change(row, least=2, most=1)),
    "center_has_one_assignment_in_a_period": (assignments.begun, double),
    "assignment_status_is_known": (assignments.begun, lambda row: change(row, status="lost")),
    "agreed_assignment_has_its_version": (assignments.begun, lambda row: change(row, status="accepted")),
    "version_of_an_assignment_has_its_number": (version, double),
    "row_of_a_version_has_one_remark": (said_of_a_row, double),
    "remark_on_an_assignment_says_something": (said_of_a_row, lambda row: change(row, text="")),
    "event_of_an_assignment_is_in_a_month": (
        lambda: assignments.write(assignments.begun()).events.get(),
        lambda row: change(row, month=13),
    ),
    "period_of_assignments_has_an_end": (AssignmentPeriodFactory, lambda row: change(row, until=None)),
    "assignmentperiod_does_not_end_before_it_begins": (
        AssignmentPeriodFactory,
        lambda row: change(row, until=row.since - datetime.timedelta(days=1)),
    ),
    "datarequest_is_archived_for_a_reason": (DataRequestFactory, lambda row: change(row, archive_reason="повтор")),
    "request_in_the_archive_is_a_draft": (
        lambda: sheet().request,
        lambda row: change(row, archived_at=HELD_AT, archive_reason="повтор"),
    ),
    "center_answers_a_request_once": (sheet, double),
    "sheet_status_is_known": (sheet, lambda row: change(row, status="lost", submitted_at=HELD_AT)),
    "answered_sheet_says_when": (sheet, lambda row: change(row, status="accepted")),
    "sheet_of_the_portal_was_said_by_nobody_else": (sheet, lambda row: change(row, said_by="Завуч")),
    "sheet_answers_a_question_once": (lambda: submitted(sheet(), answer="1").submitted.get(), double),
    "answer_is_remarked_on_once_a_time": (remarked, double),
    "remark_says_something": (remarked, lambda row: double(row, question_id=DataQuestionFactory().pk, text="")),
    "answering_acknowledges": (CommitmentFactory, lambda row: change(row, status="in_review")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_all_are_tried() -> None:
    assert set(BROKEN) == names("events")


def test_guest_names_no_centre() -> None:
    change(AttendanceFactory(), capacity="guest", center=None)
