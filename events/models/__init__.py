from events.models.assignment import (
    AssignmentEvent,
    AssignmentGoal,
    AssignmentIndicator,
    AssignmentRemark,
    AssignmentRevision,
    AssignmentTransition,
    AssignmentVersion,
    TechnicalAssignment,
)
from events.models.assignment_period import AssignmentPeriod
from events.models.attendance import Attendance, AttendanceChange
from events.models.calendar import CalendarEntry, CalendarFeed
from events.models.check_in import CheckInCode
from events.models.commitment import Answer, AnswerFile, Commitment, CommitmentTransition
from events.models.event import Event, EventSeries, EventTransition, PlanSchedule
from events.models.outcome import (
    Decision,
    DecisionRow,
    Outcome,
    OutcomeAppendix,
    OutcomeFigure,
    OutcomeRevision,
    OutcomeTransition,
    ProblemArea,
    Reopening,
    Talk,
)
from events.models.participant_count import ParticipantCount
from events.models.plan_item import PlanItem, PlanResponsible
from events.models.prepared_file import PreparedFile
from events.models.programme import Material, ProgrammeItem
from events.models.request import DataQuestion, DataRequest, DataRequestTransition
from events.models.request_sheet import (
    DataAnswer,
    DataRemark,
    DataSheet,
    DataSheetRevision,
    DataSheetTransition,
)
from events.models.stock_paragraph import StockParagraph
from events.models.term import TermMove, TermRequest, TermRequestTransition

__all__ = [
    "Answer",
    "AnswerFile",
    "AssignmentEvent",
    "AssignmentGoal",
    "AssignmentIndicator",
    "AssignmentPeriod",
    "AssignmentRemark",
    "AssignmentRevision",
    "AssignmentTransition",
    "AssignmentVersion",
    "Attendance",
    "AttendanceChange",
    "CalendarEntry",
    "CalendarFeed",
    "CheckInCode",
    "Commitment",
    "CommitmentTransition",
    "DataAnswer",
    "DataQuestion",
    "DataRemark",
    "DataRequest",
    "DataRequestTransition",
    "DataSheet",
    "DataSheetRevision",
    "DataSheetTransition",
    "Decision",
    "DecisionRow",
    "Event",
    "EventSeries",
    "EventTransition",
    "Material",
    "Outcome",
    "OutcomeAppendix",
    "OutcomeFigure",
    "OutcomeRevision",
    "OutcomeTransition",
    "PlanItem",
    "PlanResponsible",
    "ParticipantCount",
    "PlanSchedule",
    "PreparedFile",
    "ProblemArea",
    "ProgrammeItem",
    "Reopening",
    "StockParagraph",
    "Talk",
    "TechnicalAssignment",
    "TermMove",
    "TermRequest",
    "TermRequestTransition",
]
