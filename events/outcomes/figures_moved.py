"""Figures of one event asked of another: over its own year and days, under a name that says so."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from events.models import Event
from events.models.stock_paragraph import TOKEN
from rcro_portal.lib import russian
from rcro_portal.lib.drafts.models import QUOTED

type Figure = dict[str, Any]
# In a kept figure, the event that the paragraph was written of.
THAT_EVENT = 0


def moved(figure: Mapping[str, Any], *, day: datetime.date, event: Event, of: int = THAT_EVENT) -> Figure:
    """The figure as it is asked of ``event``, when ``day`` is what it was asked for and ``of`` the event it spoke of.

    The year goes on by as many years as the events are apart. A period that ended with that day ends with this one, and
    begins with this year where it began with that one. «С 2019 года» stays.
    """
    was = figure["parameters"]
    now = {name: _moved(name, value, day, event, of) for name, value in was.items()}
    name = figure["name"]
    for key in was:
        if was[key] != now[key] and key != "event":
            name = name.replace(_said(was[key]), _said(now[key]))
    return {**{key: figure[key] for key in QUOTED}, "parameters": now, "name": name}


def _moved(name: str, value: Any, day: datetime.date, event: Event, of: int) -> Any:
    years = event.first_day.year - day.year
    if name == "year":
        return value + years
    if name == "event":
        return event.pk if value == of else value
    if value == day.isoformat():
        return event.first_day.isoformat()
    asked = datetime.date.fromisoformat(value)
    if asked.year == day.year and (asked.month, asked.day) in ((1, 1), (12, 31)):
        return asked.replace(year=event.first_day.year).isoformat()
    return value


def _said(value: Any) -> str:
    return str(value) if isinstance(value, int) else russian.short_date(datetime.date.fromisoformat(value))


def text_moved(text: str, figures: Iterable[tuple[str, str]]) -> str:
    """``figures``: names before and after."""
    names = dict(figures)
    return TOKEN.sub(lambda found: f"[[{names.get(found[1].strip(), found[1])}]]", text)
