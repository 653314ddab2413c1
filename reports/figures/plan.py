"""Figures of the plan-schedules of a year, plan against fact."""

from collections.abc import Mapping

from events.models import PlanItem, PlanSchedule
from events.models.plan_item import PlanItemQuerySet, PlanState
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query


def _planned(*, year: int) -> PlanItemQuerySet:
    return PlanItem.objects.kept().of_year(year)


def _held(*, year: int) -> PlanItemQuerySet:
    return _planned(year=year).held()


def _list_of(*, year: int, **filters: str) -> str:
    """The plan-schedules of the year in the list of their items; nothing where that year has none."""
    keys = list(PlanSchedule.objects.filter(year=year).order_by("pk").values_list("pk", flat=True))
    return listings.filtered("events:plan-list", schedule=keys, **filters) if keys else ""


QUERIES: Mapping[str, Query] = {
    "plan_items": Query(
        title="Пункты планов-графиков",
        describes="пункты планов-графиков этого года, кроме тех, что в архиве",
        over="year",
        noun=NOUNS["plan_item"],
        rows=_planned,
        listing=listings.PLAN_ITEMS,
        listed=_list_of,
    ),
    "plan_items_held": Query(
        title="Проведённые пункты планов-графиков",
        describes="пункты планов-графиков этого года, по которым мероприятие проведено или работа выполнена",
        over="year",
        noun=NOUNS["plan_item"],
        rows=_held,
        listing=listings.PLAN_ITEMS,
        listed=lambda *, year: _list_of(year=year, state=PlanState.HELD.value),
        part_of="plan_items",
    ),
}
