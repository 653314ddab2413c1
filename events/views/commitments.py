"""Commitments: the coordinator's list and answer, the methodist's board and review."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import commitments, papers, permissions
from events.forms import AnswerForm, EnteredAnswerForm, NoteForm
from events.models import AnswerFile, Commitment, CommitmentStep
from events.models.commitment import AnswerWay, CommitmentStatus
from rcro_portal import errors, store
from rcro_portal.refusals import require
from rcro_portal.tables import Filter, Table
from rcro_portal.working_days import due_words

ORDERS = {"due": "due_on", "center": "center__organization__search_key", "status": "status"}


def _narrowed(rows: Any, value: str) -> Any:
    return rows.overdue(timezone.localdate()) if value == "overdue" else rows.filter(status=value)


FILTERS = {"status": Filter("Состояние", [*CommitmentStatus.choices, ("overdue", "Просрочено")], _narrowed)}


def commitment_list(request: HttpRequest) -> HttpResponse:
    rows = _visible(request).select_related("center__organization", "decision__outcome__event")
    table = Table(rows, request.GET, orders=ORDERS, search="center__organization__search_key", filters=FILTERS)
    context = {"table": table, "is_office": permissions.is_office(request.user), "today": timezone.localdate()}
    return render(request, "events/commitment_list.html", context)


def commitment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _commitment(request, pk))


@require_POST
def commitment_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = _of_own_center(request, pk)
    commitments.acknowledge(commitment=commitment, by=request.user, at=timezone.now())
    messages.success(request, "Ознакомление подтверждено.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = _of_own_center(request, pk)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, commitment, answer_form=form)
    _answer(request, commitment, form, AnswerWay.PORTAL)
    messages.success(request, "Ответ направлен на проверку. О решении сообщим на этой странице.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_enter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    require(permissions.may_enter_answer(request.user))
    form = EnteredAnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, commitment, entered_form=form)
    _answer(request, commitment, form, form.cleaned_data["way"])
    messages.success(request, "Ответ внесён за центр.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_accept(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    require(permissions.may_review(request.user))
    commitments.accept(commitment=commitment, by=request.user, at=timezone.now())
    messages.success(request, "Принято.")
    return redirect("events:commitment-detail", commitment.pk)


@require_POST
def commitment_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = _commitment(request, pk)
    require(permissions.may_review(request.user))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, commitment, note_form=form)
    commitments.give_back(commitment=commitment, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, "Возвращено с замечанием.")
    return redirect("events:commitment-detail", commitment.pk)


def answer_file(request: HttpRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(AnswerFile.objects.filter(answer__commitment__in=_visible(request)), pk=pk)
    try:
        data = store.read(file.digest)
    except store.Missing as error:
        raise Http404 from error
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attachment(file.name)
    return response


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"


def _visible(request: HttpRequest) -> Any:
    return Commitment.objects.visible_to(request.user, timezone.localdate())


def _commitment(request: HttpRequest, pk: int) -> Commitment:
    rows = _visible(request).select_related("center__organization", "decision__outcome__event")
    return get_object_or_404(rows, pk=pk)


def _of_own_center(request: HttpRequest, pk: int) -> Commitment:
    commitment = _commitment(request, pk)
    require(permissions.may_answer(request.user, commitment, timezone.localdate()), "Отвечает координатор центра.")
    return commitment


def _answer(request: HttpRequest, commitment: Commitment, form: Any, way: str) -> None:
    file = form.cleaned_data["file"]
    commitments.answer(
        commitment=commitment,
        text=form.cleaned_data["text"],
        way=way,
        files=[papers.keep(file)] if file else [],
        by=request.user,
        at=timezone.now(),
    )


def _step_row(step: CommitmentStep) -> dict[str, Any]:
    return {
        "title": CommitmentStatus(step.after).label,
        "who": step.by or "портал",
        "at": step.at,
        "note": step.note,
        "tone": "returned" if step.after == CommitmentStatus.RETURNED else "",
    }


def _page(request: HttpRequest, commitment: Commitment, **forms: Any) -> HttpResponse:
    context = {
        "commitment": commitment,
        "event": commitment.decision.outcome.event,
        "answers": commitment.answers.select_related("by__person").prefetch_related("files").order_by("-at"),
        "steps": [_step_row(step) for step in commitment.steps.select_related("by__person").order_by("at", "pk")],
        "may_answer": permissions.may_answer(request.user, commitment, timezone.localdate()),
        "may_review": permissions.may_review(request.user),
        "due_words": due_words(commitment.due_on, timezone.localdate()),
        "answer_form": AnswerForm(),
        "entered_form": EnteredAnswerForm(),
        "note_form": NoteForm(),
        **forms,
    }
    status = max([errors.status_of(form) for form in forms.values()], default=200)
    return render(request, "events/commitment_detail.html", context, status=status)
