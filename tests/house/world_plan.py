"""What the prepared world of the tests of rights holds of the plan-schedule."""

from typing import TYPE_CHECKING, Any

from tests import clock
from tests.factories import events

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"  # of a draft that is tied, and of who answers: for staff


def _plan(world: "World") -> None:
    """An item with a held event and a draft, one that nothing points to, one that is put away."""
    item = events.PlanItemFactory(responsible_said=CANARY, remark=CANARY)
    fields: dict[str, Any] = {"plan_item": item, "schedule": item.schedule}
    event = events.held(**fields)
    events.EventFactory(topic=f"К пункту: {CANARY}", **fields)
    answers = events.PlanResponsibleFactory(item=item)
    away = events.PlanItemFactory(archived_at=clock.now(), archive_reason="Повтор")
    world.rows |= {"item": item, "item.away": away, "item.idle": events.PlanItemFactory(), "plan": item.schedule}
    world.rows["free-event"] = events.EventFactory(topic=f"Ничей черновик: {CANARY}")
    world.args |= {
        "item.event": (item.pk, event.pk),
        "item.who": (item.pk, answers.pk),
        "item.history": ("plan-item", item.pk),
        "plan.history": ("schedule", item.schedule_id),
    }


def an_item(world: "World", row: Any) -> dict[str, Any]:
    """What the form of an item would send."""
    return {"schedule": world.rows["plan"].pk, "number": "77", "title": "Открытая лаборатория", "when_said": "март"}


PREPARED = (_plan,)
