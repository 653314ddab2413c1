"""What the prepared world of the tests of rights holds of earlier outcomes and of typical paragraphs."""

import datetime
from typing import TYPE_CHECKING, Any

from tests.factories import events

if TYPE_CHECKING:
    from tests.house.world import World

EARLIER = datetime.timedelta(days=400)


def _past(world: "World") -> None:
    """An earlier outcome of the kind, and a paragraph of all departments."""
    writing, filed = world.rows["writing"], world.rows["filed"]
    starts_at = min(writing.event.starts_at, filed.event.starts_at) - EARLIER
    earlier = events.ready_outcome(event=events.held(kind=writing.event.kind, starts_at=starts_at))
    paragraph = events.StockParagraphFactory()
    world.rows["paragraph"] = paragraph
    for name, outcome in (("writing", writing), ("filed", filed)):
        world.args |= {
            f"{name}.past": (outcome.pk, earlier.pk),
            f"{name}.paragraph": (outcome.pk, paragraph.pk),
        }
    world.args["paragraph.history"] = ("paragraph", paragraph.pk)


def a_paragraph(world: "World", row: Any) -> dict[str, Any]:
    """What its form would send."""
    return {"title": "О публикации", "text": "Материалы опубликованы на сайте.", "since": "2020-01-01"}


PREPARED = (_past,)
