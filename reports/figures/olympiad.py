"""Figures of olympiad preparation: sessions with their people, online lessons, programmes."""

import datetime
from collections.abc import Mapping

from django.db.models import QuerySet

from olympiad.models import PrepProgramme, PrepSession, ProgrammeLesson, Subject
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Narrow, Query
from reports.figures.session_people import disagreeing


def _sessions(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return PrepSession.objects.begun_between(since, until)


def _lessons(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return ProgrammeLesson.objects.begun_between(since, until)


def _subjects(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Subject.objects.filter(pk__in=_lessons(since=since, until=until).values("subject"))


def _programmes(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return PrepProgramme.objects.filter(pk__in=_lessons(since=since, until=until).values("programme"))


OF_PLACE = {"municipality": Narrow("municipality__code", "municipality")}
QUERIES: Mapping[str, Query] = {
    "sessions_held": Query(
        title="Смены и тренинги",
        describes="смены-интенсивы, профильные и проектные смены, тренинги, начавшиеся за период",
        over="period",
        noun=NOUNS["session"],
        rows=_sessions,
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
    ),
    "session_pupils": Query(
        title="Обучающиеся на сменах",
        describes="обучающиеся на сменах и тренингах за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["pupil"],
        rows=_sessions,
        column="pupils",
        dated_by="event__starts_at",
        narrowed=OF_PLACE,
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
        once="session_pupils_once",
    ),
    "session_educators": Query(
        title="Педагоги на сменах",
        describes="педагоги на сменах и тренингах за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["educator"],
        rows=_sessions,
        column="educators",
        dated_by="event__starts_at",
        narrowed=OF_PLACE,
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
        once="session_educators_once",
    ),
    "session_lecturers": Query(
        title="Преподаватели на сменах",
        describes="преподаватели смен и тренингов за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["lecturer"],
        rows=_sessions,
        column="lecturers",
        dated_by="event__starts_at",
        narrowed=OF_PLACE,
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
        once="session_lecturers_once",
        against=disagreeing,
    ),
    "session_doctors": Query(
        title="Доктора наук на сменах",
        describes="преподаватели смен за период, доктора наук; часть всех преподавателей",
        over="period",
        sums_counts=True,
        noun=NOUNS["doctor"],
        rows=_sessions,
        column="doctors",
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
        once="session_doctors_once",
        against=disagreeing,
        part_of="session_lecturers",
    ),
    "session_candidates": Query(
        title="Кандидаты наук на сменах",
        describes="преподаватели смен за период, кандидаты наук; часть всех преподавателей",
        over="period",
        sums_counts=True,
        noun=NOUNS["candidate"],
        rows=_sessions,
        column="candidates",
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
        once="session_candidates_once",
        against=disagreeing,
        part_of="session_lecturers",
    ),
    "programmes_running": Query(
        title="Программы подготовки",
        describes="программы олимпиадной подготовки, чьи занятия начались за период",
        over="period",
        noun=NOUNS["programme"],
        rows=_programmes,
        listing=listings.PROGRAMMES,
    ),
    "lesson_subjects": Query(
        title="Предметы онлайн-занятий",
        describes="предметы, по которым за период шли онлайн-занятия центра олимпиадной подготовки",
        over="period",
        noun=NOUNS["subject"],
        rows=_subjects,
        listing=listings.SUBJECTS,
    ),
    "lesson_pupils": Query(
        title="Школьники на онлайн-занятиях",
        describes="школьники на онлайн-занятиях центра олимпиадной подготовки за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["schoolchild"],
        rows=_lessons,
        column="pupils",
        listing=listings.LESSONS,
        listed=listings.of_period("olympiad:lesson-list"),
    ),
    "lesson_school_teachers": Query(
        title="Учителя на онлайн-занятиях",
        describes="учителя на онлайн-занятиях центра олимпиадной подготовки за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["school_teacher"],
        rows=_lessons,
        column="school_teachers",
        listing=listings.LESSONS,
        listed=listings.of_period("olympiad:lesson-list"),
    ),
}
