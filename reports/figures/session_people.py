"""Figures of sessions that say what they give: people («человек»), each once, or participations («участий»).

Pupils and educators are counted by those who were new in their season, so whole seasons are asked for; lecturers by
their names. Where that is not known of a session, ``against`` says so, and a letter is not filed with the number.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from centers.models import Degree, DegreeRank, Person
from olympiad.models import PrepSession, SessionLecturer
from olympiad.sessions import reconciling
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import short_date
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query

NAMED_AT_MOST = 3


def _sessions(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return PrepSession.objects.begun_between(since, until)


def _of_seasons(*, since: datetime.date, until: datetime.date) -> QuerySet:
    """Sessions of the seasons that end in the period."""
    return PrepSession.objects.not_cancelled().filter(season__ends_on__gte=since, season__ends_on__lte=until)


def _new(column: str) -> Callable[..., QuerySet]:
    """Where it is said how many of them were new."""
    return lambda **period: _of_seasons(**period).filter(**{f"{column}__isnull": False})


def _lectured(**period: datetime.date) -> QuerySet:
    rows = SessionLecturer.objects.filter(session__in=_sessions(**period))
    return rows.annotate(day=TruncDate("session__event__starts_at"))


def _lecturers(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Person.objects.filter(pk__in=_lectured(since=since, until=until).values("person"))


def _with(rank: DegreeRank, **period: datetime.date) -> QuerySet:
    """Who lectured on a day on which they held the degree."""
    in_force = Q(until__isnull=True) | Q(until__gte=OuterRef("day"))
    held = Degree.objects.filter(in_force, person=OuterRef("person"), rank=rank, since__lte=OuterRef("day"))
    return _lectured(**period).filter(Exists(held)).values("person")


def _doctors(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Person.objects.filter(pk__in=_with(DegreeRank.DOCTOR, since=since, until=until))


def _candidates(*, since: datetime.date, until: datetime.date) -> QuerySet:
    """Who was a doctor at one of the sessions is counted as that alone."""
    period = {"since": since, "until": until}
    candidates = Person.objects.filter(pk__in=_with(DegreeRank.CANDIDATE, **period))
    return candidates.exclude(pk__in=_with(DegreeRank.DOCTOR, **period))


def _said(told: list[tuple[PrepSession, str]]) -> list[str]:
    """The first few by name, of the others how many."""
    words = [f"{quoted(session.event.topic)}, {short_date(session.event.first_day)}: {why}" for session, why in told]
    more = len(words) - NAMED_AT_MOST
    return [*words[:NAMED_AT_MOST], *([f"И ещё о сменах: {more}."] if more > 0 else [])]


def _unknown(column: str, sessions: Callable[..., QuerySet]) -> Callable[..., list[str]]:
    def unknown(**period: Any) -> list[str]:
        told = reconciling.of_all(sessions(**period))
        return _said([(one.session, one.unknown[column]) for one in told if column in one.unknown])

    return unknown


def disagreeing(**period: Any) -> list[str]:
    """Sessions whose named lecturers and their degrees are more than their counts."""
    told = reconciling.of_all(_sessions(**period))
    return _said([(one.session, why) for one in told for why in one.errors])


def _participations(column: str, title: str, who: str, once: str) -> Query:
    return Query(
        title=f"{title} на сменах, участий",
        describes=f"участия {who} в сменах и тренингах за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["participation"],
        rows=_sessions,
        column=column,
        listing=listings.SESSIONS,
        listed=listings.of_period("olympiad:session-list"),
        once=once,
    )


def _people(column: str, of: str, title: str, who: str) -> Query:
    return Query(
        title=f"{title} на сменах, человек",
        describes=f"{who} на сменах сезонов, закончившихся за период; каждый посчитан в сезоне один раз",
        over="period",
        noun=NOUNS["person"],
        rows=_new(column),
        column=column,
        listing=listings.SESSIONS,
        against=_unknown(of, _of_seasons),
    )


def _by_name(title: str, describes: str, noun: str, rows: Callable[..., QuerySet], part_of: str = "") -> Query:
    return Query(
        title=title,
        describes=f"{describes} смен за период, названные по именам; каждый посчитан один раз",
        over="period",
        noun=NOUNS[noun],
        rows=rows,
        listing=listings.PEOPLE,
        part_of=part_of,
        against=_unknown("lecturers", _sessions),
    )


QUERIES: Mapping[str, Query] = {
    "session_pupil_participations": _participations("pupils", "Обучающиеся", "обучающихся", "session_pupils_once"),
    "session_educator_participations": _participations("educators", "Педагоги", "педагогов", "session_educators_once"),
    "session_pupils_once": _people("new_pupils", "pupils", "Обучающиеся", "обучающиеся"),
    "session_educators_once": _people("new_educators", "educators", "Педагоги", "педагоги"),
    "session_lecturers_once": _by_name("Преподаватели смен, человек", "преподаватели", "lecturer", _lecturers),
    "session_doctors_once": _by_name(
        "Доктора наук на сменах, человек", "доктора наук, преподаватели", "doctor", _doctors, "session_lecturers_once"
    ),
    "session_candidates_once": _by_name(
        "Кандидаты наук на сменах, человек",
        "кандидаты наук, преподаватели",
        "candidate",
        _candidates,
        "session_lecturers_once",
    ),
}
