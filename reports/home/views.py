"""The home page: what waits for this person, by each of their roles; the page of an event with its progress."""

import datetime
import itertools
from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from events import permissions as event_permissions
from events.acts import EVENT, EventCase
from events.attendance import attendance
from events.models import Commitment, Decision, Event
from events.models.event import EventStatus
from events.outcomes import reopenings
from rcro_portal.lib import russian
from rcro_portal.lib.transitions import timeline
from reports import permissions
from reports.home import event_parts, event_progress, inbox
from reports.journal import clerk_dashboard
from reports.journal.views import entries
from reports.models import Letter
from reports.models.certificate import ReleaseStatus
from reports.models.letter import LetterKind, LetterStatus
from reports.operations import halt


def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    sections = inbox.sections(request.user, now)
    context = {
        "sections": sections,
        "nothing": not any(section["items"] for section in sections),
        "coming": Event.objects.visible_to(request.user).coming(now).order_by("starts_at")[:5],
        "may_plan": event_permissions.may_plan(request.user),
        **halt.banner(request.user),
        **entries.dashboard_context(request, clerk_dashboard.dashboard_of(request.user, timezone.localdate(now))),
    }
    return render(request, "reports/home.html", context)


def event_page(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Event.objects.visible_to(request.user).select_related(
        "department", "schedule", "plan_item", "outcome", "planned_by__person", "series", "prep_session"
    )
    event = get_object_or_404(rows, pk=pk)
    now, office = timezone.now(), event_permissions.is_office(request.user)
    progress = event_progress.track(event, request.user, now)
    context = {
        "event": event,
        "kind": russian.upper_first(event.what),
        "office": office,
        "progress": progress,
        "offer": EVENT.offer(EventCase(event, request.user, now)),
        "attendances": _attendances(event) if office else None,
        "letters": _letters(event) if office else [],
        "announcements": _announcements(event) if office else [],
        **_certificates(event, request),
        "may_announce": _may_announce(event, request),
        "commitments": _commitments(event, request, timezone.localdate(now)),
        "owed_by_others": _owed_by_others(event) if office else [],
        **event_parts.shown(event, request.user, now),
        "steps": _steps(event, request, timezone.localdate(now)),
        "list_url": reverse("events:event-list"),
        "today": timezone.localdate(now),
    }
    return render(request, "reports/event_page.html", context)


def _steps(event: Event, request: HttpRequest, day: datetime.date) -> list[dict[str, Any]]:
    if not event_permissions.may_see_audit_log(request.user, event.department, day):
        return []
    return timeline(event.transitions.select_related("by__person").order_by("at", "pk"), EventStatus)


def _attendances(event: Event) -> dict[str, Any]:
    rows = event.attendances.select_related("person", "center__organization").order_by("person__sort_key")
    present = [row for row in rows if row.presence == "present"]
    return {
        "present": present,
        "absent": attendance.absent(event),
        "registered": [row for row in rows if row.presence == "registered"],
        "waiting": sum(row.is_waiting for row in rows),
    }


def _letters(event: Event) -> list[Letter]:
    """Those of its outcome, the newest first: one on its way beside those that were sent. Annulled ones while alone."""
    rows = list(Letter.objects.filter(outcome__event=event).select_related("entry").order_by("-pk"))
    return [row for row in rows if row.status != LetterStatus.ANNULLED] or rows[:1]


def _announcements(event: Event) -> list[Letter]:
    rows = event.announcements.filter(kind=LetterKind.ANNOUNCEMENT).living()
    return list(rows.select_related("entry").order_by("pk"))


def _certificates(event: Event, request: HttpRequest) -> dict[str, Any]:
    """Releases of the event, for those who see them; who prepares one has the link once somebody came."""
    if not permissions.may_see_certificates(request.user):
        return {}
    rows = event.certificate_releases.exclude(status=ReleaseStatus.CANCELLED).annotate(number=Count("certificates"))
    prepares = event.status == EventStatus.HELD and permissions.may_prepare_certificates(request.user)
    return {"releases": rows.order_by("pk"), "may_prepare_certificates": prepares}


def _may_announce(event: Event, request: HttpRequest) -> bool:
    """Prepare the letter «О проведении …»: while the event is announced and has no such letter yet."""
    return event.status == EventStatus.ANNOUNCED and permissions.may_write(request.user) and not _announcements(event)


def _commitments(event: Event, request: HttpRequest, day: datetime.date) -> list[dict[str, Any]]:
    """By decision: its words and term once, then what each organisation did."""
    rows = Commitment.objects.visible_to(request.user, day).filter(outcome__event=event)
    rows = rows.select_related("organization").order_by("position", "decision_key", "status", "organization__sort_key")
    groups = [list(group) for _, group in itertools.groupby(rows, key=lambda row: row.decision_key)]
    return [{"first": group[0], "rows": group, "counts": _counts(group)} for group in groups]


def _owed_by_others(event: Event) -> list[Decision]:
    """What a letter that is out asks of those who are no centres: they do not answer here, its author sees to it."""
    letter = Letter.objects.in_force().filter(outcome__event=event).select_related("outcome__prepared_by").first()
    if letter is None or letter.outcome is None:
        return []
    owed = letter.outcome.commitments.filter(organization__center=None)
    answered_here = set(map(str, owed.values_list("decision_key", flat=True)))
    rows = reopenings.decisions_sent(letter.outcome)
    return [row for row in rows if row.debtors and str(row.key) not in answered_here]


def _counts(rows: list[Commitment]) -> str:
    """«Принято 9, на проверке 4, не начато 36»."""
    counted = Counter(row.get_status_display().lower() for row in rows)
    return russian.upper_first(", ".join(f"{status} {number}" for status, number in counted.items()))
