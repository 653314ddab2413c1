"""Mails about events as tests read them: what leaves at a moment, its words, the entry that goes along."""

import datetime
from email import policy
from email.message import EmailMessage

import ics as another_reader
from django.core import mail

from centers.models import User
from events.attendance import registrations
from events.models import Attendance, Event
from rcro_portal.lib.notices import telling
from tests.factories.centers import StatusGrantFactory, coordinator
from tests.factories.moments import ANNOUNCED_AT

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
CHANGED_AT = ANNOUNCED_AT + 2 * DAY


def invited() -> User:
    """A coordinator of a centre that has the status."""
    center = StatusGrantFactory().center
    return coordinator(center)


def comes(event: Event, user: User, at: datetime.datetime = ANNOUNCED_AT + HOUR) -> Attendance:
    center = user.person.coordinated.get().center
    return registrations.register(event=event, center=center, person=user.person, by=user, at=at)


def sent(now: datetime.datetime) -> list[EmailMessage]:
    """What leaves then, as the mail server gets it."""
    mail.outbox.clear()
    telling.tell_due(now=now)
    return [message.message(policy=policy.default) for message in mail.outbox]


def words(message: EmailMessage) -> str:
    return message.get_body(["plain"]).get_content()


def entry(message: EmailMessage) -> tuple[str, str, int, datetime.datetime]:
    """Method, UID, SEQUENCE and beginning of the invitation in it, by another reader."""
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    text = part.get_content()
    (attached,) = [one for one in message.iter_attachments() if one.get_filename() == "meropriyatie.ics"]
    assert attached.get_content().decode().split() == text.split()
    calendar = another_reader.Calendar(text.replace("\n", "\r\n") if "\r\n" not in text else text)
    (event,) = calendar.events
    sequence = next(line for line in text.splitlines() if line.startswith("SEQUENCE:"))
    assert (part.get_param("method"), part.get_content_charset()) == (calendar.method, "utf-8")
    return calendar.method, event.uid, int(sequence.removeprefix("SEQUENCE:")), event.begin.datetime
