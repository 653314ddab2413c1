"""Entries of calendars (RFC 5545, 5546): invitations that go with a mail, and a feed that programs read.

Alone knows icalendar, and loads it when an entry is written. A zone is always named, for an offset loses it; of a
zone only the years that are needed are written, since programs differ in how they read old ones. An entry keeps its
``uid`` for ever; ``sequence`` says which of two texts of it is the later one.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

PRODUCT = "-//RVCI//Portal//RU"
MEDIA_TYPE = "text/calendar"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


class Somebody(NamedTuple):
    email: str
    name: str


@dataclass(frozen=True)
class Entry:
    """``starts`` is a moment, or a day where the entry lasts whole days; ``ends`` is the last moment, or day.

    ``written_at``: of two invitations with one ``sequence`` the later one holds (RFC 5546, 2.1.5); a feed says none.
    """

    uid: str
    summary: str
    starts: datetime.datetime | datetime.date
    changed_at: datetime.datetime
    written_at: datetime.datetime | None = None
    ends: datetime.datetime | datetime.date | None = None
    sequence: int = 0
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    organizer: Somebody | None = None
    attendee: Somebody | None = None

    @property
    def lasts_days(self) -> bool:
        return not isinstance(self.starts, datetime.datetime)


def invitation(entry: Entry, method: str) -> bytes:
    """One entry for one person: that they take part (``REQUEST``), or that it is called off for them (``CANCEL``)."""
    return _written([entry], method)


def feed(entries: Iterable[Entry], *, name: str) -> bytes:
    return _written(list(entries), PUBLISH, name=name)


def _written(entries: Sequence[Entry], method: str, name: str = "") -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", datetime.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, method))
    moments = [entry.starts for entry in entries if not entry.lasts_days]
    if moments:
        first, last = min(moments).year, max(moments).year
        calendar.add_missing_timezones(datetime.date(first, 1, 1), datetime.date(last + 2, 1, 1))
    return calendar.to_ical()


def _event(entry: Entry, method: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", (entry.written_at or entry.changed_at).astimezone(datetime.UTC))
    event.add("last-modified", entry.changed_at.astimezone(datetime.UTC))
    event.add("summary", entry.summary)
    event.add("dtstart", _moment(entry.starts))
    if entry.ends:
        # Of whole days the end is the day after the last one.
        event.add("dtend", entry.ends + datetime.timedelta(days=1) if entry.lasts_days else _moment(entry.ends))
    event.add("status", "CANCELLED" if entry.is_cancelled or method == CANCEL else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.lasts_days or entry.is_cancelled else "OPAQUE")
    for key in ("location", "description", "url"):
        if value := getattr(entry, key):
            event.add(key, value)
    if entry.organizer:
        event.add("organizer", _address(entry.organizer))
    if entry.attendee:
        takes_part = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        event.add("attendee", _address(entry.attendee, **takes_part))
    return event


def _moment(moment: datetime.datetime | datetime.date) -> datetime.datetime | datetime.date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)) if isinstance(moment, datetime.datetime) else moment


def _address(somebody: Somebody, **parameters: str) -> "vCalAddress":
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{somebody.email}")
    for key, value in ({"CN": somebody.name} | parameters).items():
        address.params[key] = vText(value)
    return address
