from olympiad.models.problem import StageProblem
from olympiad.models.programme import PrepProgramme, ProgrammeLesson
from olympiad.models.pupil import LookedAt, Pupil, PupilFile, PupilLook, Purpose, WhyNameless
from olympiad.models.result import ResultCount, ResultSheet, ResultTransition, SheetStatus
from olympiad.models.season import Season, Stage, StageQuota, Subject
from olympiad.models.session import PrepSession, SessionKind, SessionLecturer, SessionPartner

__all__ = [
    "LookedAt",
    "PrepProgramme",
    "PrepSession",
    "ProgrammeLesson",
    "Pupil",
    "PupilFile",
    "PupilLook",
    "Purpose",
    "ResultCount",
    "ResultSheet",
    "ResultTransition",
    "Season",
    "SessionKind",
    "SessionLecturer",
    "SessionPartner",
    "SheetStatus",
    "Stage",
    "StageProblem",
    "StageQuota",
    "Subject",
    "WhyNameless",
]
