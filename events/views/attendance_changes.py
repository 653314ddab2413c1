"""Marks after the outcome is filed: the question why, before one is changed; the history of all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from centers.models import Person
from events import permissions
from events.attendance import attendance
from events.attendance import log as attendance_log
from events.attendance.forms import MarkForm, UnmarkForm
from events.models import Event
from rcro_portal.lib.refusals import require

ONLY_THE_OFFICE = "Историю отметок видят сотрудники института."
REASON = "Укажите причину: итоги уже направлены в письме."


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The question for one mark: of a centre's coordinator (``center``), or of somebody who is marked (``person``)."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    require(permissions.may_plan(request.user))
    return _question(request, event, *_asked(event, request.GET))


def history(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    require(permissions.is_office(request.user), ONLY_THE_OFFICE)
    context = {
        "event": event,
        "history": attendance_log.attendance_changes(event),
        "may_plan": permissions.may_plan(request.user),
    }
    return render(request, "events/attendance_history.html", context)


def ask(request: HttpRequest, event: Event) -> HttpResponse:
    """A change came without its reason: its page, with what was sent."""
    form, person, taken_off = _asked(event, request.POST)
    form.add_error("why", REASON)
    return _question(request, event, form, person, taken_off, status=422)


def _asked(event: Event, sent: Any) -> tuple[Any, Person, bool]:
    """The form, whom it is about, and whether a mark is taken off. Raises NotThere."""
    taken_off = "person" in sent
    form: Any = UnmarkForm(sent, event=event) if taken_off else MarkForm(sent, centers=attendance.centers(event))
    if not form.is_valid():
        raise attendance.NotThere
    cleaned = form.cleaned_data
    person = cleaned["person"] if taken_off else attendance.coordinators(event).get(cleaned["center"])
    if person is None:
        raise attendance.NotThere
    return form, person, taken_off


def _question(
    request: HttpRequest, event: Event, form: Any, person: Person, taken_off: bool, status: int = 200
) -> HttpResponse:
    if not attendance_log.is_filed(event):
        return redirect("events:attendance-edit", event.pk)
    row = event.attendances.filter(person=person).select_related("center__organization").first()
    form.fields["why"].required = True
    context = {
        "event": event,
        "form": form,
        "person": person,
        "center": row.center if taken_off and row else form.cleaned_data.get("center"),
        "row": row,
        "taken_off": taken_off,
    }
    return render(request, "events/attendance_change.html", context, status=status)
