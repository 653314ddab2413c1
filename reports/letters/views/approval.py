"""The acts between filing and numbering: recall, approval, correction, return, annulment."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.forms import NoteForm, ReasonForm
from events.outcomes import outcomes
from events.permissions import is_office
from rcro_portal.lib.drafts.editor import Editor
from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.text import whole_number
from reports import access
from reports.approval import approvers, reasons
from reports.approval import sheet as approval_sheet
from reports.approval.forms import RemarksForm
from reports.letters import corrections, drafts, letters
from reports.letters.views.doors import letter_to
from reports.letters.views.letters import download, page
from reports.models import Letter
from reports.models.letter import LetterStatus


@require_POST
def letter_recall(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_to("recall", request, pk)
    letters.recall(letter=letter, by=request.user, at=timezone.now())
    messages.success(request, "Письмо отозвано с согласования. Итоги снова открыты для правки.")
    return redirect("reports:letter-detail", pk)


@require_POST
def letter_approve(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_to("approve", request, pk)
    given: dict[str, Any] = {}
    if "remarks" in request.POST:
        form = RemarksForm(request.POST)
        if not form.is_valid():
            return page(request, letter, remarks_form=form)
        given = {"note": form.cleaned_data["remarks"], "remarks": True}
    letters.approve(letter=letter, snapshot_id=snapshot_seen(request), by=request.user, at=timezone.now(), **given)
    messages.success(request, f"{'Согласовано с замечаниями' if given else 'Согласовано'}. {_what_next(letter)}")
    return redirect("home")


def _what_next(letter: Letter) -> str:
    letter.refresh_from_db(fields=["status"])
    if letter.status == LetterStatus.APPROVED:
        return "Письмо ждёт директора."
    asked = reasons.turns(approvers.needed_approvals(letter, timezone.localdate()))
    return f"Теперь письмо ждёт: {asked}."


def letter_approval_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """«Лист согласования»: the institution's own paper, not the centres'."""
    letter = access.letter_of(request.user, pk)
    require(is_office(request.user))
    if letter.snapshot is None:
        raise Http404
    return download(approval_sheet.pdf(letter, timezone.now()), "application/pdf", f"list-soglasovaniya-{letter.pk}")


def letter_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """«Исправить и согласовать»: correct the text and approve the new content at once."""
    letter = letter_to("amend", request, pk)
    if request.method != "POST":
        return _correction(request, letter, _editor(letter))
    editor = _editor(letter, request.POST)
    if not editor.is_valid():
        return _correction(request, letter, editor, "Исправьте отмеченные поля: введённое осталось на странице.", 422)
    try:
        corrections.correct_and_approve(
            letter=letter,
            snapshot_id=snapshot_seen(request),
            page=editor.cleaned(),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _correction(request, letter, editor, str(refusal), 409)
    messages.success(request, f"Исправлено и согласовано. {_what_next(letter)}")
    return redirect("reports:letter-detail", pk)


def _editor(letter: Letter, data: Any = None) -> Editor:
    return outcomes.DRAFTS.editor(letter.outcome, data) if letter.outcome else drafts.DRAFTS.editor(letter, data)


def _correction(
    request: HttpRequest, letter: Letter, editor: Editor, trouble: str = "", status: int = 200
) -> HttpResponse:
    letter.refresh_from_db()
    context = {"letter": letter, "editor": editor, "trouble": trouble}
    return render(request, "reports/letter_correct.html", context, status=status)


@require_POST
def letter_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_to("give_back", request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, letter, note_form=form)
    letters.give_back(letter=letter, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, "Письмо возвращено исполнителю с замечанием.")
    return redirect("reports:letter-detail", pk)


@require_POST
def letter_annul(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_to("annul", request, pk)
    form = ReasonForm(request.POST, prefix="annul")
    if not form.is_valid():
        return page(request, letter, annul_form=form)
    letters.annul(letter=letter, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, "Письмо аннулировано. Номер остаётся в журнале с причиной.")
    return redirect("reports:letter-detail", pk)


def snapshot_seen(request: HttpRequest) -> int:
    """The content that was on the screen; nonsense counts as another content."""
    return whole_number(request.POST.get("snapshot"))
