"""Figures of a letter that is written freely: the slot of its editor."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from reports.letters import drafts
from reports.letters.views import figure_slot
from reports.letters.views.drafts import draft_of
from reports.models import Letter


def figure_list(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.slot(request, _draft(draft_of(request, pk)))


def figure_form(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.searched(request, _draft(draft_of(request, pk)))


def figure_rows(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    return figure_slot.rows_of(request, _draft(draft_of(request, pk)), figure_pk)


@require_POST
def figure_add(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.add(request, _draft(draft_of(request, pk)))


@require_POST
def figure_type(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.add_typed(request, _draft(draft_of(request, pk)))


@require_POST
def figure_case(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    return figure_slot.to_case(request, _draft(draft_of(request, pk)), figure_pk)


@require_POST
def figure_remove(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    letter = draft_of(request, pk)
    drafts.remove_figure(letter=letter, figure=get_object_or_404(letter.figures, pk=figure_pk))
    return figure_slot.slot(request, _draft(letter))


def _draft(letter: Letter) -> figure_slot.Draft:
    return figure_slot.Draft(
        figures=letter.figures,
        event=letter.occasion,
        url=lambda name, *keys: reverse(f"reports:draft-figure-{name}", args=[letter.pk, *keys]),
        add=partial(drafts.add_figure, letter=letter),
        page_url=reverse("reports:draft-edit", args=[letter.pk]),
        title=letter.subject_line,
    )
