"""What the upper floors know of a centre: a part of its card, and its passport."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from centers.models import Center
from rcro_portal.lib import downloads
from rcro_portal.lib.registers import period
from reports.statistics import center_activity as activity
from reports.statistics import passport


def center_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """What it owes, said and won; for htmx the part of the card alone."""
    center, day = _center(request, pk), timezone.localdate()
    within = bool(request.headers.get("HX-Request"))
    template = "reports/statistics/center_part.html" if within else "reports/statistics/center_activity.html"
    context = {"center": center, "day": day, **activity.shown(center, request.user, day)}
    return render(request, template, context)


def center_passport(request: HttpRequest, pk: int) -> HttpResponse:
    """Drawn when it is asked for: it speaks of this moment, and nobody signs it. «?since=…&until=…»: of a period."""
    center, now = _center(request, pk), timezone.now()
    name = f"{downloads.ascii_name('pasport', center, timezone.localdate(now))}.pdf"
    made = passport.pdf(center, request.user, now, period.asked(request.GET))
    return downloads.response(made, "application/pdf", name, inline=True)


def _center(request: HttpRequest, pk: int) -> Center:
    seen = Center.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(seen.select_related("organization__municipality"), pk=pk)
