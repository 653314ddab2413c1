"""The periods of technical assignments, each with how many centres are how far."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events import permissions
from events.assignments import standing
from events.kept import PERIODS
from events.models import AssignmentPeriod
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.registers import Column, Empty, Pages, Register, answer

EMPTY = Empty("Периодов пока нет", "Внесите период: после этого центры смогут писать технические задания.")


def period_list(request: HttpRequest, file: str = "") -> HttpResponse:
    table = Register(
        AssignmentPeriod.objects.select_related("department"),
        request.GET,
        url_name="events:assignment-period-list",
        title="Периоды технических заданий",
        nouns=("период", "периода", "периодов"),
        columns=COLUMNS,
        default="since",
        empty=EMPTY,
    )
    add = PERIODS.url("new") if permissions.may_keep_plan(request.user) else ""
    return answer(request, table, "events/assignment_period_list.html", file, add_url=add, noun=PERIODS.noun)


def period_detail(request: HttpRequest, pk: int) -> HttpResponse:
    period: Any = PERIODS.row(request, pk)
    rows = standing.of_period(period, request.user, timezone.localdate())
    counted = Counter(rows.values_list("state", flat=True))
    context = {
        "period": period,
        "card": Card(PERIODS, request.user, period),
        "states": [(state, label, counted[state]) for state, label in standing.STATES if counted[state]],
        "total": counted.total(),
        "table_url": f"{reverse('events:assignment-list')}?period={period.pk}",
        "office": permissions.is_office(request.user),
    }
    return render(request, "events/assignment_period.html", context)


COLUMNS = (
    Column(
        "title",
        "Период",
        "title",
        link=Pages("events:assignment-period-detail"),
        names_row=True,
        order="title",
        width=40,
    ),
    Column("since", "С", "since", order=("-since",), width=12),
    Column("until", "По", "until", order="until", width=12),
    Column("due", "Сдать до", "due_on", order="due_on", width=12),
    Column("department", "Согласует", lambda period: period.department.name, order="department__name", width=40),
)
