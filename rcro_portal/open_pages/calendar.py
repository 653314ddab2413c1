"""Open events for calendar programs: one of them, and all of them as a feed that is read again and again."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from events.feeds import LOOKS_BACK
from events.models import Event
from events.telling import invitations
from rcro_portal.lib import downloads, ics
from rcro_portal.lib.russian import upper_first
from rcro_portal.open_pages import answers

NAME = "Мероприятия сети РВЦИ"


@login_not_required
def of_one(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(_rows(), pk=pk)
    return _answer(request, [event], f"rvci-{event.pk}.ics")


@login_not_required
def of_all(request: HttpRequest) -> HttpResponse:
    since = timezone.now() - LOOKS_BACK
    return _answer(request, list(_rows().filter(starts_at__gte=since).order_by("starts_at", "pk")), "rvci-open.ics")


def _rows() -> QuerySet[Event]:
    return Event.objects.public().filter(calendar_entry__isnull=False).select_related("calendar_entry")


def _answer(request: HttpRequest, events: list[Event], name: str) -> HttpResponse:
    data = ics.feed(map(_entry, events), name=NAME)
    return answers.kept(request, downloads.response(data, f"{ics.MEDIA_TYPE}; charset=utf-8", name, inline=True))


def _entry(event: Event) -> ics.Entry:
    """As those who take part have it, by the same ``uid``; but it leads to the open page, and never to the meeting."""
    page = settings.BASE_URL + reverse("open-event", args=[event.pk])
    entry = invitations.entry_of(event, shows_link=False)
    return replace(entry, url=page, description=f"{upper_first(event.what)}\n{page}")
