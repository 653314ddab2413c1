"""Attendance: who registered, who was there, who stood in for a coordinator."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from centers.models import Center, Person, User
from events import plan
from events.models import Attendance, Event
from events.models.attendance import Capacity, Presence
from events.models.event import EventStatus
from rcro_portal.refusals import Refusal


class NotOpen(Refusal):
    words = "На это мероприятие сейчас нельзя заявиться: оно не объявлено, уже прошло или отменено."


class NotHeldYet(Refusal):
    words = "Отметить участников можно после начала мероприятия."


def register(*, event: Event, center: Center, person: Person, by: User, at: datetime.datetime) -> Attendance:
    """A coordinator says that they will come; saying it twice changes nothing."""
    if event.status != EventStatus.ANNOUNCED or event.starts_at <= at:
        raise NotOpen
    attendance, _ = Attendance.objects.get_or_create(
        event=event,
        person=person,
        defaults={
            "center": center,
            "capacity": Capacity.COORDINATOR,
            "presence": Presence.REGISTERED,
            "marked_by": by,
            "marked_at": at,
        },
    )
    return attendance


@transaction.atomic
def mark(
    *, event: Event, coordinators: dict[Center, Person], present: Iterable[Center], by: User, at: datetime.datetime
) -> int:
    """Write for each centre whether its coordinator was there, and the event as held; returns how many were."""
    _refuse_early(event, at)
    here = set(present)
    # Present ones last: whoever coordinates two centres and came for one of them was there.
    for center, person in sorted(coordinators.items(), key=lambda pair: pair[0] in here):
        presence = Presence.PRESENT if center in here else Presence.ABSENT
        Attendance.objects.update_or_create(
            event=event,
            person=person,
            defaults={
                "center": center,
                "capacity": Capacity.COORDINATOR,
                "presence": presence,
                "marked_by": by,
                "marked_at": at,
            },
        )
    if event.status == EventStatus.ANNOUNCED:
        plan.hold(event=event, by=by, at=at)
    return len(here & coordinators.keys())


@transaction.atomic
def mark_representative(*, event: Event, center: Center, person: Person, by: User, at: datetime.datetime) -> Attendance:
    """Somebody was there instead of the coordinator; the letter's figure counts coordinators only."""
    _refuse_early(event, at)
    if person.pk is None:
        person.save()
    attendance, _ = Attendance.objects.update_or_create(
        event=event,
        person=person,
        defaults={
            "center": center,
            "capacity": Capacity.REPRESENTATIVE,
            "presence": Presence.PRESENT,
            "marked_by": by,
            "marked_at": at,
        },
    )
    return attendance


def _refuse_early(event: Event, at: datetime.datetime) -> None:
    if at < event.starts_at or event.status not in (EventStatus.ANNOUNCED, EventStatus.HELD):
        raise NotHeldYet
