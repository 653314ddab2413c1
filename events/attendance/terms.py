"""For whom an event is, how many seats it has, until when centres register, and to which series it belongs."""

import datetime
from typing import Any

from django.db import transaction

from centers.models import User
from events.attendance import registrations
from events.models import Event, EventSeries
from events.plan import plan
from rcro_portal.lib import records
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import Refusal

TERMS = ("audience", "seats", "registration_closes_at", "series")


class FewerSeats(Refusal):
    """Fewer seats than people have them already; the words say how many."""


def held(event: Event) -> dict[str, Any]:
    """By the names of columns; relations by their keys."""
    return {name: getattr(event, Event._meta.get_field(name).attname) for name in TERMS}


@transaction.atomic
def change(*, event: Event, by: User, at: datetime.datetime, new_series: str = "", **fields: Any) -> None:
    """More seats bring up those who wait. Raises EventFinished, FewerSeats; Moved where another has changed them."""
    plan.refuse_finished(event)
    seen = {**held(event), "status": event.status}
    taken = registrations.seats_of(registrations.locked(event)).taken
    if (seats := fields.get("seats")) and seats < taken:
        raise FewerSeats(f"Уже заявлено: {taken}. Мест не может быть меньше.")
    with authorship.explain("", by=by.pk):
        if new_series:
            fields["series"], _ = EventSeries.objects.get_or_create(title=new_series)
        records.change(event, held=seen, **fields)
    registrations.move_up(event=event, by=by, at=at)
