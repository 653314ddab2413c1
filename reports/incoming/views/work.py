"""What is done with an incoming letter: the director's resolution, its end; the answer is begun among the letters."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.forms import ReasonForm
from rcro_portal.lib import russian
from reports.incoming import resolutions
from reports.incoming.resolution_form import ReassignForm, ResolutionForm
from reports.incoming.views.doors import incoming_to
from reports.incoming.views.incoming import page
from reports.models import IncomingLetter


@require_POST
def incoming_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """«Написать резолюцию», a usual one by one press."""
    row = incoming_to("resolve", request, pk)
    form = ResolutionForm(request.POST, incoming=row, today=timezone.localdate())
    if not form.is_valid():
        return page(request, row, resolution_form=form)
    said = {name: form.cleaned_data[name] for name in ("executor", "resolution", "due_on")}
    resolutions.resolve(incoming=row, by=request.user, at=timezone.now(), **said)
    term = russian.short_date(said["due_on"])
    messages.success(request, f"Резолюция записана: {said['executor'].surname_first}, срок {term}")
    return redirect("reports:incoming-detail", pk)


@require_POST
def incoming_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """«Передать другому исполнителю», by the head of the department."""
    row = incoming_to("reassign", request, pk)
    form = ReassignForm(request.POST, incoming=row, today=timezone.localdate(), prefix="reassign")
    if not form.is_valid():
        return page(request, row, reassign_form=form)
    executor = form.cleaned_data["executor"]
    said = {"executor": executor, "why": form.cleaned_data["why"]}
    resolutions.reassign(incoming=row, by=request.user, at=timezone.now(), **said)
    messages.success(request, f"Исполнитель теперь – {executor.surname_first}. Сообщим обоим.")
    return redirect("reports:incoming-detail", pk)


@require_POST
def incoming_file_away(request: HttpRequest, pk: int) -> HttpResponse:
    row = incoming_to("file_away", request, pk)
    resolutions.file_away(incoming=row, by=request.user, at=timezone.now())
    messages.success(request, "Письмо списано в дело.")
    return redirect("reports:incoming-detail", pk)


@require_POST
def incoming_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason("close", resolutions.close, "Письмо закрыто.", request, pk)


@require_POST
def incoming_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason("reopen", resolutions.reopen, "Письмо снова ждёт резолюции.", request, pk)


def _with_reason(act: str, verb: Callable[..., Any], done: str, request: HttpRequest, pk: int) -> HttpResponse:
    row: IncomingLetter = incoming_to(act, request, pk)
    form = ReasonForm(request.POST, prefix=act)
    if not form.is_valid():
        return page(request, row, **{f"{act}_form": form})
    verb(incoming=row, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, done)
    return redirect("reports:incoming-detail", pk)
