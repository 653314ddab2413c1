"""The register of centres: every name that holds or ever held the status."""

import datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from centers import permissions
from centers.models import Center, Coordinator, Municipality
from rcro_portal.lib.russian import agree
from rcro_portal.lib.tables import Filter, Table

ORDERS = {
    "name": "organization__sort_key",
    "municipality": ("organization__municipality__name", "organization__sort_key"),
    "status": ("-has_status", "status_since", "organization__sort_key"),
    "projects": ("-project_count", "organization__sort_key"),
}


def center_list(request: HttpRequest) -> HttpResponse:
    """Name, municipality and status are published; who coordinates is for the institution's staff."""
    day = timezone.localdate()
    is_office = permissions.is_office(request.user)
    rows = _rows(day)
    if is_office:
        rows = rows.prefetch_related(_coordinators(day))
    table = Table(rows, request.GET, orders=ORDERS, search="organization__search_key", filters=_filters(day))
    context = {
        "table": table,
        "found": agree(table.page.paginator.count, "центр", "центра", "центров"),
        "is_office": is_office,
        "open_to_me": frozenset() if is_office else permissions.centers_open_to(request.user, day),
    }
    return render(request, "centers/center_list.html", context)


def _rows(day: datetime.date) -> QuerySet:
    rows = Center.objects.select_related("organization__municipality").with_status_term(day)
    return rows.annotate(project_count=Count("projects"))


def _coordinators(day: datetime.date) -> Prefetch:
    now = Coordinator.objects.in_force_on(day).select_related("person").order_by("-since")
    return Prefetch("coordinators", now, to_attr="coordinators_now")


def _filters(day: datetime.date) -> dict[str, Filter]:
    municipalities = Municipality.objects.filter(organizations__center__isnull=False).distinct().order_by("name")

    def by_status(rows: Any, value: str) -> QuerySet:
        return rows.with_status_on(day) if value == "now" else rows.without_status_on(day)

    return {
        "municipality": Filter.by(
            "organization__municipality__code", "Муниципалитет", [(one.code, one.name) for one in municipalities]
        ),
        "status": Filter("Статус", [("now", "действует"), ("ended", "завершён")], by_status),
    }
