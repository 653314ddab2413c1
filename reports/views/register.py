"""The journal of outgoing letters, as it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.permissions import is_office
from rcro_portal.refusals import require
from rcro_portal.tables import Filter, Table
from reports.models import RegisterEntry, RegisterYear
from reports.models.register import EntryStatus

ORDERS = {"number": ("-year", "-sequence"), "date": "-registered_on"}


def register(request: HttpRequest) -> HttpResponse:
    require(is_office(request.user), "Журнал ведут сотрудники института.")
    years = list(RegisterYear.objects.select_related("register").order_by("-year"))
    filters = {
        "year": Filter.by("year", "Год", [(str(row.year), str(row.year)) for row in years]),
        "status": Filter.by("status", "Состояние", EntryStatus.choices),
    }
    rows = RegisterEntry.objects.select_related("letter", "annulled_by__person")
    table = Table(rows, request.GET, orders=ORDERS, search="", filters=filters)
    return render(request, "reports/register.html", {"table": table, "years": years})
