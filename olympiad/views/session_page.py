"""The page of a prep session: what it is, its people, whether they agree, and everything that hangs on it."""

from typing import Any

from django.db.models import FilteredRelation, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.permissions import is_office, may_see_audit_log
from olympiad.kept import LECTURERS, PARTNERS, SESSIONS
from olympiad.models import PrepSession
from olympiad.sessions import lecturers, reconciling
from olympiad.views import session_pupils
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.russian import agree, lower_first

NOT_SAID = "не сказано"


def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    session = SESSIONS.row(request, pk)
    office, card = is_office(request.user), Card(SESSIONS, request.user, session)
    prefetch_related_objects([session], Prefetch("lecturer_rows", LECTURERS.of(session)))
    people = list(session.lecturer_rows.all())
    elsewhere = lecturers.elsewhere(session, [row.person_id for row in people], reader=request.user) if people else {}
    for row in people:
        row.elsewhere = elsewhere.get(row.person_id, "")
    event, taught = session.event, _taught(session)
    pupils, listed = session_pupils.of(session, request.user, is_archived=card.is_archived)
    context = {
        "session": session,
        "event": event,
        "card": card,
        "facts": _facts(session, taught),
        "counts": _counts(session),
        "told": reconciling.of(session, listed=listed) if office else None,
        "lecturers": card.section(LECTURERS, people),
        "partners": card.section(PARTNERS),
        "pupils": pupils,
        "lessons": [row for row in taught if row["held__pk"]],
        "others": _others(session, request.user),
        "office": office,
        "sees_history": may_see_audit_log(request.user, event.department, timezone.localdate()),
    }
    return render(request, "olympiad/session_detail.html", context)


def _facts(session: PrepSession, taught: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    subjects = list(dict.fromkeys(row["name"] for row in taught))
    return [
        ("Дни", session.event.when),
        ("Сезон", session.season),
        ("Где", ", ".join(filter(None, (str(session.municipality or ""), session.event.place)))),
        ("Предметы", ", ".join(subjects[:1] + [lower_first(name) for name in subjects[1:]])),
        ("Классы", session.grades),
        ("Квота", agree(session.quota, "место", "места", "мест") if session.quota else ""),
    ]


def _counts(session: PrepSession) -> list[tuple[str, int, Any]]:
    """What is counted, how many take part, how many of them for the first time in the season."""
    return [
        ("Обучающиеся", session.pupils, _said(session.new_pupils)),
        ("Педагоги", session.educators, _said(session.new_educators)),
        ("Преподаватели", session.lecturers, ""),
        ("из них доктора наук", session.doctors, ""),
        ("из них кандидаты наук", session.candidates, ""),
    ]


def _said(number: int | None) -> int | str:
    return NOT_SAID if number is None else number


def _taught(session: PrepSession) -> list[dict[str, Any]]:
    """The subjects of the session, each with its online lessons in the same season, once where there are none."""
    same_season = FilteredRelation("lessons", condition=Q(lessons__season=session.season_id))
    told = ("name", "held__pk", "held__programme", "held__programme__name", "held__pupils", "held__school_teachers")
    return list(session.subjects.annotate(held=same_season).order_by("position", "held__pk").values(*told))


def _others(session: PrepSession, user: Any) -> QuerySet[PrepSession]:
    rows = PrepSession.objects.visible_to(user).not_cancelled().filter(season=session.season_id)
    return rows.exclude(pk=session.pk).select_related("event").order_by("-event__starts_at", "pk")[:10]
