"""Whom the portal tells of what happens to an event: one function for each fact, called by its verb.

Each is called in the transaction of the fact, after it was written, so that what it plans is planned or gone together
with the fact. None of them refuses anything, and none sends: mails are rows (``rcro_portal.lib.notices``).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from centers.models import Person, User
from events.models import Attendance, Event
from events.telling import events, invitations, lecturing, outcomes

CHANGED, HELD, OFF = "Мероприятие перенесено.", "Мероприятие состоялось.", "Мероприятие отменено."
COMES, GONE = "Состав участников изменился.", "Участие отменено."
# What people must hear of when it becomes another: the columns of an event that bring somebody elsewhere, or later.
MATERIAL = ("starts_at", "ends_at", "form", "place", "link")


def announced(event: Event, *, by: User, at: datetime.datetime) -> None:
    """Centres see the event from now on and can register. An event is announced once."""
    invitations.keep(event, at=at)
    events.announce(event, at=at)
    _follow(event, CHANGED, at)


def changed(event: Event, *, before: Mapping[str, Any], by: User, at: datetime.datetime) -> None:
    """An announced event takes place at another time, in another place, in another form or under another link.

    ``before`` holds the columns of ``MATERIAL`` that are others now, as they were; never empty.
    """
    invitations.keep(event, at=at)
    events.tell_of_change(event, before, at=at)
    _follow(event, CHANGED, at)


def lecturer_named(event: Event, person: Person, *, at: datetime.datetime) -> None:
    """Somebody teaches there from now on; of an event that is not announced yet they hear when it is."""
    events.tell_lecturers(event, lecturing.addresses_of([person]), at=at)


def cancelled(event: Event, *, note: str, by: User, at: datetime.datetime) -> None:
    """An event that was announced does not take place; ``note`` is the reason that people read."""
    invitations.keep(event, at=at)
    events.call_off(event, at=at)
    _follow(event, OFF, at)


def held(event: Event, *, by: User, at: datetime.datetime) -> None:
    """The first mark was set, or somebody said that it took place: what was planned for before it is too late now."""
    events.leave_off(event, because=HELD, at=at)
    _follow(event, HELD, at)


def registered(row: Attendance, *, by: User, at: datetime.datetime) -> None:
    """Somebody is to come, or waits for a seat (``row.is_waiting``). ``by`` is the coordinator or the staff."""
    invitations.keep(row.event, at=at)
    reason, subject = (events.WAITS, "Лист ожидания") if row.is_waiting else (events.REGISTERED, "Участие заявлено")
    events.tell_one(reason, row, subject=subject, at=at)
    events.follow([row.event], because=COMES, at=at)


def withdrawn(row: Attendance, *, why: str, by: User, at: datetime.datetime) -> None:
    """Somebody who was to come, or waited, does not come; ``why`` may be empty where they only waited."""
    events.tell_one(events.WITHDRAWN, row, subject="Участие отменено", at=at)
    events.follow([row.event], because=GONE, at=at)


def moved_up(row: Attendance, *, by: User | None, at: datetime.datetime) -> None:
    """Somebody who waited has a seat now: another has withdrawn, or there are more seats than before.

    Nobody is ``by`` where a hand-over of the night made two registrations one.
    """
    invitations.keep(row.event, at=at)
    events.tell_one(events.MOVED_UP, row, subject="Освободилось место", at=at)
    events.follow([row.event], because=COMES, at=at)


def handed_over(row: Attendance, *, former: Person, at: datetime.datetime) -> None:
    """Whoever coordinates the centre from today on comes in place of the former coordinator, or came already."""
    events.tell_one(events.WITHDRAWN, row, subject="Участие отменено", former=former, at=at)
    if row.person_id != former.pk:
        reason, subject = (events.WAITS, "Лист ожидания") if row.is_waiting else (events.REGISTERED, "Участие заявлено")
        events.tell_one(reason, row, subject=subject, at=at)
    events.follow([row.event], because=COMES, at=at)


def material_added(event: Event, *, at: datetime.datetime) -> None:
    """A recording or a text came after the thanks: those who were there hear of it on the next working morning."""
    events.tell_of_materials(event, at=at)


def outcome_filed(event: Event, *, at: datetime.datetime) -> None:
    """Its outcome is on its way as a letter, or given back: whoever owes it is reminded while it is theirs."""
    outcomes.follow([event], because=outcomes.FILED, at=at)


def _follow(event: Event, because: str, at: datetime.datetime) -> None:
    events.follow([event], because=because, at=at)
    outcomes.follow([event], because=because, at=at)
