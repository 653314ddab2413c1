"""The registry of figures: named queries over all apps that a letter may quote, none of them typed by hand."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from centers.models import Center
from events.models import Attendance
from olympiad.models import PrepSession, ProgrammeLesson
from projects.models import Cluster, NetworkManagementModel, NetworkProject
from rcro_portal.refusals import Refusal
from reports import nouns


class UnknownFigure(Refusal):
    """The text quotes a figure that the registry does not know, or with parameters that make no sense."""


class Count(NamedTuple):
    """The value and the keys of the rows that it was taken from."""

    value: int
    counted: list[int]


@dataclass(frozen=True)
class Query:
    """A figure by its name: what it counts, over what (``year``, ``period`` or ``event``), and its noun."""

    title: str
    describes: str
    over: str
    sums_counts: bool
    noun: nouns.Noun
    count: Callable[..., Count]


def _rows(rows: QuerySet) -> Count:
    keys = sorted(rows.values_list("pk", flat=True).distinct())
    return Count(len(keys), keys)


def _sum(rows: QuerySet, column: str) -> Count:
    """The sum of a column of counts: somebody who came twice is counted twice."""
    keys = sorted(rows.values_list("pk", flat=True))
    return Count(rows.aggregate(total=Sum(column))["total"] or 0, keys)


def _present_coordinators(*, event: int) -> Count:
    return _rows(Attendance.objects.filter(event=event).present().coordinators())


def _centers_with_status(*, year: int) -> Count:
    return _rows(Center.objects.with_status_during(year))


def _projects_under_way(*, year: int) -> Count:
    return _rows(NetworkProject.objects.in_force_during(year))


def _clusters_formed(*, year: int) -> Count:
    return _rows(Cluster.objects.formed_by(datetime.date(year, 12, 31)))


def _centers_with_model(*, year: int) -> Count:
    models = NetworkManagementModel.objects.in_force_during(year)
    return _rows(Center.objects.filter(pk__in=models.values("center")))


def _of_sessions(column: str) -> Callable[..., Count]:
    def count(*, since: datetime.date, until: datetime.date) -> Count:
        return _sum(PrepSession.objects.begun_between(since, until), column)

    return count


def _of_lessons(column: str) -> Callable[..., Count]:
    def count(*, since: datetime.date, until: datetime.date) -> Count:
        return _sum(ProgrammeLesson.objects.begun_between(since, until), column)

    return count


def _subjects_of_lessons(*, since: datetime.date, until: datetime.date) -> Count:
    lessons = ProgrammeLesson.objects.begun_between(since, until)
    keys = sorted(set(lessons.values_list("subject", flat=True)))
    return Count(len(keys), keys)


QUERIES: Mapping[str, Query] = {
    "present_coordinators": Query(
        "Координаторы РВЦИ на мероприятии",
        "отмечены участниками мероприятия как координаторы РВЦИ",
        "event",
        False,
        nouns.COORDINATOR,
        _present_coordinators,
    ),
    "centers_with_status": Query(
        "Организации со статусом РВЦИ",
        "организации, чей статус «Ресурсно-внедренческий центр инноваций» действовал в этом году",
        "year",
        False,
        nouns.ORGANIZATION,
        _centers_with_status,
    ),
    "projects_under_way": Query(
        "Сетевые инновационные проекты",
        "сетевые инновационные проекты, которые шли в этом году",
        "year",
        False,
        nouns.PROJECT,
        _projects_under_way,
    ),
    "clusters_formed": Query(
        "Инновационные образовательные кластеры",
        "кластеры, сформированные к концу этого года",
        "year",
        False,
        nouns.CLUSTER,
        _clusters_formed,
    ),
    "centers_with_model": Query(
        "РВЦИ с сетевой моделью управления",
        "РВЦИ, чья сетевая модель управления проектом работала в этом году",
        "year",
        False,
        nouns.CENTER,
        _centers_with_model,
    ),
    "session_pupils": Query(
        "Обучающиеся на сменах",
        "обучающиеся на сменах и тренингах за период; участия складываются",
        "period",
        True,
        nouns.PUPIL,
        _of_sessions("pupils"),
    ),
    "session_educators": Query(
        "Педагоги на сменах",
        "педагоги на сменах и тренингах за период; участия складываются",
        "period",
        True,
        nouns.EDUCATOR,
        _of_sessions("educators"),
    ),
    "session_lecturers": Query(
        "Преподаватели на сменах",
        "преподаватели смен и тренингов за период; участия складываются",
        "period",
        True,
        nouns.LECTURER,
        _of_sessions("lecturers"),
    ),
    "session_doctors": Query(
        "Доктора наук на сменах",
        "преподаватели смен за период, доктора наук; часть всех преподавателей",
        "period",
        True,
        nouns.DOCTOR,
        _of_sessions("doctors"),
    ),
    "session_candidates": Query(
        "Кандидаты наук на сменах",
        "преподаватели смен за период, кандидаты наук; часть всех преподавателей",
        "period",
        True,
        nouns.CANDIDATE,
        _of_sessions("candidates"),
    ),
    "lesson_subjects": Query(
        "Предметы онлайн-занятий",
        "предметы, по которым за период шли онлайн-занятия центра олимпиадной подготовки",
        "period",
        False,
        nouns.SUBJECT,
        _subjects_of_lessons,
    ),
    "lesson_pupils": Query(
        "Школьники на онлайн-занятиях",
        "школьники на онлайн-занятиях центра олимпиадной подготовки за период; участия складываются",
        "period",
        True,
        nouns.SCHOOLCHILD,
        _of_lessons("pupils"),
    ),
    "lesson_school_teachers": Query(
        "Учителя на онлайн-занятиях",
        "учителя на онлайн-занятиях центра олимпиадной подготовки за период; участия складываются",
        "period",
        True,
        nouns.SCHOOL_TEACHER,
        _of_lessons("school_teachers"),
    ),
}


def query(code: str) -> Query:
    """Raises UnknownFigure."""
    if code not in QUERIES:
        raise UnknownFigure(f"Показателя «{code}» нет в портале. Удалите его из текста и вставьте другой.")
    return QUERIES[code]


def count(code: str, parameters: Mapping[str, Any]) -> Count:
    """What the query gives now. ``parameters`` as stored: year, event as numbers, since and until as ISO days."""
    known = query(code)
    try:
        return known.count(**_read(known.over, parameters))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnknownFigure(f"У показателя «{known.title}» не указан год или период. Вставьте его заново.") from error


def _read(over: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    if over == "period":
        return {name: datetime.date.fromisoformat(parameters[name]) for name in ("since", "until")}
    return {over: int(parameters[over])}


def words(code: str, value: int, case: str) -> str:
    """As printed: «47 образовательных организаций», «9 общеобразовательным предметам»."""
    return query(code).noun.after(value, case)
