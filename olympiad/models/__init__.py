from olympiad.models.programme import PrepProgramme, ProgrammeLesson
from olympiad.models.season import Season, Subject
from olympiad.models.session import PrepSession

__all__ = ["PrepProgramme", "PrepSession", "ProgrammeLesson", "Season", "Subject"]
