"""What stands beside items of the plan on pages and in files: who answers for them, which events they became."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from events.models import Event, PlanItem, PlanResponsible

MISSING = "не указано"


def attach(items: Sequence[Any], events: Any, *, names: bool) -> None:
    """``who`` and ``held_as`` of each item, two queries for all; ``names``: people are named, not departments alone."""
    keys = [item.pk for item in items]
    answering, became = _answering(keys), _events(keys, events)
    for item in items:
        rows = answering.get(item.pk, [])
        item.who = who(item, rows) if names else "; ".join(str(row) for row in rows if row.department)
        item.held_as = became.get(item.pk, [])


def who(item: PlanItem, rows: Sequence[PlanResponsible]) -> str:
    """«Лыжина Н.П.; отдел …», then whoever the portal does not know: as imports take them apart."""
    return "; ".join(filter(None, [*map(str, rows), item.responsible_said]))


def _answering(keys: list[int]) -> dict[int, list[PlanResponsible]]:
    rows = PlanResponsible.objects.filter(item__in=keys).select_related("person", "department")
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.item_id].append(row)
    return found


def _events(keys: list[int], events: Any) -> dict[int, list[Event]]:
    found = defaultdict(list)
    for event in events.filter(plan_item__in=keys).order_by("starts_at", "pk"):
        found[event.plan_item_id].append(event)
    return found
