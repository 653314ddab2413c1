"""The rows behind a figure as a list of the portal: «centers/?figure=centers_granted:2024».

Where a list has filters of its own that give exactly these rows, ``Query.listed`` leads to those. Any other list of the
same rows is narrowed by the query itself, so that list, count and letter cannot differ.
"""

from functools import partial
from typing import Any

from django.db.models import Model, QuerySet

from events.permissions import is_office
from rcro_portal.lib.registers import Filter
from reports import figures
from reports.figures.query import FIGURE


def asked(request: Any, model: type[Model]) -> dict[str, Filter]:
    """For ``registers.by_link``: the figure that the link names, for the office alone."""
    said = request.GET.get(FIGURE, "")
    code, parameters = read(said)
    query = figures.QUERIES.get(code)
    if query is None or query.listing.listed_model is not model or not is_office(request.user):
        return {}
    try:
        counted = figures.behind(code, parameters)
        words = f"{query.title}, {figures.over_words(code, parameters)}"
    except figures.UnknownFigure:
        return {}
    keys = counted.order_by().values(query.listing.through or "pk")
    return {FIGURE: Filter([(said, words)], partial(_behind, keys), "Показатель", by_link=True)}


def read(said: str) -> tuple[str, dict[str, str]]:
    """The code of a figure and its parameters, of «participations:2024-01-01:2024-12-31:center=3»."""
    code, *values = said.split(":")
    query = figures.QUERIES.get(code)
    if query is None:
        return "", {}
    over = dict(zip(figures.PARAMETERS[query.over], (one for one in values if "=" not in one), strict=False))
    more = dict(one.split("=", 1) for one in values if "=" in one)
    return code, {**over, **{name: value for name, value in more.items() if name in query.narrowed}}


def _behind(keys: QuerySet, rows: QuerySet, said: str) -> QuerySet:  # noqa: ARG001
    return rows.filter(pk__in=keys)
