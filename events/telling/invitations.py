"""An event in people's calendars: one entry for ever, raised where it takes place elsewhere, later or not at all."""

import datetime
from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from events.models import CalendarEntry, Event
from events.models.event import EventStatus
from rcro_portal.lib import ics
from rcro_portal.lib.post import Invitation
from rcro_portal.lib.russian import upper_first

TOLD = ("starts_at", "ends_at", "place", "link")


def keep(event: Event, *, at: datetime.datetime) -> CalendarEntry:
    """The entry as the event is now. Said twice it changes nothing: of two at once one raises the number."""
    values = {name: getattr(event, name) for name in TOLD} | {"is_cancelled": event.status == EventStatus.CANCELLED}
    entry, is_new = CalendarEntry.objects.get_or_create(event=event, defaults=values | {"changed_at": at})
    before = {name: getattr(entry, name) for name in values}
    if not is_new and before != values:
        rows = CalendarEntry.objects.filter(pk=entry.pk, sequence=entry.sequence)
        rows.update(**values, sequence=F("sequence") + 1, changed_at=at)
        entry.refresh_from_db()
    return entry


def entry_of(event: Event, *, shows_link: bool, is_open: bool = False) -> ics.Entry:
    """For a calendar; the link to a webinar is for those who take part. ``is_open``: the reader may still register."""
    kept: CalendarEntry = event.calendar_entry
    link = kept.link if shows_link else ""
    page = settings.BASE_URL + reverse("reports:event-page", args=[event.pk])
    said = [upper_first(event.what), f"Подключиться: {link}" if link else "", f"Страница в портале: {page}"]
    return ics.Entry(
        uid=str(kept.uid),
        sequence=kept.sequence,
        summary=f"Можно заявиться: {event}" if is_open else upper_first(str(event)),
        starts=kept.starts_at,
        ends=kept.ends_at,
        location=kept.place or link,
        description="\n".join(filter(None, said)),
        url=page,
        is_cancelled=kept.is_cancelled,
        changed_at=kept.changed_at,
    )


def invitation(event: Event, *, email: str, name: str, takes_part: bool, at: datetime.datetime) -> Invitation:
    """For one person's mail of that moment: they take part, or do not (any more)."""
    _, portal = parseaddr(settings.DEFAULT_FROM_EMAIL)
    entry = entry_of(event, shows_link=takes_part)
    method = ics.REQUEST if takes_part and not entry.is_cancelled else ics.CANCEL
    organizer = ics.Somebody(portal, upper_first(event.department.name))
    attendee = ics.Somebody(email, name or email)
    said = replace(entry, organizer=organizer, attendee=attendee, written_at=at)
    return Invitation(method, ics.invitation(said, method))
