"""Who is to come: registered while there are seats, else waiting for one; withdrawn, and the next one moves up.

One event is one queue: whoever registers, withdraws or changes its seats waits for the row of the event, so that the
last seat goes to one, and a seat that becomes free to whoever waits first, in the same transaction.
"""

import datetime
from collections import Counter
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centers.models import Center, Person, User
from centers.people import namesakes
from events import told
from events.attendance import log as attendance_log
from events.models import Attendance, Event
from events.models.attendance import SEATED, Capacity, Presence
from events.models.event import EventStatus
from events.models.participant_count import Category
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.transitions import columns

COMING = (Presence.REGISTERED, Presence.WAITING, Presence.PRESENT)
MOVED_UP = "Освободилось место"


class NotOpen(Refusal):
    words = "На это мероприятие сейчас нельзя заявиться: оно не объявлено, уже прошло или отменено."


class Closed(Refusal):
    """The words name the moment."""


class OfOthers(Refusal):
    words = "Этот человек уже участвует в мероприятии не от вашего РВЦИ. Если это ошибка, напишите методисту."


class NotComing(Refusal):
    words = "Эта заявка уже снята или мероприятие началось. Обновите страницу."


class Seats(NamedTuple):
    """How full an event is."""

    taken: int
    waiting: int
    limit: int | None

    @property
    def free(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.taken)


def why_closed(event: Event, at: datetime.datetime, *, by_staff: bool = False) -> str:
    """Why nobody registers or withdraws now; nothing while it is open. Staff do so until the event begins."""
    if event.status != EventStatus.ANNOUNCED or event.starts_at <= at:
        return NotOpen.words
    if not by_staff and event.registration_ends_at <= at:
        moment = timezone.localtime(event.registration_ends_at)
        return (
            f"Приём заявок закрыт {moment:%d.%m.%Y} в {moment:%H:%M}. Позвоните методисту: он может внести изменения."
        )
    return ""


def seats_of(event: Event) -> Seats:
    counted = Counter(row.presence for row in event.attendances.all())
    return Seats(sum(counted[one] for one in SEATED), counted[Presence.WAITING], event.seats)


@transaction.atomic
def register(
    *,
    event: Event,
    center: Center,
    person: Person,
    by: User,
    at: datetime.datetime,
    capacity: str = Capacity.COORDINATOR,
    post: str = "",
    by_staff: bool = False,
) -> Attendance:
    """Somebody of a centre is to come, or waits for a seat; saying it twice changes nothing. A new person is saved.

    ``by_staff``: said on the telephone, and therefore later than centres say it themselves. Raises NotOpen, Closed,
    OfOthers.
    """
    event = locked(event)
    _refuse_closed(event, at, by_staff=by_staff)
    person = namesakes.known_or_new(person)
    row = event.attendances.filter(person=person).first()
    if row and row.presence in COMING:
        if row.center_id != center.pk and capacity != Capacity.COORDINATOR:
            raise OfOthers
        return row
    said: dict[str, Any] = {"center": center, "capacity": capacity, "post": post, **_whose(center, capacity)}
    row = _write(row or Attendance(event=event, person=person), by=by, at=at, **said, **_place(event, at))
    told.registered(row, by=by, at=at)
    return row


def _whose(center: Center, capacity: str) -> dict[str, Any]:
    category = Category.EDUCATOR if capacity == Capacity.PARTICIPANT else ""
    return {"organization": center.organization, "category": category}


def _place(event: Event, at: datetime.datetime) -> dict[str, Any]:
    """A seat where there is one."""
    if event.seats is None or event.attendances.seated().count() < event.seats:
        return {"presence": Presence.REGISTERED, "registered_at": at, "waiting_since": None}
    return {"presence": Presence.WAITING, "registered_at": None, "waiting_since": at}


@transaction.atomic
def withdraw(*, row: Attendance, why: str, by: User, at: datetime.datetime, by_staff: bool = False) -> None:
    """They do not come after all; whoever waits first has the seat. Raises NotOpen, Closed, NotComing."""
    event = locked(row.event)
    _refuse_closed(event, at, by_staff=by_staff)
    row = Attendance.objects.select_related("person", "center__organization").get(pk=row.pk)
    if row.presence not in (Presence.REGISTERED, Presence.WAITING):
        raise NotComing
    row.event = event
    _write(row, by=by, at=at, why=why, presence=Presence.WITHDRAWN, registered_at=None, waiting_since=None)
    told.withdrawn(row, why=why, by=by, at=at)
    move_up(event=event, by=by, at=at)


@transaction.atomic
def move_up(*, event: Event, by: User | None, at: datetime.datetime) -> list[Attendance]:
    """Whoever waits has the seats that are free, the first first."""
    event = locked(event)
    if event.status != EventStatus.ANNOUNCED or event.starts_at <= at:
        return []
    waiting = event.attendances.waiting().select_related("person", "center__organization")
    free = None if event.seats is None else max(0, event.seats - event.attendances.seated().count())
    moved = []
    for row in waiting[:free]:
        row.event = event
        _write(row, by=by, at=at, why=MOVED_UP, presence=Presence.REGISTERED, registered_at=at, waiting_since=None)
        told.moved_up(row, by=by, at=at)
        moved.append(row)
    return moved


@transaction.atomic
def substitute(
    *,
    row: Attendance,
    person: Person,
    by: User,
    at: datetime.datetime,
    post: str = "",
    capacity: str = Capacity.REPRESENTATIVE,
    by_staff: bool = False,
) -> Attendance:
    """Another comes in the place of this one, with the same seat or the same turn.

    Raises NotOpen, Closed, NotComing, OfOthers where that one comes already.
    """
    event = locked(row.event)
    _refuse_closed(event, at, by_staff=by_staff)
    row = Attendance.objects.select_related("person", "center__organization").get(pk=row.pk)
    if row.presence not in (Presence.REGISTERED, Presence.WAITING) or row.center is None:
        raise NotComing
    row.event, person = event, namesakes.known_or_new(person)
    other = event.attendances.filter(person=person).first() or Attendance(event=event, person=person)
    if other.presence in COMING:
        raise OfOthers
    turn = {"presence": row.presence, "waiting_since": row.waiting_since}
    if capacity != Capacity.COORDINATOR:
        capacity = Capacity.REPRESENTATIVE if row.capacity == Capacity.COORDINATOR else row.capacity
    why = f"Вместо – {person.surname_first}"
    _write(row, by=by, at=at, why=why, presence=Presence.WITHDRAWN, registered_at=None, waiting_since=None)
    said: dict[str, Any] = {**turn, "registered_at": None if turn["waiting_since"] else at}
    said |= {"center": row.center, "capacity": capacity, "post": post, **_whose(row.center, capacity)}
    other = _write(other, by=by, at=at, **said)
    told.withdrawn(row, why=why, by=by, at=at)
    told.registered(other, by=by, at=at)
    return other


def of_centers(event: Event, centers: QuerySet[Center]) -> QuerySet[Attendance]:
    """Everybody who is to come, waits or has withdrawn, of these centres."""
    rows = event.attendances.filter(center__in=centers).select_related("person", "center__organization", "event")
    return rows.order_by("person__sort_key", "pk")


def comes(event: Event, user: User, day: datetime.date) -> bool:
    """Somebody of this person's centre, or this person, has a seat or was there."""
    seated = [row for row in event.attendances.all() if row.presence in SEATED]
    if any(row.person_id == user.person_id for row in seated):
        return True
    centers = {row.center_id for row in seated if row.center_id} if "coordinator" in user.roles_on(day) else set()
    return bool(centers) and Center.objects.coordinated_by(user.person, day).filter(pk__in=centers).exists()


def locked(event: Event) -> Event:
    """As it is now; whoever else asks for its seats waits."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _refuse_closed(event: Event, at: datetime.datetime, *, by_staff: bool) -> None:
    if event.status != EventStatus.ANNOUNCED or event.starts_at <= at:
        raise NotOpen
    if why := why_closed(event, at, by_staff=by_staff):
        raise Closed(why)


def _write(row: Attendance, *, by: User | None, at: datetime.datetime, why: str = "", **fields: Any) -> Attendance:
    """The row as ``fields`` say, with its row of the history."""
    before = columns(row) if row.pk else None
    said = {**fields, **({"marked_by": by} if by else {}), "marked_at": at}
    for name, value in said.items():
        setattr(row, name, value)
    with authorship.explain(why, by=by.pk if by else None):
        row.save(update_fields=list(said) if before else None)
    attendance_log.note(row, before, by=by, at=at, why=why)
    return row
