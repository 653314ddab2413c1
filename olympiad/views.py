"""Preparation for the olympiads: the sessions with their counts, and the lessons of lasting programmes."""

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from olympiad.models import PrepSession, ProgrammeLesson, Season
from olympiad.models.session import SessionKind
from rcro_portal.lib.russian import agree
from rcro_portal.lib.tables import Filter, Table

COUNTS = ("pupils", "educators", "lecturers", "doctors", "candidates")
ORDERS = {"date": "-event__starts_at", "topic": ("event__sort_key", "-event__starts_at"), "pupils": "-pupils"}


def session_list(request: HttpRequest) -> HttpResponse:
    rows = PrepSession.objects.visible_to(request.user).not_cancelled()
    rows = rows.select_related("event", "season").prefetch_related("subjects")
    table = Table(rows, request.GET, orders=ORDERS, search="event__search_key", filters=_filters())
    context = {
        "table": table,
        "found": agree(table.page.paginator.count, "смена", "смены", "смен"),
        "totals": _totals(table),
        **_lessons(table.chosen["season"]),
    }
    return render(request, "olympiad/session_list.html", context)


def _filters() -> dict[str, Filter]:
    seasons = [(name, name) for name in Season.objects.order_by("-starts_on").values_list("name", flat=True)]
    return {
        "season": Filter.by("season__name", "Сезон", seasons),
        "kind": Filter.by("kind", "Вид", SessionKind.choices),
    }


def _totals(table: Table) -> dict[str, int]:
    """Participations over all pages: somebody who came to two sessions counts twice."""
    if not table.page.has_other_pages():
        return {name: sum(getattr(row, name) for row in table.page) for name in COUNTS}
    summed = table.rows.order_by().aggregate(**{f"all_{name}": Sum(name) for name in COUNTS})
    return {name: summed[f"all_{name}"] for name in COUNTS}


def _lessons(season: str) -> dict[str, Any]:
    """Lessons by subject, of the season asked for, else of all of them together."""
    lessons = ProgrammeLesson.objects.filter(season__name=season) if season else ProgrammeLesson.objects.all()
    by_subject = lessons.values("subject__name").annotate(
        seasons=Count("season", distinct=True), all_pupils=Sum("pupils"), all_teachers=Sum("school_teachers")
    )
    rows = list(by_subject.order_by("subject__position"))
    totals = {name: sum(row[name] for row in rows) for name in ("all_pupils", "all_teachers")}
    return {"lessons": rows, "lesson_totals": totals}
