"""The list of network innovation projects: published, so everybody who has logged in sees it."""

import datetime
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse

from centers.models import Center
from projects.kept import PROJECTS
from projects.models import NetworkProject, ProjectStage
from rcro_portal.lib import as_of
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, badge, by_link
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.russian import short_date

LEADS = Prefetch("leads", Center.objects.select_related("organization").order_by("organization__sort_key"))
BULK = BulkPages(PROJECTS, "theme")


def project_list(request: HttpRequest, file: str = "") -> HttpResponse:
    listing = Listing(PROJECTS, request.user)
    return answer(request, table(request), "projects/project_list.html", file, bulk=BULK, listing=listing)


def table(request: HttpRequest) -> Register:
    shown, listing = as_of.asked(request.GET), Listing(PROJECTS, request.user)
    return Register(
        in_archive(NetworkProject.objects.prefetch_related(LEADS), request.GET),
        request.GET,
        url_name="projects:project-list",
        title="Сетевые инновационные проекты",
        nouns=("проект", "проекта", "проектов"),
        columns=_columns(shown),
        default="title",
        empty=listing.empty("Проектов пока нет"),
        search="search_key",
        search_label="Название, направление",
        filters={**_filters(shown.day), **by_link.asked(request, NetworkProject)},
        as_of=shown,
        is_void=lambda project: project.is_archived,
        brings_in=registry.link_for(request.user, "projects"),
    )


def state(project: NetworkProject, day: datetime.date) -> tuple[str, str]:
    """The tone and the words of a project's state on the day."""
    if project.is_in_force_on(day):
        return "good", "Идёт"
    return "neutral", "Ещё не начат" if project.since > day else "Завершён"


def _leads(project: NetworkProject) -> str:
    return "; ".join(center.organization.short_name for center in project.leads.all())


def _term(project: NetworkProject) -> str:
    since = short_date(project.since)
    return f"{since} – {short_date(project.until)}" if project.until else f"с {since}"


def _columns(shown: AsOf) -> list[Column]:
    day = shown.day
    return [
        Column(
            "title",
            "Проект",
            "title",
            link=Pages("projects:project-detail", end=shown.querystring),
            names_row=True,
            order="sort_key",
            width=60,
        ),
        Column("theme", "Направление", "theme", order=("theme", "sort_key"), on_page=False, width=30),
        Column("leads", "Ведут", _leads, width=50),
        Column("since", "Срок", _term, order=("-since", "sort_key"), css="nowrap", width=24),
        Column(
            "state",
            "Состояние",
            lambda project: state(project, day)[1],
            html=lambda project: badge(*state(project, day)),
            filter=Filter(STATES, partial(_in_state, day)),
            width=14,
        ),
    ]


STATES = [("now", "идёт"), ("overdue", "идёт, этапы просрочены"), ("coming", "ещё не начат"), ("ended", "завершён")]


def _in_state(day: datetime.date, rows: Any, value: str) -> QuerySet:
    if value == "now":
        return rows.in_force_on(day)
    if value == "overdue":
        return rows.in_force_on(day).filter(pk__in=ProjectStage.objects.overdue_on(day).values("project"))
    return rows.filter(since__gt=day) if value == "coming" else rows.filter(until__lt=day)


def _filters(day: datetime.date) -> dict[str, Filter]:
    """What all projects offer, by one query."""
    place = "leads__organization__municipality"
    held = list(NetworkProject.objects.values_list("theme", "since", "until", f"{place}__name", f"{place}__code"))
    first = min((since.year for _, since, *_ in held), default=day.year)
    last = max((until.year for _, _, until, *_ in held if until), default=day.year)
    themes = sorted({theme for theme, *_ in held if theme})
    places = sorted({(name, code) for *_, name, code in held if code})
    return {
        "year": Filter(
            [(str(year), str(year)) for year in range(max(day.year, last), first - 1, -1)],
            lambda rows, year: rows.in_force_during(int(year)),
            "Шёл в году",
        ),
        "theme": Filter.among("theme", [(theme, theme) for theme in themes], "Направление"),
        "municipality": Filter(
            [(code, name) for name, code in places], lambda rows, code: rows.led_from(code), "Муниципалитет ведущих"
        ),
        "model": Filter([("yes", "работает"), ("no", "нет")], partial(_with_model, day), "Сетевая модель"),
        "archive": ARCHIVE,
    }


def _with_model(day: datetime.date, rows: Any, value: str) -> QuerySet:
    return rows.with_model_on(day) if value == "yes" else rows.without_model_on(day)
