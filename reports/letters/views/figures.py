"""Figures of an outcome that is being written, and the figures that a letter froze."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from events import outcomes
from events.models import Outcome
from events.permissions import is_office, may_plan
from rcro_portal.lib.refusals import require
from reports import access, figures
from reports.figures import frozen, marks
from reports.letters.views import figure_slot
from reports.models import SnapshotFigure

ONLY_THE_OFFICE = "Показатели письма видят сотрудники института."


def figure_list(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.slot(request, _draft(_outcome(request, pk)))


def figure_form(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.searched(request, _draft(_outcome(request, pk)))


def figure_rows(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    return figure_slot.rows_of(request, _draft(_outcome(request, pk)), figure_pk)


@require_POST
def figure_add(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.add(request, _draft(_outcome(request, pk)))


@require_POST
def figure_type(request: HttpRequest, pk: int) -> HttpResponse:
    return figure_slot.add_typed(request, _draft(_outcome(request, pk)))


@require_POST
def figure_case(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    return figure_slot.to_case(request, _draft(_outcome(request, pk)), figure_pk)


@require_POST
def figure_remove(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    outcome = _outcome(request, pk)
    outcomes.remove_figure(outcome=outcome, figure=get_object_or_404(outcome.figures, pk=figure_pk))
    return figure_slot.slot(request, _draft(outcome))


def letter_figure(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    """A figure as the letter froze it: the value, the very rows counted then, and quietly what it is today."""
    letter = access.letter_of(request.user, pk)
    require(is_office(request.user), ONLY_THE_OFFICE)
    frozen_rows = SnapshotFigure.objects.select_related("snapshot")
    row = get_object_or_404(frozen_rows, snapshot__letter=letter, pk=figure_pk)
    (figure,) = frozen.today([row])
    known = figures.QUERIES.get(row.query)
    context = {
        "letter": letter,
        "figure": figure,
        "behind": frozen.behind(figure),
        "marks": marks.since(row),
        "query": known,
        "over": figures.over_words(row.query, row.parameters) if known else "",
        "superseded": letter.snapshot_id != row.snapshot_id,
    }
    return render(request, "reports/figure_detail.html", context)


def _draft(outcome: Outcome) -> figure_slot.Draft:
    return figure_slot.Draft(
        figures=outcome.figures,
        event=outcome.event,
        url=lambda name, *keys: reverse(f"reports:figure-{name}", args=[outcome.pk, *keys]),
        add=partial(outcomes.add_figure, outcome=outcome),
        page_url=reverse("events:outcome-edit", args=[outcome.pk]),
        title=f"Итоги: {outcome.event.topic}",
    )


def _outcome(request: HttpRequest, pk: int) -> Outcome:
    rows = Outcome.objects.visible_to(request.user)
    outcome = get_object_or_404(rows.select_related("event__department", "event__schedule", "prepared_by"), pk=pk)
    require(may_plan(request.user))
    return outcome
