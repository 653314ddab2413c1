"""Seasons, subjects, prep sessions and programmes."""

import datetime

import factory
from factory.django import DjangoModelFactory

from events.models.event import EventKind
from olympiad.models import (
    PrepProgramme,
    PrepSession,
    ProgrammeLesson,
    Pupil,
    PupilFile,
    PupilLook,
    Purpose,
    ResultCount,
    ResultSheet,
    Season,
    SessionKind,
    SessionLecturer,
    SessionPartner,
    StageProblem,
    StageQuota,
    Subject,
)
from olympiad.results.found import Found
from rcro_portal.lib import store
from tests import clock
from tests.factories.centers import OrganizationFactory, PersonFactory, staff
from tests.factories.events import EventFactory
from tests.factories.moments import LONG_AGO

SCAN = "Согласие на обработку данных: Лукошкина Вера".encode()


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject

    code = factory.Sequence(lambda n: f"subject-{n}")
    name = "физика"
    name_dative = "физике"
    position = factory.Sequence(lambda n: n)


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = Season
        django_get_or_create = ("name",)

    name = "2025/26"
    starts_on = datetime.date(2025, 9, 1)
    ends_on = datetime.date(2026, 6, 30)


class PrepSessionFactory(DjangoModelFactory):
    class Meta:
        model = PrepSession

    event = factory.SubFactory(EventFactory, kind=EventKind.PREP_SESSION)
    season = factory.SubFactory(SeasonFactory)
    kind = SessionKind.INTENSIVE
    pupils, educators, lecturers, doctors, candidates = 30, 4, 9, 1, 5


class SessionLecturerFactory(DjangoModelFactory):
    class Meta:
        model = SessionLecturer

    session = factory.SubFactory(PrepSessionFactory)
    person = factory.SubFactory(PersonFactory)


class PupilFactory(DjangoModelFactory):
    """With a consent until the end of the year; its scan is ``PupilFileFactory``."""

    class Meta:
        model = Pupil

    session = factory.SubFactory(PrepSessionFactory)
    surname = "Лукошкина"
    given_name = "Вера"
    grade = 9
    organization = factory.SubFactory(OrganizationFactory)
    consent_on = datetime.date(2026, 9, 1)
    consent_until = datetime.date(2026, 12, 31)
    entered_by = factory.LazyFunction(lambda: staff("methodist"))
    entered_at = factory.LazyFunction(clock.now)


class PupilFileFactory(DjangoModelFactory):
    class Meta:
        model = PupilFile

    pupil = factory.SubFactory(PupilFactory)
    purpose = Purpose.CONSENT
    file_name = "Согласие на обработку данных.pdf"
    digest = factory.LazyFunction(lambda: store.put(SCAN))
    size = len(SCAN)
    media_type = "application/pdf"


class PupilLookFactory(DjangoModelFactory):
    class Meta:
        model = PupilLook

    session = factory.SubFactory(PrepSessionFactory)
    by = factory.LazyFunction(lambda: staff("methodist"))
    at = factory.LazyFunction(clock.now)
    what, names = "list", 1


class SessionPartnerFactory(DjangoModelFactory):
    class Meta:
        model = SessionPartner

    session = factory.SubFactory(PrepSessionFactory)
    organization = factory.SubFactory(OrganizationFactory)


class StageQuotaFactory(DjangoModelFactory):
    class Meta:
        model = StageQuota

    season = factory.SubFactory(SeasonFactory)
    stage = "municipal"
    laureates = 25


class StageProblemFactory(DjangoModelFactory):
    class Meta:
        model = StageProblem

    season = factory.SubFactory(SeasonFactory)
    stage = "municipal"
    text = "Задачи с параметром решают немногие."


class PrepProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = PrepProgramme
        django_get_or_create = ("name",)

    name = "Заречный центр олимпиадной подготовки"
    founded_on = LONG_AGO


class ProgrammeLessonFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeLesson

    programme = factory.SubFactory(PrepProgrammeFactory)
    season = factory.SubFactory(SeasonFactory)
    subject = factory.SubFactory(SubjectFactory)
    started_on = datetime.date(2025, 10, 1)
    pupils, school_teachers = 40, 12


class ResultSheetFactory(DjangoModelFactory):
    class Meta:
        model = ResultSheet

    season = factory.SubFactory(SeasonFactory)
    stage = "municipal"
    name = factory.Sequence(lambda n: f"протокол-{n}.xlsx")
    digest = factory.Sequence(lambda n: f"{n:064x}")
    found = factory.LazyFunction(lambda: Found(sheets=[{"sheet": "Лист1", "header_rows": [1], "said": []}]).told())
    brought_by = factory.LazyFunction(lambda: staff("methodist"))
    brought_at = factory.LazyFunction(clock.now)


class ResultCountFactory(DjangoModelFactory):
    """Of a table that was taken."""

    class Meta:
        model = ResultCount

    sheet = factory.SubFactory(ResultSheetFactory, status="taken")
    subject = factory.SubFactory(SubjectFactory)
    grade = 9
    municipality = None
    participants = 10
    winners = 1
    prize_winners = 2
