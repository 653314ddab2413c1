"""Verbs of the named lecturers of a session: its counts follow, and they hear of it, where it is announced."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centers.models import Person, User
from events import told
from events.models import Event
from olympiad.models import PrepSession, SessionLecturer
from olympiad.sessions import sessions
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.quotes import quoted


@transaction.atomic
def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> SessionLecturer:
    """Raises as ``writing.create``."""
    row: SessionLecturer = writing.create(model, by=by, why=why, **fields)
    sessions.count_named(row.session, by=by)
    told.lecturer_named(row.session.event, row.person, at=timezone.now())
    return row


@transaction.atomic
def change(
    row: SessionLecturer, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any
) -> bool:
    """Raises as ``writing.change``."""
    changed = writing.change(row, by=by, held=held, why=why, **fields)
    if changed:
        sessions.count_named(row.session, by=by)
        told.lecturer_named(row.session.event, row.person, at=timezone.now())
    return changed


def at(event: Event) -> QuerySet[Person]:
    """Who teaches at an event that is a session; what is told of it goes to them too."""
    rows = SessionLecturer.objects.filter(session__event=event, session__archived_at=None)
    return Person.objects.filter(pk__in=rows.values("person"))


def elsewhere(session: PrepSession, people: Iterable[int], *, reader: User) -> dict[int, str]:
    """Of lecturers, by their keys: in which other sessions that the reader may see they are on the same days.

    That is allowed, and said.
    """
    event = session.event
    same_days = Event.objects.within(event.first_day, event.last_day)
    others = PrepSession.objects.visible_to(reader).not_cancelled().filter(event__in=same_days).exclude(pk=session.pk)
    rows = SessionLecturer.objects.filter(person__in=people, session__in=others)
    found: dict[int, list[str]] = {}
    for row in rows.select_related("session__event").order_by("session__event__starts_at", "pk"):
        found.setdefault(row.person_id, []).append(quoted(row.session.event.topic))
    return {person: f"В те же дни – {', '.join(topics)}" for person, topics in found.items()}
