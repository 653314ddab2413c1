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
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register
from rcro_portal.lib.russian import short_date

LEADS = Prefetch("leads", Center.objects.select_related("organization").order_by("organization__sort_key"))


def project_list(request: HttpRequest, file: str = "") -> HttpResponse:
    table = Register(
        NetworkProject.objects.prefetch_related(LEADS),
        request.GET,
        url_name="projects:project-list",
        title="Сетевые инновационные проекты",
        nouns=("проект", "проекта", "проектов"),
        columns=COLUMNS,
        default="title",
        empty=Empty("Проектов пока нет", "Их вносит администратор в справочниках портала."),
        search="search_key",
        search_label="Название, направление",
        filters=_filters(timezone.localdate()),
    )
    return table.file(file) if file else render(request, "projects/project_list.html", {"table": table})


def _leads(project: NetworkProject) -> str:
    return "; ".join(center.organization.short_name for center in project.leads.all())


def _term(project: NetworkProject) -> str:
    since = short_date(project.since)
    return f"{since} – {short_date(project.until)}" if project.until else f"с {since}"


COLUMNS = (
    Column(
        "title",
        "Проект",
        "title",
        link=Pages("projects:project-detail"),
        names_row=True,
        order="sort_key",
        width=60,
    ),
    Column("leads", "Ведут", _leads, width=50),
    Column("since", "Срок", _term, order=("-since", "sort_key"), css="nowrap", width=24),
)


def _filters(day: datetime.date) -> dict[str, Filter]:
    first = NetworkProject.objects.aggregate(first=Min("since"))["first"] or day
    years = [(str(year), str(year)) for year in range(day.year, first.year - 1, -1)]
    return {"year": Filter(years, _under_way_in, "Год")}


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
        "office": permissions.is_office(request.user),
        "open_to_me": permissions.centers_open_to(request.user, day),
    }
    return render(request, "projects/project_detail.html", context)


def _state(project: NetworkProject, day: datetime.date) -> tuple[str, str]:
    if project.is_in_force_on(day):
        return "good", "Идёт"
    return "neutral", "Ещё не начат" if project.since > day else "Завершён"
