"""Letters that are written freely: begun, edited beside their pages, checked, filed, thrown away, replaced."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers import sent_forms
from events.forms import ReasonForm
from rcro_portal.lib import errors, sessions
from rcro_portal.lib.refusals import require
from reports import access, permissions
from reports.composing import addressees, draft_lint, previews, reading
from reports.letters import drafts, letters, replacements
from reports.letters.draft_forms import AddresseeForm, LetterEditor, NewLetterForm, organizations, people
from reports.letters.views import draft_history
from reports.letters.views.draft_history import WRITERS, number
from reports.letters.views.letters import page
from reports.models import Letter, LetterRevision
from reports.models.letter import LetterKind, LetterStatus

TITLES = {
    LetterKind.OUTCOME: "Письмо об итогах",
    LetterKind.ANNOUNCEMENT: "Письмо «О проведении …»",
    LetterKind.INFORMATION: "Информационное письмо",
    LetterKind.REPLY: "Ответ на письмо",
}


def draft_new(request: HttpRequest) -> HttpResponse:
    """«Новое письмо»: what kind it is, and what it starts from."""
    require(permissions.may_write(request.user), WRITERS)
    past = access.visible(request.user).exclude(snapshot=None, manuscript=None).order_by("-pk")
    chosen = {name: request.GET[name] for name in ("kind", "event", "incoming") if name in request.GET}
    form = NewLetterForm(request.POST if request.method == "POST" else None, initial=chosen, past=past)
    if request.method == "POST" and form.is_valid():
        key, now = form.take_key(), timezone.now()
        begin = partial(drafts.begin, by=request.user, at=now, **form.cleaned_data)
        letter, _ = sent_forms.once(begin, key=key, by=request.user, at=now)
        return redirect("reports:draft-edit", letter.pk)
    return render(request, "reports/draft_new.html", {"form": form}, status=errors.status_of(form))


def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter = draft_of(request, pk)
    if letter.status != LetterStatus.DRAFT:
        raise drafts.DraftLocked
    return _page(request, letter, LetterEditor(letter))


@require_POST
def draft_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands on the page; by itself or by the button. Whatever is refused stays on the page or is kept."""
    letter = draft_of(request, pk)
    editor = LetterEditor(letter, request.POST)
    by_itself, now = bool(request.headers.get("HX-Request")), timezone.now()
    if not editor.is_valid():
        return _not_saved(request, letter, editor, by_itself)
    if by_itself and drafts.is_saved(letter=letter, **editor.cleaned()):
        sessions.rest(request)
    try:
        drafts.save(letter=letter, by=request.user, at=now, **editor.cleaned())
    except (drafts.DraftChanged, drafts.DraftLocked) as refusal:
        again = number(request.POST.get("aside"))
        aside = drafts.keep_aside(letter=letter, by=request.user, at=now, again=again, **editor.cleaned())
        return _kept_aside(request, aside, str(refusal), by_itself)
    if by_itself:
        return render(request, "reports/draft_edit.html#saved", {"letter": draft_of(request, pk)})
    messages.success(request, "Письмо сохранено.")
    return redirect("reports:draft-check", pk)


def draft_version(request: HttpRequest, pk: int) -> JsonResponse:
    """Asked by the open editor: whether somebody else has saved meanwhile."""
    letter = draft_of(request, pk)
    text = letter.manuscript
    who = f"{text.edited_by.person.surname_first}, {timezone.localtime(text.edited_at):%H:%M}"
    words = f"Этот текст изменён: {who}. На странице прежний. Написанное вами не пропадёт: при сохранении сравните оба."
    if letter.status != LetterStatus.DRAFT:
        words = str(drafts.DraftLocked())
    return JsonResponse({"version": text.version, "words": words})


def _kept_aside(request: HttpRequest, aside: LetterRevision, words: str, by_itself: bool) -> HttpResponse:
    if not by_itself:
        return draft_history.compare_page(request, aside, words, status=409)
    context = {"aside": aside, "words": words, "letter": aside.letter, "version": aside.version}
    return render(request, "reports/draft_edit.html#aside", context, status=409)


def _not_saved(request: HttpRequest, letter: Letter, editor: LetterEditor, by_itself: bool) -> HttpResponse:
    if by_itself:
        # The version that this page holds, not the newest: a later save must still see that somebody else was first.
        context = {"version": request.POST.get("version", ""), "letter": letter}
        return render(request, "reports/draft_edit.html#unsaved", context, status=422)
    return _page(request, letter, editor, status=422)


def _page(request: HttpRequest, letter: Letter, editor: LetterEditor, status: int = 200) -> HttpResponse:
    context = {
        "letter": letter,
        "title": TITLES[LetterKind(letter.kind)],
        "editor": editor,
        "status": status,
        "may_discard": letter.filed_at is None and _may_file(request, letter),
    }
    return render(request, "reports/draft_edit.html", context, status=status)


def addressee_lines(request: HttpRequest) -> HttpResponse:
    """What the registers know of the organisation or person just chosen, for the same row of the form."""
    require(permissions.may_write(request.user), WRITERS)
    prefix = request.GET.get("prefix", "")[:50]
    given = {"people": people(), "organizations": organizations()}
    asked = AddresseeForm(
        {key: request.GET[key] for key in request.GET if not _is_prefilled(key)}, prefix=prefix, **given
    )
    asked.is_valid()
    chosen = {name: asked.cleaned_data.get(name) for name in ("organization", "person")}
    lines, email = addressees.prefilled(**chosen, day=timezone.localdate())
    form = AddresseeForm(prefix=prefix, initial={"lines": lines, "email": email}, **given)
    return render(request, "reports/draft_addressee.html#prefilled", {"form": form})


def _is_prefilled(key: str) -> bool:
    return key.endswith(("-lines", "-email"))


def draft_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of the letter as it stands now, asked for by the editor after each save."""
    letter = draft_of(request, pk)
    return render(request, "reports/outcome_preview.html", previews.preview_of(letter.manuscript, timezone.now()))


def draft_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Before filing, without taking a number: the pages, what is missing, who will get it and what it will ask."""
    letter = draft_of(request, pk)
    if letter.status != LetterStatus.DRAFT:
        raise drafts.DraftLocked
    return _check(request, letter)


def _check(request: HttpRequest, letter: Letter, moved: str = "") -> HttpResponse:
    """``moved``: why it was not filed as it was read."""
    now = timezone.now()
    day = timezone.localdate(now)
    found = addressees.named(letter, day)
    receivers = addressees.receivers(found.centers, found.addressees, day)
    findings = list(draft_lint.findings(letter, at=now))
    context = {
        "letter": letter,
        "blocking": [finding for finding in findings if finding.blocks],
        "advice": [finding for finding in findings if not finding.blocks],
        "refused": "" if _may_file(request, letter) else _not_yours(letter),
        "receivers": receivers,
        "without_address": sum(not receiver.email for receiver in receivers),
        "asked": [],
        "appendices_url": reverse("reports:appendix-list", args=["letter", letter.pk]),
        "appendices": letter.appendices.order_by("position", "pk"),
        "moved": moved,
        **(shown := previews.preview_of(letter.manuscript, now)),
        "act_fields": {"seen": shown["seen"]},
    }
    return render(request, "reports/draft_check.html", context, status=409 if moved else 200)


@require_POST
def draft_file(request: HttpRequest, pk: int) -> HttpResponse:
    """«Направить на согласование»; a second click finds it there."""
    letter = draft_of(request, pk)
    require(_may_file(request, letter), _not_yours(letter))
    try:
        letters.file_draft(letter=letter, by=request.user, at=timezone.now(), seen=request.POST.get("seen", ""))
    except letters.AlreadyFiled as filed:
        messages.info(request, str(filed))
    except draft_lint.DraftNotReady:
        return redirect("reports:draft-check", pk)
    except reading.LetterMoved as moved:
        return _check(request, letter, str(moved))
    else:
        messages.success(request, "Письмо направлено на согласование.")
    return redirect("reports:letter-detail", pk)


@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    letter = draft_of(request, pk)
    require(_may_file(request, letter), _not_yours(letter))
    drafts.discard(letter=letter, version=number(request.POST.get("version")))
    messages.success(request, "Черновик удалён.")
    return redirect("reports:letter-list")


@require_POST
def letter_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """«Заменить письмом»: the outcome is opened again, or there is a new draft with the old text."""
    letter = access.letter_of(request.user, pk)
    require(_may_file(request, letter), f"Заменяет письмо методист или начальник отдела: {letter.department.name}.")
    form = ReasonForm(request.POST, prefix="replace")
    if not form.is_valid():
        return page(request, letter, replace_form=form)
    reason = form.cleaned_data["note"]
    try:
        draft = replacements.begin(letter=letter, reason=reason, by=request.user, at=timezone.now())
    except replacements.UnderWay as refusal:
        messages.info(request, str(refusal))
        return redirect("reports:letter-detail", replacements.under_way(letter).pk)
    if draft.outcome_id:
        messages.success(request, "Итоги снова открыты: исправьте их и направьте новое письмо на согласование.")
        return redirect("events:outcome-edit", draft.outcome_id)
    messages.success(request, "Черновик нового письма готов: исправьте его и направьте на согласование.")
    return redirect("reports:draft-edit", draft.pk)


@require_POST
def letter_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """«Отказаться от замены»: the outcome is again what the letter in force says."""
    letter = access.letter_of(request.user, pk)
    require(_may_file(request, letter), f"От замены отказывается тот, кто её готовит: {letter.department.name}.")
    kept = letter.replaces_id
    replacements.give_up(letter=letter, by=request.user, at=timezone.now())
    messages.success(request, "Замена отменена. Итоги такие, как в отправленном письме; ваш текст остался в истории.")
    return redirect("reports:letter-detail", kept)


def _may_file(request: HttpRequest, letter: Letter) -> bool:
    return permissions.may_file_letter(request.user, letter, timezone.localdate())


def _not_yours(letter: Letter) -> str:
    return f"Направляет методист или начальник отдела: {letter.department.name}."


def draft_of(request: HttpRequest, pk: int) -> Letter:
    """A letter that is written freely, for who writes; else 404 or 403."""
    rows = access.visible(request.user).filter(manuscript__isnull=False)
    letter = get_object_or_404(
        rows.select_related(
            "manuscript__edited_by__person",
            "manuscript__distribution_list",
            "department",
            "event",
            "answers",
            "replaces__entry",
            "prepared_by",
            "outcome",
        ),
        pk=pk,
    )
    require(permissions.may_write(request.user), WRITERS)
    return letter
