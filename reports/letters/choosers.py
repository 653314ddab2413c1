"""What a new letter starts from: an announced event, an incoming letter to answer, a letter of before."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from events.models import Event
from events.models.event import EventStatus
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.choosers import Chooser
from reports import access, permissions
from reports.incoming.resolutions import answerable
from reports.models import IncomingLetter, Letter


def _coming(user: Any) -> QuerySet:
    writes = permissions.may_write(user)
    return Event.objects.filter(status=EventStatus.ANNOUNCED) if writes else Event.objects.none()


def _incoming(user: Any) -> QuerySet:
    writes = permissions.may_write(user)
    return answerable(user, timezone.localdate()) if writes else IncomingLetter.objects.none()


def _past(user: Any) -> QuerySet:
    letters = access.visible(user).exclude(snapshot=None, manuscript=None).select_related("entry")
    return letters if permissions.may_write(user) else letters.none()


def _number(letter: Letter) -> str:
    entry = letter.entry
    return f"№ {entry.number} от {russian.short_date(entry.registered_on)}" if entry else "без номера"


COMING_EVENTS = Chooser(
    kind="coming-event",
    rows=_coming,
    note=lambda event: event.days,
    order=("starts_at", "pk"),
    offers=True,
    hint="Тема мероприятия",
)
INCOMING = Chooser(
    kind="incoming-to-answer",
    rows=_incoming,
    note=lambda incoming: incoming.subject,
    order=("-received_on", "-pk"),
    offers=True,
    hint="Отправитель, тема или номер",
)
PAST_LETTERS = Chooser(
    kind="past-letter",
    rows=_past,
    label=lambda letter: letter.subject_line,
    note=_number,
    keys=("outcome__event__search_key", "event__search_key"),
    texts=("subject_line", "entry__number"),
    order=("-pk",),
    offers=True,
    hint="Заголовок, тема или номер",
)
