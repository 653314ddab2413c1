"""The table of a period: each centre's technical assignment, whom it waits for and since when."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from centers.models import Center, Coordinator, Municipality
from events import permissions
from events.assignments import standing
from events.kept import PERIODS
from events.models import AssignmentPeriod
from events.models.assignment import AssignmentStatus
from rcro_portal.lib.registers import (
    Column,
    Empty,
    Filter,
    Pages,
    Register,
    answer,
    badge,
    drawn,
    joined,
    link,
    note,
    nowrap,
)
from rcro_portal.lib.text import whole_number

LABELS = dict(standing.STATES)
LATE = ("late", "Не сдано в срок")
NO_PERIOD = Empty("Технических заданий пока нет", "Методист откроет период: после этого центры напишут задания.")
EMPTY = Empty("Технических заданий пока нет", "У центров, которые вам видны, нет статуса РВЦИ в этом периоде.")
NOBODY = "координатора нет"


def assignment_list(request: HttpRequest, file: str = "") -> HttpResponse:
    """Of the period asked for, else of the present one."""
    day = timezone.localdate()
    periods = list(AssignmentPeriod.objects.newest_first().select_related("department"))
    period = _asked(periods, whole_number(request.GET.get("period")), day)
    rows = standing.of_period(period, request.user, day) if period else Center.objects.none()
    table = _table(request, rows, period, periods, day)
    reminds = period and permissions.may_agree_assignments(request.user)
    context = {
        "period": period,
        "remind_url": reverse("events:assignment-remind", args=[period.pk]) if reminds else "",
        "new_period_url": PERIODS.url("new") if not period and permissions.may_keep_plan(request.user) else "",
    }
    return answer(request, table, "events/assignment_list.html", file, **context)


def _asked(periods: Sequence[AssignmentPeriod], asked: int, day: datetime.date) -> Any:
    """As ``nearest`` finds it where none is asked for."""
    begun = [one for one in periods if one.since <= day]
    return next((one for one in periods if one.pk == asked), None) or next(iter(begun or periods[::-1]), None)


def _table(
    request: HttpRequest,
    rows: Any,
    period: AssignmentPeriod | None,
    periods: Sequence[AssignmentPeriod],
    day: datetime.date,
) -> Register:
    # Where none is chosen one is shown all the same: it chooses and narrows nothing.
    shown = _asked(periods, 0, day)
    others = [(str(one.pk), one.title) for one in periods if one != shown]
    unchosen = shown.title if shown else "Все"
    filters = {"period": Filter(others, lambda rows, value: rows, "Период", unchosen=unchosen)}  # noqa: ARG005
    if permissions.is_office(request.user):
        held = Municipality.objects.filter(organizations__center__isnull=False).distinct().order_by("name")
        places = list(held.values_list("code", "name"))
        filters["municipality"] = Filter.among("organization__municipality__code", places, "Муниципалитет")
    return Register(
        rows,
        request.GET,
        url_name="events:assignment-list",
        title=f"Технические задания, {period}" if period else "Технические задания",
        file_name="технические задания",
        nouns=("центр", "центра", "центров"),
        columns=_columns(period, day) if period else [CENTER],
        # What waits for somebody first, the longest of them; what was not begun leads.
        default="urgency" if period else "center",
        orders={"urgency": ("urgency", "moved_at", "organization__sort_key")} if period else {},
        empty=EMPTY if period else NO_PERIOD,
        filters=filters,
        search="organization__search_key",
        search_label="Центр" if permissions.is_office(request.user) else "",
        attach=partial(_attach, period, day) if period else None,
        is_short=True,
    )


def _attach(period: AssignmentPeriod, day: datetime.date, centers: Sequence[Any]) -> None:
    """Of each centre ``coordinator``, ``waits_for`` in words and ``page``; one query for all."""
    posts = Coordinator.objects.in_force_on(day).filter(center__in=[row.pk for row in centers])
    names = {post.center_id: post.person.surname_first for post in posts.select_related("person")}
    # The address ends with the centre.
    begin = reverse("events:assignment-new", args=[period.pk, 0]).removesuffix("0/")
    for row in centers:
        row.coordinator = names.get(row.pk, "")
        whom = (row.coordinator or NOBODY, f"методисты: {period.department.name}", "")[row.urgency]
        row.waits_for = whom if row.has_status else ""
        # Its assignment, or the page where it is begun.
        row.page = ASSIGNMENT(row) or f"{begin}{row.pk}/"


def _named(center: Any) -> str:
    return str(center.organization)


def _linked(center: Any) -> SafeString:
    named = link(center.page, _named(center))
    return named if center.has_status else named + note("статуса РВЦИ нет")


ASSIGNMENT = Pages("events:assignment-detail", "assignment")
CENTER = Column("center", "Центр", _named, names_row=True, order="organization__sort_key", width=40)


def _columns(period: AssignmentPeriod, day: datetime.date) -> list[Column]:
    states = Filter([*standing.STATES, LATE], partial(_narrowed, period, day))
    return [
        replace(CENTER, html=_linked),
        Column(
            "municipality",
            "Муниципалитет",
            lambda center: center.organization.municipality.name,
            order=("organization__municipality__name", "organization__sort_key"),
            on_page=False,
            width=30,
        ),
        Column(
            "state",
            "Состояние",
            lambda center: LABELS[center.state],
            html=partial(_state, period, day),
            order=("state", "organization__sort_key"),
            filter=states,
            width=20,
        ),
        Column("waits_for", "Кого ждём", "waits_for", blank="никого", width=36),
        Column("since", "С какого дня", lambda center: timezone.localdate(center.moved_at), order="moved_at", width=14),
        Column("agreed", "Согласована редакция", _agreed, order="agreed_number", css="numeric", width=12),
        Column("coordinator", "Координатор", "coordinator", on_page=False, width=30),
    ]


def _agreed(center: Any) -> int | None:
    return center.agreed_number or None


def _narrowed(period: AssignmentPeriod, day: datetime.date, rows: Any, value: str) -> QuerySet:
    return standing.late(rows, period, day) if value == "late" else rows.filter(state=value)


def _state(period: AssignmentPeriod, day: datetime.date, center: Any) -> SafeString:
    shown = badge("open" if center.state == standing.NONE else center.state, LABELS[center.state])
    is_late = center.has_status and center.state in standing.NOT_SUBMITTED and day > period.due_on
    late = drawn("components/term.html", text="не сдано", tone="overdue") if is_late else ""
    in_force = note("прежняя редакция в силе") if center.state == AssignmentStatus.AMENDED else ""
    return joined(shown, " ", nowrap(late), in_force)
