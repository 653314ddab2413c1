"""Appendices of an outcome or of a written letter: added, named, ordered; and those that a letter went with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from events import outcomes
from events.models import Outcome
from events.permissions import may_plan
from rcro_portal.lib import downloads, errors, store
from rcro_portal.lib.drafts.models import Enclosure
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.refusals import Refusal, require
from reports import access
from reports.composing import appendix_mark, participants
from reports.letters import appendices, drafts
from reports.letters.draft_forms import AppendixCountForm, AppendixForm
from reports.letters.views.drafts import draft_of
from reports.models import Letter


def appendix_list(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    owner = _owner(request, of, pk)
    return _page(request, of, owner, AppendixForm())


@require_POST
def appendix_add(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    owner = _owner(request, of, pk)
    form = AppendixForm(request.POST, request.FILES)
    if form.is_valid():
        file, cleaned = form.cleaned_data["file"], form.cleaned_data
        try:
            appendix = appendices.add(
                of=owner,
                data=file.read(),
                file_name=file.name or "",
                title=cleaned["title"],
                sheets=cleaned["sheets"],
                copies=cleaned["copies"],
            )
        except appendices.SheetsUnknown as refusal:
            form.add_error("sheets", str(refusal))
        except TextLocked:
            raise
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Приложение добавлено: {appendix.title}.")
            return redirect("reports:appendix-list", of, pk)
    return _page(request, of, owner, form)


@require_POST
def appendix_count(request: HttpRequest, of: str, pk: int, appendix_pk: int) -> HttpResponse:
    """Name, sheets and copies, as the mark will say them."""
    owner = _owner(request, of, pk)
    appendix = get_object_or_404(owner.appendices, pk=appendix_pk)
    form = AppendixCountForm(request.POST, prefix=f"row{appendix_pk}", held=appendices.counted(appendix))
    if not form.is_valid():
        return _page(request, of, owner, AppendixForm(), {appendix_pk: form})
    appendices.count(of=owner, appendix=appendix, **form.columns())
    messages.success(request, "Сохранено.")
    return redirect("reports:appendix-list", of, pk)


@require_POST
def appendix_remove(request: HttpRequest, of: str, pk: int, appendix_pk: int) -> HttpResponse:
    owner = _owner(request, of, pk)
    appendices.remove(of=owner, appendix=get_object_or_404(owner.appendices, pk=appendix_pk))
    messages.success(request, "Приложение убрано.")
    return redirect("reports:appendix-list", of, pk)


@require_POST
def appendix_rise(request: HttpRequest, of: str, pk: int, appendix_pk: int) -> HttpResponse:
    owner = _owner(request, of, pk)
    appendices.rise(of=owner, appendix=get_object_or_404(owner.appendices, pk=appendix_pk))
    return redirect("reports:appendix-list", of, pk)


@require_POST
def appendix_participants(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    """«Список участников»: made by the portal from who was marked present, as a PDF of its own."""
    owner = _owner(request, of, pk)
    event = owner.event if isinstance(owner, Outcome) else owner.occasion
    data = participants.listed(event) if event else b""
    if not data:
        messages.info(request, "У этого письма нет мероприятия с отмеченными участниками.")
        return redirect("reports:appendix-list", of, pk)
    appendices.add(of=owner, data=data, file_name="Список участников.pdf", title=participants.TITLE)
    messages.success(request, "Список участников добавлен.")
    return redirect("reports:appendix-list", of, pk)


def appendix_file(request: HttpRequest, of: str, pk: int, appendix_pk: int) -> HttpResponse:
    return _download(get_object_or_404(_owner(request, of, pk).appendices, pk=appendix_pk))


def letter_appendix(request: HttpRequest, pk: int, appendix_pk: int) -> HttpResponse:
    """One that the letter goes with, as frozen at its filing."""
    letter = access.letter_of(request.user, pk)
    rows = letter.snapshot.appendices if letter.snapshot else None
    return _download(get_object_or_404(rows.all() if rows else Letter.objects.none(), pk=appendix_pk))


def _download(appendix: Enclosure) -> HttpResponse:
    return downloads.response(store.read(appendix.digest), appendix.media_type, appendix.file_name)


def _page(
    request: HttpRequest,
    of: str,
    owner: Outcome | Letter,
    form: AppendixForm,
    counted: dict[int, AppendixCountForm] | None = None,
) -> HttpResponse:
    rows = list(owner.appendices.order_by("position", "pk"))
    event = owner.event if isinstance(owner, Outcome) else owner.occasion
    context = {
        "of": of,
        "owner": owner,
        "form": form,
        "rows": [(row, (counted or {}).get(row.pk) or _counting(row)) for row in rows],
        "mark": appendix_mark.lines(rows, [owner.manuscript.body] if isinstance(owner, Letter) else []),
        "back_url": _back(of, owner),
        "has_participants": bool(event and event.attendances.present().exists()),
    }
    status = max(errors.status_of(one) for one in (form, *(counted or {}).values()))
    return render(request, "reports/appendix_list.html", context, status=status)


def _counting(row: Any) -> AppendixCountForm:
    return AppendixCountForm(prefix=f"row{row.pk}", held=appendices.counted(row))


def _back(of: str, owner: Outcome | Letter) -> str:
    return reverse("events:outcome-edit" if of == "outcome" else "reports:draft-edit", args=[owner.pk])


def _owner(request: HttpRequest, of: str, pk: int) -> Outcome | Letter:
    """The outcome or the letter, while it is a draft; for who writes it."""
    if of not in ("outcome", "letter"):
        raise Http404
    if of == "outcome":
        outcome = get_object_or_404(Outcome.objects.visible_to(request.user).select_related("event"), pk=pk)
        require(may_plan(request.user))
        outcomes.DRAFTS.refuse_locked(outcome)
        return outcome
    letter = draft_of(request, pk)
    drafts.DRAFTS.refuse_locked(letter)
    return letter
