"""What follows a change of coordinator in coming events: who registered for a centre is whoever stands for it then.

What the centre owes needs no hand: it is the centre's, and its present coordinator sees and answers it.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from centers.accounts import invitations
from centers.coordinators import appointments
from centers.models import Center, Coordinator, Person, User
from events import told
from events.attendance import log as attendance_log
from events.attendance import registrations
from events.models import Attendance
from events.models.attendance import Capacity, Presence
from events.models.event import EventStatus
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.transitions import columns

WHY = "Полномочия координатора переданы"


@transaction.atomic
def hand_over(
    *,
    center: Center,
    to: Person,
    on: datetime.date,
    by: User,
    at: datetime.datetime,
    title: str = "",
    invite_at: str = "",
) -> Coordinator:
    """The post from that day on, and what was registered in the centre's name with it: today's at once.

    ``invite_at``: the address at which a successor without an account is invited, on the first day at the earliest.
    Raises what ``appointments.hand_over`` and ``invitations.prepare`` raise.
    """
    post = appointments.hand_over(center=center, to=to, on=on, by=by, at=at, title=title)
    _invite(post, invite_at, by=by, at=at)
    settle(at=at, by=by, center=center)
    return post


@transaction.atomic
def appoint(*, center: Center, since: datetime.date, invite_at: str = "", **said: Any) -> Coordinator:
    """The same for a centre without a coordinator; registrations of one who left before pass on too."""
    post = appointments.appoint(center=center, since=since, **said)
    _invite(post, invite_at, by=said["by"], at=said["at"])
    settle(at=said["at"], by=said["by"], center=center)
    return post


def _invite(post: Coordinator, email: str, *, by: User, at: datetime.datetime) -> None:
    if email:
        morning = timezone.make_aware(datetime.datetime.combine(post.since, datetime.time(8)))
        invitations.prepare(person=post.person, email=email, by=by, at=at, here=False, not_before=max(at, morning))


@transaction.atomic
def settle(*, at: datetime.datetime, by: User | None = None, center: Center | None = None) -> int:
    """Registrations of former coordinators for coming events pass to whoever is in office now; how many.

    Every night it finds those whose day has come. A centre without a coordinator keeps them until it has one.
    """
    day = timezone.localdate(at)
    rows = _left_behind(day, at)
    posts = Coordinator.objects.in_force_on(day).select_related("person").order_by("since", "pk")
    now_in_office: dict[int | None, Person] = {post.center_id: post.person for post in posts}
    moved = 0
    for row in rows.filter(center=center) if center else rows:
        if successor := now_in_office.get(row.center_id):
            _pass_on(row, successor, by=by, at=at)
            moved += 1
    return moved


def _left_behind(day: datetime.date, at: datetime.datetime) -> QuerySet[Attendance]:
    """Registered as a coordinator of a centre that this person coordinates no longer."""
    posts = Coordinator.objects.filter(center=OuterRef("center"), person=OuterRef("person"))
    coming = Attendance.objects.filter(
        capacity=Capacity.COORDINATOR,
        presence__in=[Presence.REGISTERED, Presence.WAITING],
        event__status=EventStatus.ANNOUNCED,
        event__starts_at__gt=at,
    )
    former = coming.filter(Exists(posts.filter(until__lt=day))).exclude(Exists(posts.in_force_on(day)))
    return former.select_related("event", "person", "center__organization").select_for_update(of=("self",))


def _pass_on(row: Attendance, successor: Person, *, by: User | None, at: datetime.datetime) -> None:
    """A successor who is there already keeps their own row, and the former one's says nothing any more."""
    before, former = columns(row), row.person
    if Attendance.objects.filter(event=row.event, person=successor).exists():
        row.presence, row.registered_at, row.waiting_since = Presence.ABSENT, None, None
    else:
        row.person = successor
    with authorship.explain(WHY, by=by.pk if by else None):
        row.save(update_fields=["person", "presence", "registered_at", "waiting_since"])
    attendance_log.note(row, before, by=by, at=at, why=WHY)
    told.handed_over(row, former=former, at=at)
    registrations.move_up(event=row.event, by=by, at=at)
