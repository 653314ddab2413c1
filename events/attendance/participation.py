"""Of the events meant for centres, those in which a centre took part: «участвовал в 12 из 15»."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from centers.models import Center, StatusGrant
from events.models import Attendance, Event, Talk
from events.models.event import EventQuerySet, EventStatus


def meant_for(center: Center) -> EventQuerySet:
    """Held while the centre had the status, and it was marked which centres came."""
    marked = Attendance.objects.present().filter(event=OuterRef("pk"), center__isnull=False)
    begun = StatusGrant.objects.filter(center=center, since__lte=OuterRef("starts_at__date"))
    in_force = begun.filter(Q(until__isnull=True) | Q(until__gte=OuterRef("starts_at__date")))
    return Event.objects.filter(Exists(marked), Exists(in_force), status=EventStatus.HELD)


def with_presence(center: Center) -> EventQuerySet:
    """The same, each with ``came``: somebody was present for the centre."""
    present = Attendance.objects.present().filter(event=OuterRef("pk"), center=center)
    return meant_for(center).annotate(came=Exists(present))


def talks_for(center: Center) -> QuerySet[Talk]:
    """Talks of those who were at the event for the centre."""
    present = Attendance.objects.present().filter(
        event=OuterRef("outcome__event"), person=OuterRef("speaker"), center=center
    )
    return Talk.objects.filter(Exists(present))
