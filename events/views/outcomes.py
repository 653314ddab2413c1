"""The editor of an outcome: opened from the event, saved by itself while it is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.people import namesakes
from events import permissions
from events.forms import NewPersonForm
from events.models import Outcome, StockParagraph
from events.outcomes import outcomes, paragraphs, past, programme
from events.views.doors import event_to
from rcro_portal.lib import errors
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.text import whole_number


@require_POST
def outcome_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """«Внести итоги»: from the event to the editor."""
    event = event_to("begin_outcome", request, pk)
    outcome = outcomes.begin(event=event, by=request.user, at=timezone.now())
    return redirect("events:outcome-edit", outcome.pk)


def offered(outcome: Outcome, paragraph: StockParagraph) -> dict[str, str]:
    """What the open editor knows of a typical paragraph."""
    text, _ = paragraphs.asked_of(paragraph, outcome.event)
    put_url = reverse("events:paragraph-put", args=[outcome.pk, paragraph.pk])
    return {"title": paragraph.title, "text": text, "url": put_url}


class OutcomePages(EditorPages[Outcome]):
    """The editor of an outcome, its history and two texts of it."""

    drafts = outcomes.DRAFTS
    name, slug = "events:outcome", "outcome"
    template = "events/outcome_edit.html"
    back = "К тексту итогов"
    lead = "Пишите слева: справа портал составляет письмо."
    button, saved = "Сохранить и проверить", "Итоги сохранены."
    writers = "Итоги пишут методисты, начальники отделов и администратор."
    then = "reports:outcome-check"

    def seen(self, request: HttpRequest, pk: int) -> Outcome:
        """For the whole office."""
        rows = Outcome.objects.visible_to(request.user).select_related(
            "event__department", "event__schedule", "prepared_by", "edited_by__person"
        )
        return get_object_or_404(rows, pk=pk)

    def may_write(self, request: HttpRequest) -> bool:
        return permissions.may_plan(request.user)

    def heading(self, of: Outcome) -> str:  # noqa: ARG002
        return "Итоги"

    def topic(self, of: Outcome) -> str:
        return of.event.topic

    def home(self, of: Outcome) -> str:
        return reverse("reports:event-page", args=[of.event_id])

    def drawn(self, request: HttpRequest, of: Outcome, written: Page) -> Page:
        """After «Взять из прошлого» with empty rows for what is said each time anew."""
        like = whole_number(request.GET.get("like"))
        source = past.of_its_kind(of.event).filter(pk=like).first() if like else None
        return past.with_empty_rows(written, source) if source else written

    def context(self, request: HttpRequest, of: Outcome) -> dict[str, Any]:  # noqa: ARG002
        return {"outcome": of}

    def beside(self, of: Outcome) -> dict[str, Any]:
        return {
            "past": list(past.of_its_kind(of.event)[: past.OFFERED]),
            "speaking": programme.speaking(of.event),
            "paragraphs": [offered(of, one) for one in paragraphs.offered(of)],
            "keep_url": reverse("events:paragraph-keep", args=[of.pk]),
        }


PAGES = OutcomePages()


def speaker_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who spoke and whom the portal does not know yet."""
    outcome = PAGES.of_writer(request, pk)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = namesakes.known_or_new(form.person())
        messages.success(request, f"{person.full_name}: теперь можно выбрать в выступлениях.")
        return redirect("events:outcome-edit", outcome.pk)
    context = {"form": form, "outcome": outcome, "event": outcome.event}
    return render(request, "events/speaker_new.html", context, status=errors.status_of(form))
