"""Incoming letters: a new one, its page, and which commitment it answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import CalendarYear
from events.forms import ReasonForm
from events.models import Commitment
from events.models.outcome import Asks
from events.permissions import may_enter_answer
from rcro_portal.lib import downloads, errors, sent_forms, store
from rcro_portal.lib.refusals import require
from rcro_portal.lib.transitions import timeline
from reports import permissions
from reports.incoming import arrivals
from reports.incoming.acts import INCOMING
from reports.incoming.forms import IncomingForm
from reports.incoming.resolution_form import ReassignForm, ResolutionForm
from reports.incoming.views.doors import case_of, incoming_of
from reports.models import IncomingLetter
from reports.models.incoming import IncomingStatus


def incoming_new(request: HttpRequest) -> HttpResponse:
    require(permissions.may_register_incoming(request.user), "Входящие письма регистрирует делопроизводитель.")
    if request.method != "POST":
        return _form(request, IncomingForm(initial={"received_on": timezone.localdate(), **_of_our_letter(request)}))
    if sent := sent_forms.made(IncomingForm.sent_key(request.POST), request.user):
        messages.info(request, "Это письмо уже внесено.")
        return redirect("reports:incoming-detail", sent.pk)
    form = IncomingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    file = form.cleaned_data["file"]
    row = arrivals.register(
        by=request.user,
        at=timezone.now(),
        data=file.read() if file else b"",
        file_name=file.name[-150:] if file else "",
        key=form.take_key(),
        **form.row(),
    )
    messages.success(request, "Входящее письмо внесено.")
    return redirect("reports:incoming-detail", row.pk)


def _of_our_letter(request: HttpRequest) -> dict[str, str]:
    """«Внести ответ на это письмо» brings its number and date along."""
    return {name: request.GET[name] for name in ("replies_number", "replies_on") if request.GET.get(name)}


def _form(request: HttpRequest, form: IncomingForm) -> HttpResponse:
    return render(request, "reports/incoming_new.html", {"form": form}, status=errors.status_of(form))


def incoming_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, incoming_of(request, pk))


def page(request: HttpRequest, row: IncomingLetter, **forms: Any) -> HttpResponse:
    """The letter's card; ``forms`` are those that somebody filled wrongly."""
    today = timezone.localdate()
    steps = row.transitions.select_related("by__person").order_by("at", "pk")
    term = row.due_on if row.status == IncomingStatus.IN_WORK else None
    context = {
        "incoming": row,
        "owed": arrivals.owed(row) if row.commitment is None else [],
        "replies": row.answers.select_related("entry").order_by("pk"),
        "may_answer": may_enter_answer(request.user),
        "offer": INCOMING.offer(case_of(request, row)),
        "due_words": CalendarYear.objects.calendar().due_words(term, today) if term else "",
        "is_late": bool(term and term < today),
        "steps": timeline(steps, IncomingStatus),
        "resolution_form": ResolutionForm(incoming=row, today=today),
        "reassign_form": ReassignForm(incoming=row, today=today, prefix="reassign"),
        "close_form": ReasonForm(prefix="close"),
        "reopen_form": ReasonForm(prefix="reopen"),
        **forms,
    }
    status = max([errors.status_of(form) for form in forms.values()], default=200)
    return render(request, "reports/incoming_detail.html", context, status=status)


@require_POST
def incoming_count(request: HttpRequest, pk: int, commitment_pk: int) -> HttpResponse:
    """«Внести как ответ центра»."""
    row = incoming_of(request, pk)
    require(may_enter_answer(request.user), "Ответ за центр вносит методист.")
    commitment = get_object_or_404(Commitment, pk=commitment_pk)
    arrivals.count_as_answer(incoming=row, commitment=commitment, by=request.user, at=timezone.now())
    waits = commitment.asks != Asks.ACKNOWLEDGEMENT
    messages.success(request, f"Ответ внесён{' и ждёт проверки' if waits else ''}.")
    return redirect("reports:incoming-detail", pk)


def incoming_file(request: HttpRequest, pk: int) -> HttpResponse:
    row = incoming_of(request, pk)
    if not row.digest:
        raise Http404
    return downloads.response(store.read(row.digest), downloads.BYTES, row.file_name)
