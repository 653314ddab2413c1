"""What one event leaves to another: a clone on another day, and «Взять из прошлого» of the last one of its kind."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from events.models import Event, EventSeries, ProgrammeItem
from events.models.event import EventStatus
from events.plan import plan
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import Refusal

CLONED = ("kind", "body", "topic", "purpose", "form", "place", "department", "audience", "seats")


class HasProgramme(Refusal):
    words = "Пока вы смотрели, программу начал другой человек. Обновите страницу."


@transaction.atomic
def clone(*, event: Event, starts_at: datetime.datetime, in_series: bool, by: User, at: datetime.datetime) -> Event:
    """The same event once more, a draft on another day: its programme comes along, link and materials do not."""
    fields: dict[str, Any] = {name: getattr(event, name) for name in CLONED}
    if event.ends_at:
        fields["ends_at"] = starts_at + (event.ends_at - event.starts_at)
    if event.schedule and event.schedule.year == timezone.localtime(starts_at).year:
        fields["schedule"] = event.schedule
    made = plan.put_down(by=by, at=at, starts_at=starts_at, **fields)
    if in_series:
        tie(made, series_of(event, by=by), by=by)
    _copy(event, made, by=by, speakers=True)
    return made


@transaction.atomic
def series_of(event: Event, *, by: User) -> EventSeries:
    """That of the event; a new one is called as the event is."""
    if event.series is None:
        with authorship.explain("", by=by.pk):
            series, _ = EventSeries.objects.get_or_create(title=event.topic)
        tie(event, series, by=by)
        return series
    return event.series


def tie(event: Event, series: EventSeries | None, *, by: User) -> None:
    event.series = series
    with authorship.explain("", by=by.pk):
        event.save(update_fields=["series"])


def others_of(event: Event, user: User) -> list[Event]:
    """The rest of its series that this person sees, in order, without those that were called off."""
    if event.series_id is None:
        return []
    rows = Event.objects.visible_to(user).filter(series=event.series_id).exclude(pk=event.pk)
    return list(rows.exclude(status=EventStatus.CANCELLED).order_by("starts_at", "pk"))


def last_of_kind(event: Event) -> Event | None:
    """The last one before it with a programme: held or announced, of the same kind, of its department first."""
    rows = Event.objects.filter(kind=event.kind, starts_at__lt=event.starts_at, programme__isnull=False)
    rows = rows.filter(status__in=[EventStatus.ANNOUNCED, EventStatus.HELD]).exclude(pk=event.pk).distinct()
    own = rows.filter(department=event.department)
    return own.order_by("-starts_at", "-pk").first() or rows.order_by("-starts_at", "-pk").first()


@transaction.atomic
def take(*, event: Event, source: Event, by: User, at: datetime.datetime) -> None:
    """The skeleton of its programme, for whom it is and how many seats; of a draft the form too. Speakers are others.

    What the event says already stays. Raises HasProgramme, EventFinished.
    """
    plan.refuse_finished(event)
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.programme.exists():
        raise HasProgramme
    _copy(source, event, by=by, speakers=False)
    said: dict[str, Any] = {"audience": event.audience or source.audience}
    # Whoever has a seat keeps it: fewer seats than that are no limit to take.
    if event.seats is None and source.seats and source.seats >= event.attendances.seated().count():
        said["seats"] = source.seats
    if event.status == EventStatus.DRAFT:
        said["form"] = source.form
    with authorship.explain(f"Взято из прошлого: {source}, {source.days}", by=by.pk):
        plan.change(event=event, by=by, at=at, **said)


def _copy(source: Event, target: Event, *, by: User, speakers: bool) -> None:
    """Times keep their distance from the beginning."""
    with authorship.explain("", by=by.pk):
        for item in source.programme.order_by("position", "pk"):
            day, hour = _moved(item, source, target)
            said = {name: getattr(item, name) for name in ("speaker", "with_speaker", "organization", "others")}
            ProgrammeItem.objects.create(
                event=target,
                day=day,
                starts_at=hour,
                position=item.position,
                title=item.title,
                **(said if speakers else {}),
            )


def _moved(item: ProgrammeItem, source: Event, target: Event) -> tuple[datetime.date | None, datetime.time | None]:
    """By the clocks on the wall."""
    stands = datetime.datetime.combine(item.day or source.first_day, item.starts_at or datetime.time(12))
    moment = _wall(target) + (stands - _wall(source))
    return (moment.date() if item.day else None), (moment.time() if item.starts_at else None)


def _wall(event: Event) -> datetime.datetime:
    return timezone.localtime(event.starts_at).replace(tzinfo=None)
