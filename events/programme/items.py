"""The programme of an event: its parts in their order, and who speaks, with the post of that day."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Max

from centers.people import posts
from events.models import Event, ProgrammeItem
from rcro_portal.lib.keeping import writing


class Shown(NamedTuple):
    """One part as people read it."""

    item: ProgrammeItem
    hour: str
    title: str
    who: str


@transaction.atomic
def create(model: Callable[..., Any], *, by: Any, why: str = "", event: Event, **fields: Any) -> ProgrammeItem:
    """A new part, at the end unless a place is named. Raises as ``writing.create``."""
    last = _lock(event)
    place = min(fields.pop("position", None) or last + 1, last + 1)
    _make_room(event, place)
    return writing.create(model, by=by, why=why, event=event, position=place, **fields)


@transaction.atomic
def change(
    item: ProgrammeItem, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any
) -> bool:
    """As ``writing.change``; brought to another place, it moves those that stand there down."""
    last = _lock(item.event)
    if place := fields.pop("position", None):
        place = min(place, last + 1)
        if place != item.position:
            _make_room(item.event, place)
            item.refresh_from_db(fields=["position"])
            held = {**held, "position": item.position} if held else held
            fields["position"] = place
    return writing.change(item, by=by, held=held, why=why, **fields)


def _lock(event: Event) -> int:
    """Of two who put in a part at once the second waits; the last place that is taken."""
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    return event.programme.aggregate(last=Max("position"))["last"] or 0


def _make_room(event: Event, place: int) -> None:
    if event.programme.filter(position=place).exists():
        event.programme.filter(position__gte=place).update(position=F("position") + 1)


def shown(event: Event) -> list[Shown]:
    """In order; posts are those of the day of each part."""
    rows = event.programme.select_related("speaker", "with_speaker", "organization")
    items = list(rows.order_by("position", "pk"))
    return [Shown(item, item.hour, item.title, who) for item, who in zip(items, speakers(event, items), strict=True)]


def speakers(event: Event, items: Sequence[ProgrammeItem]) -> list[str]:
    """«Зимина И.П., методист; лицей № 7; гость, профессор», for each of the parts."""
    said = _posts(event, items)
    return ["; ".join(filter(None, (said.get(item.pk, ""), _organization(item), item.others))) for item in items]


def _posts(event: Event, items: Sequence[ProgrammeItem]) -> dict[int, str]:
    """Names with posts, by the keys of parts."""
    days: dict[datetime.date, list[ProgrammeItem]] = {}
    for item in items:
        if item.people:
            days.setdefault(item.day or event.first_day, []).append(item)
    said = {}
    for day, on_it in days.items():
        held = posts.printed({one.pk for item in on_it for one in item.people}, day)
        for item in on_it:
            named = (", ".join(filter(None, (one.surname_first, held.get(one.pk, "")))) for one in item.people)
            said[item.pk] = "; ".join(named)
    return said


def _organization(item: ProgrammeItem) -> str:
    return str(item.organization) if item.organization else ""
