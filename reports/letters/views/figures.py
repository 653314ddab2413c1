"""Figures of what is being written, and the figures that a letter froze."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.permissions import is_office
from events.views import outcomes
from rcro_portal.lib.refusals import require
from reports import access, figures
from reports.figures import frozen, marks
from reports.letters.views import drafts
from reports.letters.views.figure_slot import FigureSlot
from reports.models import SnapshotFigure

OUTCOME = FigureSlot("figure", outcomes.PAGES, lambda outcome: outcome.event)
WRITTEN = FigureSlot("draft-figure", drafts.PAGES, lambda letter: letter.occasion)
ONLY_THE_OFFICE = "Показатели письма видят сотрудники института."


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
        "list_url": figures.list_url(row.query, row.parameters) if known else "",
        "over": figures.over_words(row.query, row.parameters) if known else "",
        "superseded": letter.snapshot_id != row.snapshot_id,
    }
    return render(request, "reports/figure_detail.html", context)
