"""Whom the editor of an outcome offers: who spoke and who came before everybody else; who owes a decision."""

import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from centers.models import Center, Organization, Person
from centers.models.organization import OrganizationKind
from events import permissions
from events.models import Attendance, Event
from events.models.attendance import Capacity
from events.models.event import EventStatus
from events.outcomes import posts
from rcro_portal.lib.keeping.choosers import Chooser
from rcro_portal.lib.text import whole_number


def speakers(event: Event) -> Chooser:
    """Who is marked as a speaker, then whoever else was there, then everybody; each with their post on that day."""
    day = event.first_day
    here = Attendance.objects.present().filter(event=event, person=OuterRef("pk"))

    def rows(user: Any) -> QuerySet:  # noqa: ARG001
        spoke = Exists(here.filter(capacity=Capacity.SPEAKER))
        ranks = (When(spoke, then=Value(0)), When(Exists(here), then=Value(1)))
        return Person.objects.kept().annotate(rank=Case(*ranks, default=Value(2)))

    return Chooser(
        kind="speaker",
        about=str(event.pk),
        rows=rows,
        order=("rank", "sort_key", "pk"),
        offers=True,
        notes=lambda people: posts.printed(people, day),
    )


def debtors(day: datetime.date) -> Chooser:
    """Centres of that day."""

    def rows(user: Any) -> QuerySet:  # noqa: ARG001
        of_the_day = Center.objects.with_status_on(day).values("pk")
        return Center.objects.filter(pk__in=of_the_day).select_related("organization__municipality")

    return Chooser(
        kind="debtor",
        about=day.isoformat(),
        rows=rows,
        note=lambda center: center.organization.municipality.name,
        keys=("organization__search_key",),
        order=("organization__sort_key", "pk"),
        offers=True,
    )


def other_debtors(day: datetime.date) -> Chooser:
    """Organisations that are no centres on that day, education authorities first."""

    def rows(user: Any) -> QuerySet:  # noqa: ARG001
        others = Organization.objects.kept().exclude(center__in=Center.objects.with_status_on(day))
        is_authority = Case(When(kind=OrganizationKind.AUTHORITY, then=Value(0)), default=Value(1))
        return others.annotate(rank=is_authority).select_related("municipality")

    return Chooser(
        kind="other-debtor",
        about=day.isoformat(),
        rows=rows,
        note=lambda organization: organization.municipality.name,
        order=("rank", "sort_key", "pk"),
        offers=True,
    )


def _held(user: Any) -> QuerySet:
    return Event.objects.filter(status=EventStatus.HELD) if permissions.may_plan(user) else Event.objects.none()


# What a figure counts over, the newest first.
HELD_EVENTS = Chooser(
    kind="held-event",
    rows=_held,
    note=lambda event: event.days,
    order=("-starts_at", "-pk"),
    offers=True,
    hint="Тема мероприятия",
)
OF_A_DAY = {"debtor": debtors, "other-debtor": other_debtors}


def about(kind: str, user: Any, about: str) -> Chooser | None:
    """The chooser that an open page asks, for who writes outcomes: speakers of an event, debtors of a day."""
    if not (user.is_authenticated and permissions.may_plan(user)):
        return None
    if kind == "speaker":
        event = Event.objects.visible_to(user).filter(pk=whole_number(about)).first()
        return speakers(event) if event else None
    day = written_day(about)
    return OF_A_DAY[kind](day) if kind in OF_A_DAY and day else None


def written_day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
