"""Who was there: the page of all centres, one mark with its reason, and who came instead of somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.acts import EVENT, EventCase
from events.attendance import attendance
from events.attendance import log as attendance_log
from events.attendance import sheet as attendance_sheet
from events.attendance.forms import ExpectedForm, MarkForm, RepresentativeForm, UnmarkForm
from events.models import Event
from events.outcomes.choosers import debtors
from events.views import attendance_changes
from events.views.doors import event_to
from rcro_portal.lib import errors


def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    EVENT.admit("mark", EventCase(event, request.user, timezone.now()))
    return _page(request, event)


@require_POST
def attendance_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """«Участвует» of one centre, with the reason where a letter speaks of it."""
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
    return _marked(request, event, f"Участвует: {person.surname_first}, {center}.")


@require_POST
def attendance_unmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the mark off again, from a coordinator or a representative."""
    event = event_to("unmark", request, pk)
    form = UnmarkForm(request.POST, event=event)
    if not form.is_valid():
        raise attendance.NotThere
    person, why = form.cleaned_data["person"], form.cleaned_data["why"]
    try:
        attendance.unmark(event=event, person=person, by=request.user, at=timezone.now(), why=why)
    except attendance_log.NoReason:
        return attendance_changes.ask(request, event)
    return _marked(request, event, f"Отметка снята: {person.surname_first}")


@require_POST
def attendance_represent(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("represent", request, pk)
    form = _representative(event, attendance_log.is_filed(event), request.POST)
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
    return _marked(request, event, "Представитель отмечен.")


@require_POST
def attendance_expected(request: HttpRequest, pk: int) -> HttpResponse:
    """Several who registered beforehand, by one press."""
    event = event_to("mark_expected", request, pk)
    form = ExpectedForm(request.POST, event=event, explained=attendance_log.is_filed(event))
    if not form.is_valid():
        return _page(request, event, expected=form)
    said = {"people": [one.pk for one in form.cleaned_data["person"]], "why": form.cleaned_data["why"]}
    marked = attendance.mark_expected(event=event, by=request.user, at=timezone.now(), **said)
    return _marked(request, event, f"Отмечено: {len(marked)}.")


def _representative(event: Event, filed: bool, sent: Any = None, *, center: str = "") -> RepresentativeForm:
    """``center``: whose representative the page was opened for."""
    initial = {"center": center} if center.isdecimal() else {}
    return RepresentativeForm(sent, centers=debtors(event.first_day), explained=filed, initial=initial)


def _marked(request: HttpRequest, event: Event, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("events:attendance-edit", event.pk)


def _page(request: HttpRequest, event: Event, representative: Any = None, expected: Any = None) -> HttpResponse:
    case = EventCase(event, request.user, timezone.now())
    asked = request.GET.get("center", "") if request.method == "GET" else ""
    sheet, filed = attendance_sheet.of(event), attendance_log.is_filed(event)
    context = {
        "event": event,
        "sheet": sheet,
        "refused": EVENT.rule("mark", case).why,
        "hold": EVENT.rule("hold", case),
        "filed": filed,
        "asked": asked,
        "representative": representative or _representative(event, filed, center=asked),
        "expected_form": expected or ExpectedForm(event=event, explained=filed),
        "changes": event.attendance_changes.count(),
    }
    status = max(map(errors.status_of, (representative, expected)))
    return render(request, "events/attendance_edit.html", context, status=status)
