"""The home page: what waits for this person, by each of their roles; the page of an event with its progress."""

import itertools
from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from events import permissions as event_permissions
from events.acts import EVENT, EventCase
from events.attendance import attendance
from events.models import Commitment, Event
from events.models.event import EventStatus
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import require
from rcro_portal.lib.transitions import timeline
from reports import permissions
from reports.home import event_beside, event_parts, event_progress, inbox
from reports.home.event_beside import Beside
from reports.journal import clerk_dashboard
from reports.journal.views import entries
from reports.models.certificate import ReleaseStatus
from reports.operations import halt


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """A stranger is led to what is open to everybody; whose log-in is over, to log in again."""
    if not request.user.is_authenticated:
        was_here = settings.SESSION_COOKIE_NAME in request.COOKIES
        return redirect_to_login(request.get_full_path()) if was_here else redirect("open-network")
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
    seen = Event.objects.visible_to(request.user).values("pk")
    event = get_object_or_404(event_beside.events().filter(pk__in=seen), pk=pk)
    case = EventCase(event, request.user, timezone.now())
    beside = Beside(case)
    context = {
        "event": event,
        "kind": russian.upper_first(event.what),
        "office": beside.is_office,
        "progress": event_progress.track(beside),
        "offer": EVENT.offer(case),
        "attendances": _attendances(event) if beside.is_office else None,
        "letters": beside.letters_of_outcome if beside.is_office else [],
        "announcements": beside.announcements if beside.is_office else [],
        **_certificates(event, request),
        "may_announce": _may_announce(beside),
        "commitments": _by_decision(beside.commitments),
        "owed_by_others": beside.owed_by_others if beside.is_office else [],
        **event_parts.shown(case),
        "sees_steps": event_permissions.may_see_audit_log(request.user, event.department, case.day),
        "list_url": reverse("events:event-list"),
        "today": case.day,
    }
    return render(request, "reports/event_page.html", context)


def event_steps(request: HttpRequest, pk: int) -> HttpResponse:
    """The slot on the page of an event: who announced, held or called it off, and when."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    require(event_permissions.may_see_audit_log(request.user, event.department, timezone.localdate()))
    steps = timeline(event.transitions.select_related("by__person").order_by("at", "pk"), EventStatus)
    within = "#steps" if request.headers.get("HX-Request") else ""
    return render(request, f"reports/event_steps.html{within}", {"event": event, "steps": steps})


def _attendances(event: Event) -> dict[str, Any]:
    rows = list(event.attendances.all())
    present = [row for row in rows if row.presence == "present"]
    return {
        "present": present,
        "absent": attendance.absent(event),
        "registered": [row for row in rows if row.presence == "registered"],
        "waiting": sum(row.is_waiting for row in rows),
    }


def _certificates(event: Event, request: HttpRequest) -> dict[str, Any]:
    """Releases of the event, for those who see them; who prepares one has the link once somebody came."""
    if not permissions.may_see_certificates(request.user):
        return {}
    rows = event.certificate_releases.exclude(status=ReleaseStatus.CANCELLED).annotate(number=Count("certificates"))
    if not event.has_certificates:  # type: ignore[attr-defined]
        rows = rows.none()
    prepares = event.status == EventStatus.HELD and permissions.may_prepare_certificates(request.user)
    return {"releases": rows.order_by("pk"), "may_prepare_certificates": prepares}


def _may_announce(beside: Beside) -> bool:
    """Prepare the letter «О проведении …»: while the event is announced and has no such letter yet."""
    is_announced = beside.event.status == EventStatus.ANNOUNCED
    return is_announced and permissions.may_write(beside.case.user) and not beside.announcements


def _by_decision(rows: list[Commitment]) -> list[dict[str, Any]]:
    """By decision: its words and term once, then what each organisation did."""
    groups = [list(group) for _, group in itertools.groupby(rows, key=lambda row: row.decision_key)]
    return [{"first": group[0], "rows": group, "counts": _counts(group)} for group in groups]


def _counts(rows: list[Commitment]) -> str:
    """«Принято 9, на проверке 4, не начато 36»."""
    counted = Counter(row.get_status_display().lower() for row in rows)
    return russian.upper_first(", ".join(f"{status} {number}" for status, number in counted.items()))
