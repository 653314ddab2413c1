from events.models.attendance import Attendance, AttendanceChange
from events.models.commitment import Answer, AnswerFile, Commitment, CommitmentStep
from events.models.event import Event, EventStep, PlanSchedule
from events.models.outcome import (
    Decision,
    Outcome,
    OutcomeAppendix,
    OutcomeFigure,
    OutcomeRevision,
    OutcomeStep,
    ProblemArea,
    Reopening,
    Talk,
)

__all__ = [
    "Answer",
    "AnswerFile",
    "Attendance",
    "AttendanceChange",
    "Commitment",
    "CommitmentStep",
    "Decision",
    "Event",
    "EventStep",
    "Outcome",
    "OutcomeAppendix",
    "OutcomeFigure",
    "OutcomeRevision",
    "OutcomeStep",
    "PlanSchedule",
    "ProblemArea",
    "Reopening",
    "Talk",
]
