"""Appendices of an outcome or of a written letter: added, named, ordered; and those that a letter went with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from events.models import Event, Outcome
from events.views.outcomes import PAGES as OUTCOMES
from rcro_portal.lib import downloads, errors, store
from rcro_portal.lib.drafts.models import Enclosure
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.refusals import Refusal
from reports import access
from reports.composing import appendix_mark, participants
from reports.letters import appendices
from reports.letters.draft_forms import AppendixCountForm, AppendixForm
from reports.letters.views.drafts import PAGES as LETTERS
from reports.models import Letter

# By the word that stands in the addresses.
EDITORS: dict[str, EditorPages[Any]] = {pages.slug: pages for pages in (OUTCOMES, LETTERS)}


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
    event = _event(owner)
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
    event = _event(owner)
    context = {
        "of": of,
        "owner": owner,
        "form": form,
        "rows": [(row, (counted or {}).get(row.pk) or _counting(row)) for row in rows],
        "mark": appendix_mark.lines(rows, [owner.manuscript.body] if isinstance(owner, Letter) else []),
        "back_url": EDITORS[of].url("edit", owner),
        "has_participants": bool(event and event.attendances.present().exists()),
    }
    status = max(errors.status_of(one) for one in (form, *(counted or {}).values()))
    return render(request, "reports/appendix_list.html", context, status=status)


def _counting(row: Any) -> AppendixCountForm:
    return AppendixCountForm(prefix=f"row{row.pk}", held=appendices.counted(row))


def _event(owner: Outcome | Letter) -> Event | None:
    return owner.event if isinstance(owner, Outcome) else owner.occasion


def _owner(request: HttpRequest, of: str, pk: int) -> Any:
    """The outcome or the letter, while it is a draft; for who writes it."""
    if of not in EDITORS:
        raise Http404
    pages = EDITORS[of]
    owner = pages.of_writer(request, pk)
    pages.drafts.refuse_locked(owner)
    return owner
