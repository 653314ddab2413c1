"""The page of municipalities: the map of one count, beside it the table of all."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from centers.models import Municipality
from rcro_portal.lib.registers import Column, Empty, Filter, Register, answer, link
from reports.statistics import municipalities
from reports.statistics.municipalities import Counted

EMPTY = Empty("Муниципалитетов пока нет", "Их вносит администратор в справочниках портала.")


def municipality_list(request: HttpRequest, file: str = "") -> HttpResponse:
    day = timezone.localdate()
    counted = municipalities.counted_for(request.user)
    rows = municipalities.counted(request.user, day)
    table = Register(
        rows,
        request.GET,
        url_name="reports:municipality-list",
        title="Муниципалитеты",
        nouns=("муниципалитет", "муниципалитета", "муниципалитетов"),
        columns=_columns(counted),
        default="name",
        empty=EMPTY,
    )
    shown = request.GET.get("show", "")
    shown = shown if shown in counted else next(iter(counted))
    context = {
        "chart": municipalities.drawn(rows, counted[shown], shown),
        "tabs": [(one.heading, _tab(key), key == shown) for key, one in counted.items()],
        "day": day,
    }
    return answer(request, table, "reports/statistics/municipality_list.html", file, **context)


def _tab(key: str) -> str:
    return f"{reverse('reports:municipality-list')}?show={key}"


def _columns(counted: Mapping[str, Counted]) -> list[Column]:
    kinds = Municipality.objects.order_by("kind").values_list("kind", flat=True).distinct()
    by_kind = Filter.by("kind", [(kind, kind) for kind in kinds])
    return [
        Column("name", "Муниципалитет", "name", names_row=True, order="name", width=30),
        Column("kind", "Вид", "kind", filter=by_kind, on_page=False, width=24),
        *(_count(key, one) for key, one in counted.items()),
    ]


def _count(key: str, counted: Counted) -> Column:
    """The count as a link to its rows; nothing is no link, for a list of none would be narrowed by nothing."""

    def cell(row: Any) -> str:
        count = municipalities.count_of(row, key)
        return link(counted.link(row.code) if count else "", count)

    order = (f"-{key}_count", "name")
    return Column(key, counted.heading, f"{key}_count", html=cell, order=order, css="numeric", width=14)
