"""«Мой календарь»: the secret address that a calendar program reads, made, made anew and forgotten."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import feeds
from events.models import CalendarFeed
from rcro_portal.lib import downloads, ics

KEPT = "private, max-age=900"


def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The address is shown once, on the page that made it."""
    address = feeds.make(user=request.user, at=timezone.now()) if request.method == "POST" else ""
    feed = CalendarFeed.objects.filter(user=request.user).first()
    context = {"feed": feed, "address": address, "subscribe": address.replace("https://", "webcal://")}
    return render(request, "events/calendar_feed.html", context)


@require_POST
def calendar_forget(request: HttpRequest) -> HttpResponse:
    feeds.forget(user=request.user)
    messages.success(request, "Ссылка больше ничего не открывает. Новую можно сделать в любой день.")
    return redirect("events:calendar-feed")


@login_not_required
def calendar_read(request: HttpRequest, secret: str) -> HttpResponse:
    user = feeds.owner(secret)
    if user is None:
        raise Http404
    data = feeds.read(user, now=timezone.now())
    tag = f'"{hashlib.sha256(data).hexdigest()}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = downloads.response(data, f"{ics.MEDIA_TYPE}; charset=utf-8", "rvci.ics", inline=True)
    response.headers["ETag"], response.headers["Cache-Control"] = tag, KEPT
    return response
