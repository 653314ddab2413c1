"""A centre's sheet: read, submitted or entered for the centre, accepted, given back, not waited for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import CalendarYear, StatusGrant
from events import permissions
from events.forms import ReasonForm, SaidOtherwise
from events.models import DataSheet
from events.models.request_sheet import SheetStatus
from events.requests import cards, sheet, sheets
from events.requests.acts import SHEET, SheetCase
from events.requests.forms import AcceptForm, ReturnForm
from events.views.doors import seen_sheet, sheet_to
from rcro_portal.lib import errors
from rcro_portal.lib.text import whole_number
from rcro_portal.lib.transitions import timeline

TONES = {SheetStatus.RETURNED: "returned"}


def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, seen_sheet(request, pk))


@require_POST
def sheet_submit(request: HttpRequest, pk: int) -> HttpResponse:
    row = sheet_to("submit", request, pk)
    sheets.submit(sheet=row, version=_version(request), by=request.user, at=timezone.now())
    messages.success(request, "Ответы направлены методисту. О решении сообщим на почту и на этой странице.")
    return redirect("events:answer-sheet-detail", row.pk)


@require_POST
def sheet_enter(request: HttpRequest, pk: int) -> HttpResponse:
    row = sheet_to("enter", request, pk)
    form = SaidOtherwise(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return shown(request, row, entered_form=form)
    sheets.submit(sheet=row, version=_version(request), by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "Ответы внесены за центр и ждут проверки.")
    return redirect("events:answer-sheet-detail", row.pk)


@require_POST
def sheet_accept(request: HttpRequest, pk: int) -> HttpResponse:
    row = sheet_to("accept", request, pk)
    found = cards.foreseen(row)
    form = AcceptForm(request.POST, writes=found, seen=cards.digest(found))
    if not form.is_valid():
        raise cards.CardChanged
    said: dict[str, Any] = {"write": form.cleaned_data["write"], "seen": form.cleaned_data["seen"]}
    written = sheets.accept(sheet=row, version=_version(request), by=request.user, at=timezone.now(), **said)
    where = f" В карточку организации записано: {', '.join(written)}." if written else ""
    messages.success(request, f"Сведения приняты: {row.center}.{where}")
    return redirect("events:answer-sheet-detail", row.pk)


@require_POST
def sheet_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = sheet_to("give_back", request, pk)
    form = ReturnForm(request.POST, questions=row.asked)
    if not form.is_valid():
        return shown(request, row, return_form=form)
    said: dict[str, Any] = {"note": form.cleaned_data["note"], "remarks": form.remarks}
    sheets.give_back(sheet=row, version=_version(request), by=request.user, at=timezone.now(), **said)
    messages.success(request, f"Возвращено с замечаниями: {row.center}.")
    return redirect("events:answer-sheet-detail", row.pk)


@require_POST
def sheet_excuse(request: HttpRequest, pk: int) -> HttpResponse:
    row = sheet_to("excuse", request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return shown(request, row, excuse_form=form)
    sheets.excuse(sheet=row, reason=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, f"Ответа больше не ждём: {row.center}.")
    return redirect("events:answer-sheet-detail", row.pk)


@require_POST
def sheet_await(request: HttpRequest, pk: int) -> HttpResponse:
    row = sheet_to("await_again", request, pk)
    sheets.await_again(sheet=row, by=request.user, at=timezone.now())
    messages.success(request, f"Ответа снова ждём: {row.center}.")
    return redirect("events:answer-sheet-detail", row.pk)


def _version(request: HttpRequest) -> int:
    """Of the answers that the page showed."""
    return whole_number(request.POST.get("version"))


def shown(request: HttpRequest, row: DataSheet, **forms: Any) -> HttpResponse:
    """A form that was refused comes back with what was typed."""
    day, case = timezone.localdate(), SheetCase(row, request.user, timezone.now())
    offer = SHEET.offer(case)
    steps = row.transitions.select_related("by__person").order_by("at", "pk")
    writes = cards.foreseen(row) if "accept" in offer.acts else []
    last_return = sheets.last_return(row) if row.status == SheetStatus.RETURNED else None
    return_form = forms.get("return_form") or ReturnForm(questions=row.asked)
    context = {
        "row": row,
        "lines": [
            (line, return_form[f"remark-{line.question.key}"] if "give_back" in offer.acts else None)
            for line in sheet.lines(row)
        ],
        "offer": offer,
        "may_write": permissions.may_write_sheet(request.user, row, day) and row.is_silent,
        "due_words": CalendarYear.objects.calendar().due_words(row.request.due_on, day),
        "late_days": _late_days(row),
        "has_status": StatusGrant.objects.in_force_on(day).filter(center=row.center_id).exists(),
        "note": last_return.note if last_return else "",
        "writes": writes,
        "accept_form": AcceptForm(writes=writes, seen=cards.digest(writes)),
        "return_form": return_form,
        "entered_form": SaidOtherwise(today=day),
        "excuse_form": ReasonForm(prefix=None),
        "steps": timeline(steps, SheetStatus, TONES),
        "office": permissions.is_office(request.user),
        **forms,
    }
    status = max([200, *(errors.status_of(form) for form in forms.values())])
    return render(request, "events/sheet_detail.html", context, status=status)


def _late_days(row: DataSheet) -> int:
    if row.submitted_at is None:
        return 0
    return max(0, (timezone.localdate(row.submitted_at) - row.request.due_on).days)
