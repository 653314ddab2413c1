"""«Сеть в цифрах»: one plot with its table, chosen by tabs, its years and place in the address; its XLSX and PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centers.models import Municipality
from events.permissions import is_office
from olympiad.models import Stage
from rcro_portal.lib import downloads
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers.files import XLSX
from reports import figures
from reports.figures import by_link, frozen
from reports.statistics.plots import asked as address
from reports.statistics.plots import drawing, files, letters
from reports.statistics.plots.asked import Asked
from reports.statistics.plots.registry import Plot, seen_by
from reports.statistics.plots.table import Table

PAGE = "reports:network-figures"
FOR_THE_STAFF = "Строки показателей читают только сотрудники центра. Вам доступны списки портала."
YEARS_BACK = 25


def network_figures(request: HttpRequest, file: str = "") -> HttpResponse:
    """For the files the same table as for the page; what may not be seen or is not known is the first plot."""
    now = timezone.now()
    seen, asked = seen_by(request.user), address.read(request.GET, timezone.localdate(now))
    key = request.GET.get("show", "")
    key = key if key in seen else next(iter(seen))
    plot, table = seen[key], seen[key].make(asked)
    if file:
        return _file(file, key, plot, table, asked)
    table = letters.told(table, request.user, asked.today)
    tabs = [(one.tab, _link(PAGE, asked, other), other == key) for other, one in seen.items()]
    context = {
        "plot": plot,
        "key": key,
        "asked": asked,
        "table": table,
        "tabs": tabs,
        "chart": drawing.drawn(plot, table, title=plot.named(table, asked)),
        "files": [(name, _link(f"{PAGE}-{name.lower()}", asked, key)) for name in ("XLSX", "PDF")],
        "reset": f"{reverse(PAGE)}?show={key}",
        **_choices(plot, asked),
    }
    return render(request, "reports/statistics/network_figures.html", context)


def _link(url_name: str, asked: Asked, key: str) -> str:
    return f"{reverse(url_name)}?{asked.link(show=key)}"


def _choices(plot: Plot, asked: Asked) -> dict[str, Any]:
    years = range(asked.today.year + 1, asked.today.year - YEARS_BACK, -1)
    return {
        "years": years,
        "municipalities": Municipality.objects.order_by("name").values_list("code", "name"),
        "stages": [(one.value, one.words) for one in map(Stage, address.STAGES)] if "stage" in plot.chooses else [],
        "said": list(address.SAID.items()) if "said" in plot.chooses else [],
    }


def _file(ending: str, key: str, plot: Plot, table: Table, asked: Asked) -> HttpResponse:
    name = downloads.ascii_name("tsifry", key, asked.since, asked.until)
    if ending == "xlsx":
        return downloads.response(files.sheet(plot, table, asked), XLSX, f"{name}.xlsx")
    made = files.pdf(plot, table, asked, timezone.now())
    return downloads.response(made, "application/pdf", f"{name}.pdf", inline=True)


def figure_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a figure that no list shows: «?figure=participations:2024-01-01:2024-12-31:center=3»."""
    require(is_office(request.user), FOR_THE_STAFF)
    code, parameters = by_link.read(request.GET.get("figure", ""))
    try:
        query, counted = figures.query(code), figures.count(code, parameters)
        over = figures.over_words(code, parameters)
    except figures.UnknownFigure as error:
        raise Http404 from error
    context = {
        "query": query,
        "over": over,
        "words": figures.words(code, counted.value, "nominative"),
        "rows": query.named(counted.counted[: frozen.ROWS_SHOWN]),
        "beyond": max(len(counted.counted) - frozen.ROWS_SHOWN, 0),
    }
    return render(request, "reports/statistics/figure_rows.html", context)
