"""Who was there: one act for each centre's coordinator, saved at once, and somebody who came instead of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import attendance, attendance_log
from events.acts import EVENT, EventCase
from events.forms import MarkForm, RepresentativeForm, UnmarkForm
from events.models import Event
from events.models.attendance import Capacity
from events.views import attendance_changes
from events.views.doors import event_to
from rcro_portal.lib import errors


def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    EVENT.admit("mark", EventCase(event, request.user, timezone.now()))
    return _page(request, event)


@require_POST
def attendance_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """«Участвует» of one centre."""
    event = event_to("mark", request, pk)
    form = MarkForm(request.POST, centers=attendance.centers(event))
    person = attendance.coordinators(event).get(form.cleaned_data["center"]) if form.is_valid() else None
    if person is None:
        raise attendance.NotThere
    center, why = form.cleaned_data["center"], form.cleaned_data["why"]
    try:
        attendance.mark(event=event, center=center, person=person, by=request.user, at=timezone.now(), why=why)
    except attendance_log.NoReason:
        return attendance_changes.ask(request, event)
    return _marked(request, event, f"Участвует: {person.surname_first}, {center}.", {"person": person.pk})


@require_POST
def attendance_unmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the mark off again, from a coordinator or a representative."""
    event = event_to("unmark", request, pk)
    form = UnmarkForm(request.POST, event=event)
    if not form.is_valid():
        raise attendance.NotThere
    person = form.cleaned_data["person"]
    row = event.attendances.get(person=person)
    try:
        attendance.unmark(event=event, person=person, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])
    except attendance_log.NoReason:
        return attendance_changes.ask(request, event)
    undo = {"center": row.center_id} if row.capacity == Capacity.COORDINATOR else {}
    return _marked(request, event, f"Отметка снята: {person.surname_first}.", undo)


@require_POST
def attendance_represent(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("represent", request, pk)
    form = _representative(event, request.POST)
    if not form.is_valid():
        return _page(request, event, form)
    attendance.mark_representative(
        event=event,
        center=form.cleaned_data["center"],
        person=form.person(),
        by=request.user,
        at=timezone.now(),
        why=form.cleaned_data.get("why", ""),
    )
    messages.success(request, "Представитель отмечен.")
    return redirect("events:attendance-edit", event.pk)


def _representative(event: Event, sent: Any = None) -> RepresentativeForm:
    explained = attendance_log.is_filed(event)
    return RepresentativeForm(sent, centers=attendance.centers(event), explained=explained)


def _marked(request: HttpRequest, event: Event, words: str, undo: dict[str, int]) -> HttpResponse:
    """The list as it is now: what others have marked meanwhile stands in it too."""
    if request.headers.get("HX-Request"):
        context = {**_list(request, event), "words": words, "undo": undo}
        return render(request, "events/attendance_edit.html#list", context)
    messages.success(request, words)
    return redirect("events:attendance-edit", event.pk)


def _page(request: HttpRequest, event: Event, representative: Any = None) -> HttpResponse:
    context = {
        **_list(request, event),
        "representative": representative or _representative(event),
        "changes": event.attendance_changes.count(),
    }
    return render(request, "events/attendance_edit.html", context, status=errors.status_of(representative))


def _list(request: HttpRequest, event: Event) -> dict[str, Any]:
    case = EventCase(event, request.user, timezone.now())
    marked = list(event.attendances.present().select_related("person", "center__organization"))
    return {
        "event": event,
        "rows": _rows(event, {row.person_id for row in marked if row.capacity == Capacity.COORDINATOR}),
        "representatives": [row for row in marked if row.capacity == Capacity.REPRESENTATIVE],
        "count": sum(row.capacity == Capacity.COORDINATOR for row in marked),
        "refused": EVENT.rule("mark", case).why,
        "hold": EVENT.rule("hold", case),
        "filed": attendance_log.is_filed(event),
    }


def _rows(event: Event, marked: set[int]) -> list[dict[str, Any]]:
    """A line per centre with its coordinator, whether they said that they would come, and whether they were there."""
    people = attendance.coordinators(event)
    registered = set(event.attendances.registered().values_list("person", flat=True))
    rows = [(center, people.get(center)) for center in attendance.centers(event)]
    return [
        {
            "center": center,
            "person": person,
            "present": person is not None and person.pk in marked,
            "registered": person is not None and person.pk in registered,
        }
        for center, person in rows
    ]
