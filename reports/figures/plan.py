"""Figures of the plan-schedules of a year, plan against fact."""

from collections.abc import Mapping

from events.models import PlanItem
from events.models.plan_item import PlanItemQuerySet
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query


def _planned(*, year: int) -> PlanItemQuerySet:
    return PlanItem.objects.kept().of_year(year)


def _held(*, year: int) -> PlanItemQuerySet:
    return _planned(year=year).held()


QUERIES: Mapping[str, Query] = {
    "plan_items": Query(
        title="Пункты планов-графиков",
        describes="пункты планов-графиков этого года, кроме тех, что в архиве",
        over="year",
        noun=NOUNS["plan_item"],
        rows=_planned,
        listing=listings.PLAN_ITEMS,
    ),
    "plan_items_held": Query(
        title="Проведённые пункты планов-графиков",
        describes="пункты планов-графиков этого года, по которым мероприятие проведено или работа выполнена",
        over="year",
        noun=NOUNS["plan_item"],
        rows=_held,
        listing=listings.PLAN_ITEMS,
        part_of="plan_items",
    ),
}
