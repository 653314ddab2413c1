"""The page of municipalities: the map of one count, beside it the table of all."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from centers.models import Municipality
from rcro_portal.lib import as_of
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.registers import Column, Empty, Filter, Register, address, answer, link
from reports.statistics import municipalities
from reports.statistics.municipalities import Counted

EMPTY = Empty("Муниципалитетов пока нет", "Их вносит администратор в справочниках портала.")


def municipality_list(request: HttpRequest, file: str = "") -> HttpResponse:
    shown = as_of.asked(request.GET)
    counted = municipalities.counted_for(request.user)
    rows = municipalities.counted(request.user, shown.day)
    table = Register(
        rows,
        request.GET,
        url_name="reports:municipality-list",
        title="Муниципалитеты",
        nouns=("муниципалитет", "муниципалитета", "муниципалитетов"),
        columns=_columns(counted, shown),
        default="name",
        empty=EMPTY,
        as_of=shown,
    )
    asked = request.GET.get("show", "")
    drawn = asked if asked in counted else next(iter(counted))
    # The whole region is drawn, of the rows that the table has read where it shows them all.
    is_whole = not table.is_narrowed and not table.page.has_other_pages()
    context = {
        "chart": municipalities.drawn(table.page if is_whole else rows, counted[drawn], drawn, shown),
        "tabs": [(one.heading, _tab(key, shown), key == drawn) for key, one in counted.items()],
    }
    return answer(request, table, "reports/statistics/municipality_list.html", file, **context)


def _tab(key: str, shown: AsOf) -> str:
    on = {as_of.KEY: shown.asked} if shown.asked else {}
    return f"{address('reports:municipality-list')}?{urlencode({'show': key, **on})}"


def _columns(counted: Mapping[str, Counted], shown: AsOf) -> list[Column]:
    kinds = Municipality.objects.order_by("kind").values_list("kind", flat=True).distinct()
    by_kind = Filter.by("kind", [(kind, kind) for kind in kinds])
    return [
        Column("name", "Муниципалитет", "name", names_row=True, order="name", width=30),
        Column("kind", "Вид", "kind", filter=by_kind, on_page=False, width=24),
        *(_count(key, one, shown) for key, one in counted.items()),
    ]


def _count(key: str, counted: Counted, shown: AsOf) -> Column:
    """The count as a link to its rows; nothing is no link, for a list of none would be narrowed by nothing."""

    def cell(row: Any) -> str:
        count = municipalities.count_of(row, key)
        return link(counted.link(row.code, shown) if count else "", count)

    order = (f"-{key}_count", "name")
    return Column(key, counted.heading, f"{key}_count", html=cell, order=order, css="numeric", width=14)
