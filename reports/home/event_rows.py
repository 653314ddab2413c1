"""Rows of events on the home page: those that wait for ticks, for an outcome, for being announced."""

import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse

from events.models import Event
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from events.telling import outcomes
from rcro_portal.lib.quotes import quoted
from reports.home import letter_rows
from reports.home.reader import Reader
from reports.models import Letter

ROWS = 20
# An outcome is expected soon after its event; what was never written of a year ago is history, not a reminder.
OUTCOME_EXPECTED = datetime.timedelta(days=60)


# What an event waits for, in the order of the page; the outcome has a term.
UNMARKED, UNWRITTEN, UNFILED = "Участники не отмечены", "Итоги не внесены", "Итоги не направлены"
UNANNOUNCED = "Не объявлено"


def to_do(reader: Reader) -> list[dict[str, Any]]:
    """Events of the person's own departments that wait for ticks, for an outcome, or for a mended text."""
    departments = reader.user.departments_on(reader.day)
    meant = _waiting(reader.now)
    waits_for = Case(*(When(which, then=Value(what)) for what, which in meant.items()))
    rows = Event.objects.filter(department__in=departments).annotate(waits_for=waits_for)
    # The one that waits longest comes first.
    waiting: list[Any] = list(rows.filter(waits_for__isnull=False).order_by("starts_at", "pk"))
    found = [one for what in meant for one in [one for one in waiting if one.waits_for == what][:ROWS]]
    return [*letter_rows.drafts(reader.user, departments), *(_row(event, reader) for event in found)]


def _waiting(now: datetime.datetime) -> dict[str, Q]:
    held = Q(status=EventStatus.HELD, starts_at__lte=now)
    filed = Exists(Letter.objects.living().filter(outcome=OuterRef("outcome")))
    return {
        UNMARKED: Q(status=EventStatus.ANNOUNCED, starts_at__lte=now),
        UNWRITTEN: held & Q(outcome=None, starts_at__gte=now - OUTCOME_EXPECTED),
        UNFILED: held & Q(outcome__status=OutcomeStatus.DRAFT) & ~Q(filed),
        UNANNOUNCED: Q(status=EventStatus.DRAFT),
    }


def _row(event: Any, reader: Reader) -> dict[str, Any]:
    """The outcome is due so many working days after the event."""
    is_due = event.waits_for in {UNWRITTEN, UNFILED}
    return {
        "title": f"{event.waits_for}: {event.what} {quoted(event.topic)}",
        "url": reverse("reports:event-page", args=[event.pk]),
        "note": event.days,
        **(reader.term(outcomes.due_on(event, reader.calendar)) if is_due else {}),
    }
