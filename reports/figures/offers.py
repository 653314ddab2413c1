"""Figures that a text can have by one press: those usual for its kind of event, and the registry over usual days."""

import datetime
from typing import Any

from django.utils import timezone

from events.models import Event
from events.outcomes import past
from reports import figures
from reports.figures.forms import said_over

type Offer = dict[str, Any]
# By their names the parameters that figures are asked over.
type Over = dict[str, Any]


def usual_over(event: Event | None) -> Over:
    """What is asked most: the year of the event, and from its beginning to the event."""
    day = event.first_day if event else timezone.localdate()
    over = {"year": day.year, "since": day.replace(month=1, day=1), "until": day, "day": day}
    return {**over, "event": event.pk} if event else over


def of_year(year: int) -> Over:
    """The whole year, and its last day, or today while it runs."""
    last = datetime.date(year, 12, 31)
    return {"year": year, "since": last.replace(month=1, day=1), "until": last, "day": min(last, timezone.localdate())}


def offers(event: Event | None, over: Over) -> dict[str, Offer]:
    """By its name each figure as a draft keeps it, the usual ones first; the registry's are asked over ``over``."""
    usual = {one["name"]: {**one, "is_usual": True} for one in (past.usual(event) if event else [])}
    registry = (_of_registry(code, query, over) for code, query in figures.QUERIES.items())
    return {**usual, **{one["name"]: one for one in registry if one and one["name"] not in usual}}


def _of_registry(code: str, query: figures.Query, over: dict[str, Any]) -> Offer | None:
    names = figures.PARAMETERS[query.over]
    if any(name not in over for name in names):
        return None
    parameters = {name: _plain(over[name]) for name in names}
    name = f"{query.title}{said_over(query.over, over)}"
    return {"name": name, "query": code, "parameters": parameters, "is_usual": False}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
