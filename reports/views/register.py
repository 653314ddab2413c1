"""The journal of outgoing letters, as it stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.permissions import is_office
from rcro_portal.refusals import require
from rcro_portal.tables import Filter, Table
from reports.models import RegisterEntry, RegisterYear
from reports.models.register import EntryStatus

ORDERS = {"number": ("-year", "-sequence"), "date": "-registered_on"}


def _of_year(rows: Any, value: str) -> Any:
    return rows.filter(year=value)


def _with_status(rows: Any, value: str) -> Any:
    return rows.filter(status=value)


def register(request: HttpRequest) -> HttpResponse:
    require(is_office(request.user), "Журнал ведут сотрудники института.")
    years = list(RegisterYear.objects.select_related("register").order_by("-year"))
    filters = {
        "year": Filter("Год", [(str(row.year), str(row.year)) for row in years], _of_year),
        "status": Filter("Состояние", EntryStatus.choices, _with_status),
    }
    rows = RegisterEntry.objects.select_related("letter", "annulled_by__person")
    table = Table(rows, request.GET, orders=ORDERS, search="", filters=filters)
    return render(request, "reports/register.html", {"table": table, "years": years})
