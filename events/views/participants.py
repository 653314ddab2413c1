"""How many took part who are counted and not named."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from events.attendance import counts as participants
from events.attendance.forms import CountForm
from events.views.doors import event_to
from rcro_portal.lib.errors import status_of


def participant_counts(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("count", request, pk)
    form = CountForm(request.POST) if request.method == "POST" else CountForm()
    if form.is_valid():
        participants.count(event=event, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Число участников сохранено.")
        return redirect("events:participants", event.pk)
    context = {
        "event": event,
        "form": form,
        "lines": participants.lines(event),
        "totals": participants.totals(event),
    }
    return render(request, "events/participant_counts.html", context, status=status_of(form))
