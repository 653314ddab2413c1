"""The plan-schedule as a list: what is to be held, when, by whom, and what became of it."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from events import permissions
from events.kept import PLAN_ITEMS
from events.models import Event, PlanItem, PlanSchedule
from events.models.plan_item import PlanState
from events.plan import facts as plan_facts
from rcro_portal.lib.keeping import BulkPages
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer, badge, link, note
from rcro_portal.lib.registers.importing import registry

PAGE, EVENT_PAGE = Pages("events:plan-item-detail"), Pages("reports:event-page")
EMPTY = Empty("Пунктов плана пока нет", "Внесите их по одному или загрузите план-график из файла.")
BULK = BulkPages(PLAN_ITEMS, "section", "form", "audience", "place", "responsible_said")
ARCHIVED = ("archived", "в архиве")


def plan_list(request: HttpRequest, file: str = "") -> HttpResponse:
    """Published, but for who answers for what and what is not announced yet: that the institution's staff see."""
    office = permissions.is_office(request.user)
    events = Event.objects.visible_to(request.user)
    rows = PlanItem.objects.with_state(timezone.localdate(), events).select_related("schedule")
    table = Register(
        rows if request.GET.get("kept") == ARCHIVED[0] else rows.kept(),
        request.GET,
        url_name="events:plan-list",
        title="План-график",
        nouns=("пункт", "пункта", "пунктов"),
        columns=_columns(office=office),
        default="number",
        empty=EMPTY,
        search="search_key",
        search_label="№ или мероприятие",
        filters={"schedule": _schedules(), "kept": Filter([ARCHIVED], _by_archive, "Архив")},
        attach=partial(plan_facts.attach, events=events, names=office),
        group=partial(_group, len(request.GET.getlist("schedule")) == 1),
        brings_in=registry.link_for(request.user, "plan"),
        is_void=lambda item: item.is_archived or item.state == PlanState.CALLED_OFF,
    )
    add = PLAN_ITEMS.url("new") if permissions.may_keep_plan(request.user) else ""
    return answer(request, table, "events/plan_list.html", file, bulk=BULK, add_url=add, noun=PLAN_ITEMS.noun)


def _schedules() -> Filter:
    rows = PlanSchedule.objects.order_by("-year", "project_title")
    projects = {row.project_title for row in rows}
    options = [
        (str(row.pk), str(row.year) if len(projects) == 1 else f"{row.year}, {row.project_title}") for row in rows
    ]
    return Filter.among("schedule", options, "План на год" if len(projects) == 1 else "План")


def _by_archive(rows: Any, value: str) -> QuerySet:  # noqa: ARG001
    return rows.archived()


def _columns(*, office: bool) -> list[Column]:
    number = ("-schedule__year", "schedule__project_title", "sort_key")
    columns = [
        Column("number", "№", "number", order=number, css="nowrap", width=8),
        Column(
            "title",
            "Мероприятие",
            "title",
            link=PAGE,
            names_row=True,
            order=("search_key",),
            css="plan__title",
            width=60,
        ),
        Column("section", "Раздел", "section", order=("section", "sort_key"), on_page=False, width=30),
        Column("form", "Форма", "form", order=("form", "sort_key"), width=18),
        Column("when", "Срок", "when_said", order=("first_on", "last_on", "sort_key"), width=24),
        Column("who", "Отвечает", "who", blank=plan_facts.MISSING, width=30),
        Column("audience", "Для кого", "audience", width=30),
        Column("place", "Место", "place", on_page=False, width=24),
        Column(
            "state",
            "Состояние",
            lambda item: PlanState(item.state).label,
            html=lambda item: badge(item.state, PlanState(item.state).label),
            order=("state", "first_on"),
            filter=Filter.by("state", PlanState.choices),
            width=16,
        ),
        Column("fact", "Факт", _facts, html=_facts_linked, width=40),
        Column("remark", "Примечание", "remark", on_page=False, width=40),
        Column("schedule", "План", lambda item: str(item.schedule.year), on_page=False, order=number, width=8),
    ]
    return columns if office else [column for column in columns if column.key != "remark"]


def _group(is_one_plan: bool, item: Any) -> str:
    """«II. Поддержка педагогов», of several plans with the year: «2026: II. Поддержка педагогов»."""
    year = "" if is_one_plan else str(item.schedule.year)
    return ": ".join(filter(None, (year, item.section)))


def _facts(item: Any) -> str:
    """«18.09.2020 вебинар «…», проведено»; what was done without an event of the portal says its day."""
    done = [f"выполнено {item.done_on:%d.%m.%Y}"] if item.done_on else []
    return "; ".join([*done, *(f"{row.days} {row}, {row.get_status_display().lower()}" for row in item.held_as)])


def _facts_linked(item: Any) -> SafeString:
    done = [SafeString(f"выполнено {item.done_on:%d.%m.%Y}")] if item.done_on else []
    events = [link(EVENT_PAGE(row), row.days) + note(row.get_status_display()) for row in item.held_as]
    return SafeString("<br>".join([*done, *events]))
