"""The list of events: what is planned, announced and held."""

from typing import Any

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from centers.models import Department
from events import permissions
from events.models import Event
from events.models.event import EventKind, EventStatus
from events.views.event_bulk import ChangeEvents
from rcro_portal.lib.keeping import BulkPages
from rcro_portal.lib.registers import Column, DatedBy, Empty, Filter, Pages, Register, answer, badge
from rcro_portal.lib.russian import upper_first

EMPTY = Empty("Мероприятий пока нет", "Внесённое в план мероприятие появится здесь.")
BULK = BulkPages(of=ChangeEvents())


def event_list(request: HttpRequest, file: str = "") -> HttpResponse:
    may_plan = permissions.may_plan(request.user)
    return answer(request, table(request), "events/event_list.html", file, bulk=BULK, may_plan=may_plan)


def table(request: HttpRequest) -> Register:
    rows = Event.objects.visible_to(request.user)
    return Register(
        rows.select_related("department"),
        request.GET,
        url_name="events:event-list",
        title="Мероприятия",
        nouns=("мероприятие", "мероприятия", "мероприятий"),
        columns=COLUMNS,
        default="date",
        empty=EMPTY,
        search="search_key",
        search_label="Тема",
        filters=_filters(rows, request.user),
        dated_by=DatedBy("starts_at__date", "Начало"),
        is_void=lambda event: event.status == EventStatus.CANCELLED,
    )


def _filters(rows: QuerySet, user: Any) -> dict[str, Filter]:
    """The years in which this reader sees an event at all; «проводит» for the institution's staff."""
    ends = rows.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    first, last = (timezone.localtime(at).year if at else 0 for at in (ends["first"], ends["last"]))
    years = [(str(year), str(year)) for year in range(last, first - 1, -1) if year]
    found = {"year": Filter(years, _in_year, "Год")}
    if permissions.is_office(user):
        departments = Department.objects.order_by("name").values_list("pk", "name")
        found["by"] = Filter.among("department", [(str(pk), name) for pk, name in departments], "Проводит")
    return found


def _in_year(rows: Any, year: str) -> QuerySet:
    return rows.filter(starts_at__year=int(year))


def _when(event: Event) -> str:
    """The days; the hour of what takes one."""
    if event.first_day != event.last_day:
        return event.days
    return f"{event.days} {timezone.localtime(event.starts_at):%H:%M}"


COLUMNS = (
    Column(
        "topic",
        "Тема",
        "topic",
        link=Pages("reports:event-page"),
        names_row=True,
        order=("sort_key", "-starts_at"),
        width=60,
    ),
    Column("date", "Когда", _when, order="-starts_at", css="nowrap", width=24),
    Column(
        "kind",
        "Вид",
        lambda event: upper_first(event.what),
        order=("kind", "-starts_at"),
        filter=Filter.among("kind", EventKind.choices),
        width=20,
    ),
    Column("department", "Проводит", "department.name", order=("department__name", "-starts_at"), width=30),
    Column(
        "status",
        "Состояние",
        lambda event: event.get_status_display(),
        html=lambda event: badge(event.status, event.get_status_display()),
        order=("status", "-starts_at"),
        filter=Filter.among("status", EventStatus.choices),
        width=16,
    ),
)
