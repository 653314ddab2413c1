"""What spares a methodist work in the editor of an outcome: earlier outcomes, the programme, typical paragraphs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.models import StockParagraph
from events.outcomes import paragraphs, past, programme
from events.views.outcomes import PAGES, offered
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted

TALKS = ("выступление", "выступления", "выступлений")
FIGURES = ("показатель", "показателя", "показателей")

FILL_IN = "Допишите строки, что остались пустыми, или удалите их."
NOTHING_TO_TAKE = "Взять больше нечего: всё, что было в прошлых итогах, здесь уже есть."
ALL_ARE_THERE = "Все, кто назван в программе, в выступлениях уже есть."


@require_POST
def outcome_take(request: HttpRequest, pk: int, source_pk: int) -> HttpResponse:
    """«Взять из прошлого»."""
    outcome = PAGES.of_writer(request, pk)
    source = get_object_or_404(past.of_its_kind(outcome.event), pk=source_pk)
    talks, figures = past.take(outcome=outcome, source=source, by=request.user, at=timezone.now())
    taken = [russian.agree(number, *words) for number, words in ((talks, TALKS), (figures, FIGURES)) if number]
    messages.success(request, f"Взято: {', '.join(taken)}. {FILL_IN}" if taken else NOTHING_TO_TAKE)
    return redirect(f"{PAGES.url('edit', outcome)}?like={source.pk}#talks")


@require_POST
def outcome_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """«Добавить всех выступавших по программе»."""
    outcome = PAGES.of_writer(request, pk)
    added = programme.add(outcome=outcome, by=request.user, at=timezone.now())
    messages.success(request, f"Добавлено: {russian.agree(added, *TALKS)}." if added else ALL_ARE_THERE)
    return redirect(f"{PAGES.url('edit', outcome)}#talks")


@require_POST
def paragraph_put(request: HttpRequest, pk: int, paragraph_pk: int) -> JsonResponse:
    """A typical paragraph went into the text: its figures are there when the answer comes."""
    outcome = PAGES.of_writer(request, pk)
    paragraph = get_object_or_404(StockParagraph.objects.for_event(outcome.event), pk=paragraph_pk)
    return JsonResponse({"text": paragraphs.put(outcome=outcome, paragraph=paragraph)})


@require_POST
def paragraph_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """«Запомнить абзац»."""
    outcome = PAGES.of_writer(request, pk)
    try:
        kept, is_new = paragraphs.keep(outcome=outcome, text=request.POST.get("text", ""), by=request.user)
    except ValidationError as error:
        return JsonResponse({"words": " ".join(error.messages)}, status=422)
    words = "Абзац запомнен" if is_new else "Такой абзац уже запомнен"
    return JsonResponse({"words": f"{words}: {quoted(kept.title)}.", "paragraph": offered(outcome, kept)})
