"""The programme of an event: its parts in their order, and who speaks, with the post of that day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import DateField, F, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from centers.people import posts
from events.models import Event, ProgrammeItem
from rcro_portal.lib.keeping import writing

SPEAKERS = ("speaker", "with_speaker")


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


def shown(event: Event, items: Iterable[Any] | None = None) -> list[Shown]:
    """In order; posts are those of the day of each part. ``items``: of ``rows``, where the page has read them."""
    found = rows(event).filter(event=event) if items is None else items
    return [Shown(item, item.hour, item.title, _who(item)) for item in found]


def rows(event: Event) -> QuerySet[ProgrammeItem]:
    """The parts of this event's programme, each with the posts of its speakers that day."""
    day = Coalesce("day", Value(event.first_day, DateField()))
    held = {f"{name}_post": posts.printed_of(OuterRef(name), OuterRef("of_day")) for name in SPEAKERS}
    found = ProgrammeItem.objects.annotate(of_day=day).annotate(**held)
    return found.select_related(*SPEAKERS, "organization").order_by("position", "pk")


def _who(item: Any) -> str:
    """«Зимина И.П., методист; лицей № 7; гость, профессор»."""
    return "; ".join(filter(None, (*_named(item), _organization(item), item.others)))


def _named(item: Any) -> Iterator[str]:
    for name in SPEAKERS:
        if speaker := getattr(item, name):
            yield ", ".join(filter(None, (speaker.surname_first, getattr(item, f"{name}_post"))))


def _organization(item: ProgrammeItem) -> str:
    return str(item.organization) if item.organization else ""
