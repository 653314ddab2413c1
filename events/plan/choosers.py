"""Which event is chosen for an item of the plan: of its year, of no other plan and no other item."""

from typing import Any

from django.db.models import Q, QuerySet

from events import permissions
from events.models import Event, PlanItem
from events.models.event import EventStatus
from rcro_portal.lib.keeping.choosers import Chooser
from rcro_portal.lib.text import whole_number


def free_events(item: PlanItem) -> Chooser:
    def rows(user: Any) -> QuerySet:  # noqa: ARG001
        of_the_year = Event.objects.filter(starts_at__year=item.schedule.year, plan_item=None)
        free = of_the_year.filter(Q(schedule=None) | Q(schedule=item.schedule_id))
        return free.exclude(status=EventStatus.CANCELLED)

    return Chooser(
        kind="free-event",
        about=str(item.pk),
        rows=rows,
        note=lambda event: event.days,
        order=("starts_at", "pk"),
        offers=True,
        hint="Тема мероприятия",
    )


def about(kind: str, user: Any, about: str) -> Chooser | None:
    """What an open page of an item asks, for who ties events to it."""
    if kind != "free-event" or not (user.is_authenticated and permissions.may_plan(user)):
        return None
    item = PlanItem.objects.kept().select_related("schedule").filter(pk=whole_number(about)).first()
    return free_events(item) if item else None
