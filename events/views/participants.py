"""How many took part who are no coordinators: counted, or by name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.attendance import attendance
from events.attendance import counts as participants
from events.attendance import log as attendance_log
from events.attendance.forms import CountForm, ParticipantForm
from events.models import Event
from events.views.doors import event_to
from rcro_portal.lib.errors import status_of


def participant_counts(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("count", request, pk)
    form = CountForm(request.POST) if request.method == "POST" else CountForm()
    if form.is_valid():
        participants.count(event=event, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Число участников сохранено.")
        return redirect("events:participants", event.pk)
    return _page(request, event, form, _named(request, event))


@require_POST
def participant_name(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("name", request, pk)
    form = _named(request, event, request.POST)
    if not form.is_valid():
        return _page(request, event, CountForm(), form)
    person = form.person()
    attendance.mark_participant(event=event, person=person, by=request.user, at=timezone.now(), **form.said())
    messages.success(request, f"Участвует: {person.surname_first}")
    return redirect("events:participants", event.pk)


def _named(request: HttpRequest, event: Event, sent: Any = None) -> ParticipantForm:
    return ParticipantForm(sent, user=request.user, explained=attendance_log.is_filed(event))


def _page(request: HttpRequest, event: Event, form: CountForm, name_form: ParticipantForm) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "name_form": name_form,
        "lines": participants.lines(event),
        "named": participants.named(event),
        "totals": participants.totals(event),
    }
    return render(request, "events/participant_counts.html", context, status=max(map(status_of, (form, name_form))))
