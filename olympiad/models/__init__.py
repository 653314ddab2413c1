from olympiad.models.programme import PrepProgramme, ProgrammeLesson
from olympiad.models.result import ResultCount, ResultSheet, ResultTransition, SheetStatus, Stage
from olympiad.models.season import Season, Subject
from olympiad.models.session import PrepSession

__all__ = [
    "PrepProgramme",
    "PrepSession",
    "ProgrammeLesson",
    "ResultCount",
    "ResultSheet",
    "ResultTransition",
    "Season",
    "SheetStatus",
    "Stage",
    "Subject",
]
