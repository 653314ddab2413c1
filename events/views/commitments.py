"""Commitments: acknowledged, answered, accepted or given back; the files of answers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.commitments import answer_files, commitments
from events.commitments.forms import AnswerForm, EnteredAnswerForm
from events.forms import NoteForm
from events.models import AnswerFile, Commitment
from events.models.commitment import AnswerWay
from events.views import review
from events.views.commitment_page import as_read, shown
from events.views.doors import commitment_to, seen_commitment
from rcro_portal.lib import downloads, store


def commitment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, seen_commitment(request, pk))


@require_POST
def commitment_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("acknowledge", request, pk)
    commitments.acknowledge(commitment=as_read(request, commitment), by=request.user, at=timezone.now())
    messages.success(request, "Ознакомление подтверждено.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("answer", request, pk)
    form = AnswerForm(request.POST, request.FILES)
    if not _is_sent(request, commitment, form, way=AnswerWay.PORTAL):
        return shown(request, seen_commitment(request, pk), answer_form=form)
    messages.success(request, "Ответ направлен на проверку. О решении сообщим на почту и на этой странице.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_enter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("enter_answer", request, pk)
    form = EnteredAnswerForm(request.POST, request.FILES, today=timezone.localdate())
    if not _is_sent(request, commitment, form):
        return shown(request, seen_commitment(request, pk), entered_form=form)
    messages.success(request, "Ответ внесён.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_accept(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("accept", request, pk)
    commitments.accept(commitment=as_read(request, commitment), by=request.user, at=timezone.now())
    return _judged(request, commitment, "Принято")


@require_POST
def commitment_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("give_back", request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        if "walk" in request.POST:
            return review.walked(request, commitment, request.POST, note_form=form)
        return shown(request, commitment, note_form=form)
    note, read = form.cleaned_data["note"], as_read(request, commitment)
    commitments.give_back(commitment=read, note=note, by=request.user, at=timezone.now())
    return _judged(request, commitment, "Возвращено с замечанием")


def _judged(request: HttpRequest, commitment: Commitment, words: str) -> HttpResponse:
    """Back to its page, or on to the next answer where several are walked through."""
    if "walk" in request.POST:
        messages.success(request, f"{words}: {commitment.organization}.")
        return review.onward(commitment, request.POST)
    messages.success(request, f"{words}.")
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


def _is_sent(request: HttpRequest, commitment: Commitment, form: AnswerForm, **fields: Any) -> bool:
    """Files that are good are kept whatever becomes of the rest; False, with words in the form, where nothing is sent.

    A letter may have worded the commitment anew since the page was opened.
    """
    is_valid, at = form.is_valid(), timezone.now()
    try:
        _keep_files(request, commitment, form)
        if not is_valid or form.only_attaches:
            return False
        said = {name: value for name, value in form.cleaned_data.items() if name != "attached"}
        with transaction.atomic():
            files = [(one.name, one.digest, one.size) for one in answer_files.prepared(commitment, request.user)]
            read = as_read(request, commitment)
            commitments.answer(commitment=read, files=files, by=request.user, at=at, **{**said, **fields})
            answer_files.sent(commitment=commitment, by=request.user)
    except (commitments.SaidAnew, answer_files.TooMany) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _keep_files(request: HttpRequest, commitment: Commitment, form: AnswerForm) -> None:
    judged = form.cleaned_data.get("attached")
    kept = [int(key) for key in request.POST.getlist("kept") if key.isdecimal() and len(key) < 19]
    files = judged.taken if judged else ()
    answer_files.prepare(commitment=commitment, files=files, kept=kept, by=request.user, at=timezone.now())
