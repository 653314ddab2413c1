"""Network innovation projects: published, so everybody who has logged in sees them."""

import datetime
from typing import Any

from django.db.models import Min, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from centers import permissions
from centers.models import Center
from projects.models import NetworkProject
from rcro_portal.lib.russian import agree
from rcro_portal.lib.tables import Filter, Table

ORDERS = {"title": "sort_key", "since": ("-since", "sort_key")}
LEADS = Prefetch("leads", Center.objects.select_related("organization").order_by("organization__sort_key"))


def project_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    rows = NetworkProject.objects.prefetch_related(LEADS)
    table = Table(rows, request.GET, orders=ORDERS, search="search_key", filters=_filters(day))
    found = agree(table.page.paginator.count, "проект", "проекта", "проектов")
    return render(request, "projects/project_list.html", {"table": table, "found": found, "day": day})


def _filters(day: datetime.date) -> dict[str, Filter]:
    first = NetworkProject.objects.aggregate(first=Min("since"))["first"] or day
    years = [(str(year), str(year)) for year in range(day.year, first.year - 1, -1)]
    return {"year": Filter("Год", years, _under_way_in)}


def _under_way_in(rows: Any, year: str) -> QuerySet:
    return rows.in_force_during(int(year))


def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    project = get_object_or_404(NetworkProject.objects.prefetch_related(LEADS), pk=pk)
    context = {
        "project": project,
        "state": _state(project, day),
        "partners": project.partners.select_related("municipality").order_by("sort_key"),
        "models": project.management_models.select_related("center__organization").order_by("-since"),
        "open_to_me": permissions.centers_open_to(request.user, day),
    }
    return render(request, "projects/project_detail.html", context)


def _state(project: NetworkProject, day: datetime.date) -> tuple[str, str]:
    if project.is_in_force_on(day):
        return "good", "Идёт"
    return "neutral", "Ещё не начат" if project.since > day else "Завершён"
