"""Plan-schedules by year, with how much of each is held."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events import permissions
from events.kept import SCHEDULES
from events.models import Event, PlanItem, PlanSchedule
from events.models.plan_item import PlanState
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.registers import Column, Empty, Pages, Register, answer

EMPTY = Empty("Планов-графиков пока нет", "Внесите план-график проекта на год, затем его пункты.")


def schedule_list(request: HttpRequest, file: str = "") -> HttpResponse:
    events = Event.objects.visible_to(request.user)
    table = Register(
        PlanSchedule.objects.kept(),
        request.GET,
        url_name="events:schedule-list",
        title="Планы-графики",
        nouns=("план-график", "плана-графика", "планов-графиков"),
        columns=COLUMNS,
        default="year",
        empty=EMPTY,
        attach=partial(_attach, timezone.localdate(), events),
    )
    add = SCHEDULES.url("new") if permissions.may_keep_plan(request.user) else ""
    return answer(request, table, "events/schedule_list.html", file, add_url=add, noun=SCHEDULES.noun)


def schedule_detail(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = SCHEDULES.row(request, pk)
    _attach(timezone.localdate(), Event.objects.visible_to(request.user), [schedule])
    states = [(state, schedule.counted.get(state, 0)) for state in PlanState]
    context = {
        "schedule": schedule,
        "card": Card(SCHEDULES, request.user, schedule),
        "states": [(state.value, state.label, number) for state, number in states if number],
        "items_url": _items(schedule),
        "office": permissions.is_office(request.user),
    }
    return render(request, "events/schedule_detail.html", context)


def _attach(day: datetime.date, events: Any, schedules: Sequence[Any]) -> None:
    """``counted``: how many items of each plan are in which state, one query for all of them."""
    rows = PlanItem.objects.kept().filter(schedule__in=[row.pk for row in schedules]).with_state(day, events)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for schedule, state, number in rows.values_list("schedule", "state").annotate(number=Count("pk")).order_by():
        found[schedule][state] = number
    for row in schedules:
        row.counted = found[row.pk]
        row.planned = sum(row.counted.values())


def _counted(state: PlanState, schedule: Any) -> int:
    return int(schedule.counted.get(state, 0))


def _items(schedule: Any) -> str:
    return f"{reverse('events:plan-list')}?schedule={schedule.pk}"


COLUMNS = (
    Column(
        "project",
        "Региональный проект",
        "project_title",
        link=Pages("events:schedule-detail"),
        names_row=True,
        order="project_title",
        width=70,
    ),
    Column("year", "Год", "year", order=("-year", "project_title"), css="numeric", width=8),
    Column("planned", "Пунктов", "planned", css="numeric", width=10),
    Column("held", "Проведено", partial(_counted, PlanState.HELD), css="numeric", width=12),
    Column("moved", "Перенесено", partial(_counted, PlanState.MOVED), css="numeric", width=12),
    Column("overdue", "Просрочено", partial(_counted, PlanState.OVERDUE), css="numeric", width=12),
    Column("ahead", "Предстоит", partial(_counted, PlanState.AHEAD), css="numeric", width=12),
)
