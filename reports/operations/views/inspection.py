"""What the portal found in itself: the administrator's page."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from rcro_portal.lib.refusals import require
from reports.models import CheckRun
from reports.operations import inspection

RUNS = 14
NOT_YOU = "Проверку портала ведёт администратор."


def show(request: HttpRequest) -> HttpResponse:
    """The last run, what it found, and the runs before it. ``asked`` waits for the run that was asked for then."""
    require("administrator" in request.user.roles, NOT_YOU)
    runs = list(CheckRun.objects.order_by("-ended_at", "-pk")[:RUNS])
    last = runs[0] if runs else None
    context = {
        "last": last,
        "total": inspection.total(last) if last else 0,
        "found": [(title, words) for title, words in inspection.titles(last) if words] if last else [],
        "held": [title for title, words in inspection.titles(last) if not words] if last else [],
        "earlier": [(run, inspection.total(run)) for run in runs[1:]],
        "state_url": _state_url(request),
    }
    return render(request, "reports/inspection.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    require("administrator" in request.user.roles, NOT_YOU)
    asked = timezone.now()
    inspection.ask()
    return redirect(_at("reports:inspection", asked))


def state(request: HttpRequest) -> HttpResponse:
    """Asked twice a second while a run is awaited; tells the browser to read the page anew when it is there."""
    require("administrator" in request.user.roles, NOT_YOU)
    if state_url := _state_url(request):
        return render(request, "reports/inspection.html#awaited", {"state_url": state_url})
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = reverse("reports:inspection")
    return response


def _state_url(request: HttpRequest) -> str:
    """Where to ask whether the run has come; empty where none is awaited."""
    asked = _awaited(request)
    return _at("reports:inspection-state", asked) if asked else ""


def _at(name: str, asked: datetime.datetime) -> str:
    return f"{reverse(name)}?{urlencode({'asked': asked.isoformat()})}"


def _awaited(request: HttpRequest) -> datetime.datetime | None:
    """When the run was asked for, if it has not come yet."""
    try:
        asked = parse_datetime(request.GET.get("asked", ""))
    except ValueError:
        return None
    if asked is None or timezone.is_naive(asked) or CheckRun.objects.filter(begun_at__gte=asked).exists():
        return None
    return asked
