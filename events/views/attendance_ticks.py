"""Ticks that save themselves: sent by a form without scripts, or in a bundle by ``attendance.js`` once it has a way."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.acts import EVENT, EventCase
from events.attendance import attendance, ticks
from events.attendance import sheet as attendance_sheet
from events.attendance.forms import TicksForm
from events.models import Event
from events.views.doors import event_to
from rcro_portal.lib import russian


@require_POST
def attendance_ticks(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("tick", request, pk)
    form = TicksForm(request.POST)
    if not form.is_valid():
        raise attendance.NotThere
    settled = ticks.settle(event=event, ticks=form.cleaned_data["tick"], by=request.user, at=timezone.now())
    words = _words(settled)
    if request.headers.get("Accept") == "application/json":
        done = [[mark.center.pk, not mark.present] for mark in settled.done]
        return JsonResponse({**attendance_sheet.of(event).state(), "words": words, "done": done})
    messages.success(request, words)
    return redirect("events:attendance-edit", event.pk)


def attendance_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """How all marks stand now: an open page shows what others have marked."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    EVENT.admit("mark", EventCase(event, request.user, timezone.now()))
    return JsonResponse(attendance_sheet.of(event).state())


def _words(settled: ticks.Settled) -> str:
    said = [*_done(settled), *map(_disputed, settled.disputed)]
    if settled.gone:
        said.append("Части центров в списке больше нет. Обновите страницу.")
    return " ".join(said) or "Отметки стоят так уже."


def _done(settled: ticks.Settled) -> list[str]:
    """``settled`` holds the marks as they were before."""
    if len(settled.done) == 1:
        (mark,) = settled.done
        name = mark.person.surname_first
        return [f"Отметка снята: {name}" if mark.present else f"Участвует: {name}, {mark.center}."]
    counts: dict[str, Any] = {
        "Отмечено центров": sum(not mark.present for mark in settled.done),
        "Отметок снято": sum(mark.present for mark in settled.done),
    }
    return [f"{name}: {russian.grouped(count)}." for name, count in counts.items() if count]


def _disputed(mark: ticks.Mark) -> str:
    assert mark.row
    state = "участвует" if mark.present else "отсутствует"
    return f"{mark.person.surname_first}: эту отметку уже изменил другой человек ({mark.row.marked_by}) – {state}."
