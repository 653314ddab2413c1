"""Attendance: who registered, who was there, who stood in for a coordinator."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centers.models import Center, Coordinator, Person, User
from centers.people import namesakes
from events.attendance import log as attendance_log
from events.models import Attendance, Event
from events.models.attendance import Capacity, Presence
from events.models.event import EventStatus
from events.plan import plan
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import columns


class NotThere(Refusal):
    words = "Этого центра или человека среди участников больше нет. Обновите страницу."


class CameThemselves(Refusal):
    words = (
        "Этот человек отмечен как координатор. Снимите ту отметку, если она ошибочна, и назовите представителя снова."
    )


class NotHeldYet(Refusal):
    words = "Отметить участников можно после начала мероприятия."


@transaction.atomic
def mark(*, event: Event, center: Center, person: Person, by: User, at: datetime.datetime, why: str = "") -> None:
    """The centre's coordinator was there; the first mark writes the event as held. Marked already: nothing changes.

    Whoever coordinates two centres is one person and was there for either. Raises NotHeldYet; NoReason where the
    outcome is filed and ``why`` says nothing.
    """
    refuse_early(event, at)
    if not event.attendances.present().filter(person=person, capacity=Capacity.COORDINATOR).exists():
        _write(event, person, by=by, at=at, why=why, center=center, capacity=Capacity.COORDINATOR)
    note_held(event, by=by, at=at)


@transaction.atomic
def unmark(*, event: Event, person: Person, by: User, at: datetime.datetime, why: str = "") -> None:
    """They were not there after all, coordinator or representative; who registered stays so.

    Raises NotHeldYet, NoReason.
    """
    refuse_early(event, at)
    row = event.attendances.present().filter(person=person).select_for_update(of=("self",)).first()
    if row:
        attendance_log.refuse_unexplained(event, why)
        _change(row, by=by, at=at, why=why, presence=Presence.ABSENT)


def mark_speaker(*, event: Event, person: Person, by: User, at: datetime.datetime, why: str = "") -> None:
    """Somebody was there to speak, for no centre. Raises NotHeldYet, NoReason."""
    refuse_early(event, at)
    _write(event, person, by=by, at=at, why=why, capacity=Capacity.SPEAKER)


@transaction.atomic
def mark_guest(*, event: Event, person: Person, by: User, at: datetime.datetime, why: str = "") -> None:
    """Somebody was there who stands for no centre; whoever is marked already stays as they are, and whoever registered
    as a participant is one.

    Raises NotHeldYet, NoReason.
    """
    refuse_early(event, at)
    rows = event.attendances.filter(person=person)
    if not rows.present().exists():
        named = rows.filter(capacity=Capacity.PARTICIPANT).exists()
        capacity = Capacity.PARTICIPANT if named else Capacity.GUEST
        _write(event, person, by=by, at=at, why=why, capacity=capacity)
    note_held(event, by=by, at=at)


@transaction.atomic
def mark_participant(*, event: Event, person: Person, by: User, at: datetime.datetime, **said: Any) -> None:
    """Somebody of a category was there, by name; ``said``: category, post, organization, municipality, why.

    Whoever stands for a centre or speaks stays what they are. Raises NotHeldYet, NoReason.
    """
    refuse_early(event, at)
    person = namesakes.known_or_new(person)
    row = event.attendances.filter(person=person).exclude(capacity__in=[Capacity.PARTICIPANT, Capacity.GUEST]).first()
    said = {**said, "capacity": row.capacity if row else Capacity.PARTICIPANT}
    _write(event, person, by=by, at=at, why=said.pop("why", ""), **said)
    note_held(event, by=by, at=at)


@transaction.atomic
def mark_expected(
    *, event: Event, people: Iterable[int], by: User, at: datetime.datetime, why: str = ""
) -> list[Attendance]:
    """Who registered and is no coordinator was there, in the capacity in which they registered; who is marked now.

    Raises NotHeldYet, NoReason.
    """
    refuse_early(event, at)
    rows = event.attendances.filter(person__in=people).select_for_update(of=("self",)).order_by("pk")
    marked = [row for row in rows if not row.is_present and is_expected_by_name(row)]
    if marked:
        attendance_log.refuse_unexplained(event, why)
    for row in marked:
        _change(row, by=by, at=at, why=why, presence=Presence.PRESENT)
    note_held(event, by=by, at=at)
    return marked


def is_expected_by_name(row: Attendance) -> bool:
    """Registered or waiting, and none of those whom the list of centres shows."""
    said_so = row.registered_at is not None or row.is_waiting
    return said_so and row.capacity in (Capacity.PARTICIPANT, Capacity.REPRESENTATIVE)


def note_held(event: Event, *, by: User, at: datetime.datetime) -> None:
    """Two people may set the first mark at once: one of them holds the event, for both."""
    if event.status != EventStatus.ANNOUNCED:
        return
    try:
        plan.hold(event=event, by=by, at=at)
    except WrongStep:
        event.refresh_from_db()
        refuse_early(event, at)


@transaction.atomic
def _write(event: Event, person: Person, *, by: User, at: datetime.datetime, why: str, **fields: Any) -> None:
    """Was present as ``fields`` say, with its row of the history."""
    attendance_log.refuse_unexplained(event, why)
    fields = {**fields, "presence": Presence.PRESENT}
    said = {**fields, "marked_by": by, "marked_at": at}
    with authorship.explain(why, by=by.pk):
        row, is_new = Attendance.objects.get_or_create(event=event, person=person, defaults=said)
    if is_new:
        attendance_log.note(row, None, by=by, at=at, why=why)
        return
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if any(getattr(row, name) != value for name, value in fields.items()):
        _change(row, by=by, at=at, why=why, **fields)


@transaction.atomic
def put_back(row: Attendance, was: Mapping[str, Any] | None, *, by: User, at: datetime.datetime, why: str = "") -> None:
    """The mark says again what it said (``was``); one that was not there is taken off. Raises NoReason."""
    attendance_log.refuse_unexplained(row.event, why)
    fields: dict[str, Any] = {"presence": Presence.ABSENT}
    if was:
        fields = {"center_id": was["center"], "capacity": was["capacity"], "presence": was["presence"]}
    _change(row, by=by, at=at, why=why, **fields)


def _change(row: Attendance, *, by: User, at: datetime.datetime, why: str, **fields: Any) -> None:
    before = columns(row)
    said = {**fields, "marked_by": by, "marked_at": at}
    for name, value in said.items():
        setattr(row, name, value)
    with authorship.explain(why, by=by.pk):
        row.save(update_fields=list(said))
    attendance_log.note(row, before, by=by, at=at, why=why)


@transaction.atomic
def mark_representative(
    *, event: Event, center: Center, person: Person, by: User, at: datetime.datetime, why: str = ""
) -> None:
    """Somebody was there instead of the coordinator; the letter's figure counts coordinators only.

    Raises NotHeldYet, NoReason, and CameThemselves: the mark of a coordinator goes by a press alone.
    """
    refuse_early(event, at)
    person = namesakes.known_or_new(person)
    if event.attendances.present().coordinators().filter(person=person.pk).exists():
        raise CameThemselves
    _write(event, person, by=by, at=at, why=why, center=center, capacity=Capacity.REPRESENTATIVE)


def refuse_early(event: Event, at: datetime.datetime) -> None:
    """Raises NotHeldYet."""
    if at < event.starts_at or event.status not in (EventStatus.ANNOUNCED, EventStatus.HELD):
        raise NotHeldYet


def centers(event: Event) -> QuerySet:
    """Those with the status on the day of the event, as they are listed."""
    rows = Center.objects.with_status_on(_day(event)).select_related("organization")
    return rows.order_by("organization__sort_key", "pk")


def coordinators(event: Event) -> dict[Center, Person]:
    """The coordinator of each of these centres on the day of the event."""
    posts = Coordinator.objects.in_force_on(_day(event)).filter(center__in=centers(event))
    return {post.center: post.person for post in posts.select_related("center__organization", "person")}


def absent(event: Event) -> dict[Person, Center]:
    """The coordinators whom nobody marked, by name; whoever was represented was not there. Before it is held, nobody.

    Nothing is written of them: a centre that gets its status afterwards, or a mark taken off, changes the list.
    """
    if event.status != EventStatus.HELD:
        return {}
    here = {row.person_id for row in event.attendances.all() if row.presence == Presence.PRESENT}
    missing = {person: center for center, person in coordinators(event).items() if person.pk not in here}
    return dict(sorted(missing.items(), key=lambda one: (one[0].sort_key, one[0].pk)))


def _day(event: Event) -> datetime.date:
    return timezone.localtime(event.starts_at).date()
