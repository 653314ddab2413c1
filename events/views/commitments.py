"""Commitments: the coordinator's list and answer, the methodist's board and review."""

import contextlib
import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import CalendarYear
from events.commitments import commitments
from events.commitments.acts import COMMITMENT, CommitmentCase
from events.forms import AnswerForm, EnteredAnswerForm, NoteForm
from events.models import AnswerFile, Commitment
from events.models.commitment import AnswerWay, CommitmentStatus
from events.views.doors import commitment_to, seen_commitment
from rcro_portal.lib import downloads, errors, store, uploads
from rcro_portal.lib.transitions import timeline

DONE = (CommitmentStatus.ACCEPTED, CommitmentStatus.WITHDRAWN)


def commitment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_commitment(request, pk))


@require_POST
def commitment_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("acknowledge", request, pk)
    commitments.acknowledge(commitment=_as_read(request, commitment), by=request.user, at=timezone.now())
    messages.success(request, "Ознакомление подтверждено.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("answer", request, pk)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid() or not _answer(request, commitment, form, AnswerWay.PORTAL):
        return _page(request, seen_commitment(request, pk), answer_form=form)
    messages.success(request, "Ответ направлен на проверку. О решении сообщим на этой странице.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_enter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("enter_answer", request, pk)
    form = EnteredAnswerForm(request.POST, request.FILES)
    if not form.is_valid() or not _answer(request, commitment, form, form.cleaned_data["way"]):
        return _page(request, seen_commitment(request, pk), entered_form=form)
    messages.success(request, "Ответ внесён.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_accept(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("accept", request, pk)
    commitments.accept(commitment=_as_read(request, commitment), by=request.user, at=timezone.now())
    messages.success(request, "Принято.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("give_back", request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, commitment, note_form=form)
    note, read = form.cleaned_data["note"], _as_read(request, commitment)
    commitments.give_back(commitment=read, note=note, by=request.user, at=timezone.now())
    messages.success(request, "Возвращено с замечанием.")
    return redirect("events:commitment-detail", commitment.pk)


def answer_file(request: HttpRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(AnswerFile.objects.filter(answer__commitment__in=_visible(request)), pk=pk)
    try:
        data = store.read(file.digest)
    except store.Missing as error:
        raise Http404 from error
    return downloads.response(data, downloads.BYTES, file.name)


def _visible(request: HttpRequest) -> Any:
    return Commitment.objects.visible_to(request.user, timezone.localdate())


def _answer(request: HttpRequest, commitment: Commitment, form: Any, way: str) -> bool:
    """False, with words in the form, where a letter has worded the commitment anew since the page was opened."""
    file = form.cleaned_data["file"]
    try:
        commitments.answer(
            commitment=_as_read(request, commitment),
            text=form.cleaned_data["text"],
            way=way,
            files=[uploads.keep(file)] if file else [],
            by=request.user,
            at=timezone.now(),
        )
    except commitments.SaidAnew as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _as_read(request: HttpRequest, commitment: Commitment) -> Commitment:
    """As the page showed it: «seen» says when it was given in the words that were read."""
    with contextlib.suppress(ValueError, OverflowError):
        seen = datetime.datetime.fromisoformat(request.POST.get("seen", ""))
        commitment.opened_at = seen.astimezone(datetime.UTC)
    return commitment


def _page(request: HttpRequest, commitment: Commitment, **forms: Any) -> HttpResponse:
    steps = commitment.transitions.select_related("by__person").order_by("at", "pk")
    last = commitment.transitions.order_by("-at", "-pk").first()
    by_letter = last.note if last and last.by is None and commitment.status not in DONE else ""
    context = {
        "commitment": commitment,
        "answers": commitment.answers.select_related("by__person").prefetch_related("files").order_by("-at"),
        "steps": timeline(steps, CommitmentStatus, {CommitmentStatus.RETURNED: "returned"}),
        "offer": COMMITMENT.offer(CommitmentCase(commitment, request.user, timezone.now())),
        "due_words": CalendarYear.objects.calendar().due_words(commitment.due_on, timezone.localdate()),
        "last_note": last.note if last else "",
        # The newest of what happened is a letter that moved it or worded it anew: said above too, not only in the log.
        "said_anew": by_letter,
        "answer_form": AnswerForm(),
        "entered_form": EnteredAnswerForm(),
        "note_form": NoteForm(),
        **forms,
    }
    status = max([errors.status_of(form) for form in forms.values()], default=200)
    return render(request, "events/commitment_detail.html", context, status=status)
