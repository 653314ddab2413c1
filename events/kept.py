"""What the methodist keeps here, as ``rcro_portal.lib.keeping`` makes pages of it."""

from typing import Any

from django.db.models import QuerySet

from events import permissions
from events.models import PlanItem, PlanResponsible, PlanSchedule
from events.plan import items as plan_items
from events.plan.forms import PlanItemForm, ResponsibleForm, ScheduleForm
from rcro_portal.lib.keeping import Keeper, Noun, Part

KEEPERS = "План-график ведут методист сети и администратор."


def _may(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep_plan(user) else KEEPERS


def _items(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return PlanItem.objects.select_related("schedule")


def _schedules(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return PlanSchedule.objects.all()


RESPONSIBLE = Part(
    model=PlanResponsible,
    form=ResponsibleForm,
    noun=Noun("Ответственный", "Новый ответственный", "ответственного"),
    name="plan-responsible",
    route="responsible/",
    owner="item",
    title="Отвечают",
    empty="Никто не назван.",
    lead="Отдел или человек. Кого в портале нет, пишут в карточке пункта.",
    order=("pk",),
    rows=lambda rows: rows.select_related("person", "department"),
)
PLAN_ITEMS = Keeper(
    model=PlanItem,
    form=PlanItemForm,
    noun=Noun("Пункт плана", "Новый пункт плана", "пункт"),
    app="events",
    name="plan-item",
    route="plan/items/",
    seen=_items,
    may=_may,
    listed="events:plan-list",
    parts=(RESPONSIBLE,),
    create=plan_items.create,
    change=plan_items.change,
    archive_words="Из плана-графика и показателей пункт уйдёт. Привязанные мероприятия и история остаются как есть.",
)
SCHEDULES = Keeper(
    model=PlanSchedule,
    form=ScheduleForm,
    noun=Noun("План-график", "Новый план-график", "план-график"),
    app="events",
    name="schedule",
    route="plan/schedules/",
    seen=_schedules,
    may=_may,
    change=plan_items.change_schedule,
)
