"""The plan: an event is put down, announced, held or called off."""

import datetime
from typing import Any

from django.db import transaction

from centers.models import User
from events import told
from events.models import Event, EventTransition
from events.models.event import EventStatus
from rcro_portal.lib import records
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.transitions import move


class EventFinished(Refusal):
    words = "Мероприятие уже проведено или отменено: в плане его не меняют."


class NotBegunYet(Refusal):
    words = "Мероприятие ещё не началось: отметить его проведённым можно после начала."


def put_down(*, by: User, at: datetime.datetime, **fields: Any) -> Event:
    """A new event of the plan; it stays a draft until it is announced."""
    return Event.objects.create(planned_by=by, planned_at=at, **fields)


def refuse_finished(event: Event) -> None:
    """Raises EventFinished."""
    if event.status not in (EventStatus.DRAFT, EventStatus.ANNOUNCED):
        raise EventFinished


PLANNED = (
    "kind",
    "body",
    "topic",
    "purpose",
    "starts_at",
    "ends_at",
    "form",
    "place",
    "link",
    "department",
    "schedule",
)


def held(event: Event) -> dict[str, Any]:
    """What the plan says of it, by the names of columns; relations by their keys."""
    return {name: getattr(event, Event._meta.get_field(name).attname) for name in PLANNED}


@transaction.atomic
def change(*, event: Event, by: User, at: datetime.datetime, **fields: Any) -> None:
    """Raises EventFinished, and Moved where somebody else has changed the event since it was read."""
    refuse_finished(event)
    before = {name: getattr(event, name) for name in told.MATERIAL}
    records.change(event, held={**held(event), "status": event.status}, **fields)
    became = {name: value for name, value in before.items() if getattr(event, name) != value}
    if became and event.status == EventStatus.ANNOUNCED:
        told.changed(event, before=became, by=by, at=at)


@transaction.atomic
def announce(*, event: Event, by: User, at: datetime.datetime) -> None:
    """Coordinators see it from now on and can register."""
    move(event, EventStatus.ANNOUNCED, by=by, at=at, transitions=EventTransition)
    told.announced(event, by=by, at=at)


@transaction.atomic
def hold(*, event: Event, by: User, at: datetime.datetime) -> None:
    if at < event.starts_at:
        raise NotBegunYet
    move(event, EventStatus.HELD, by=by, at=at, transitions=EventTransition)
    told.held(event, by=by, at=at)


@transaction.atomic
def cancel(*, event: Event, note: str, by: User, at: datetime.datetime) -> None:
    was_announced = event.status == EventStatus.ANNOUNCED
    move(event, EventStatus.CANCELLED, by=by, at=at, note=note, transitions=EventTransition)
    if was_announced:
        told.cancelled(event, note=note, by=by, at=at)
