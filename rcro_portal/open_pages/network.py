"""The network in numbers for everybody: each a figure of the registry or a count of the open list that it leads to."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from events.models import Event
from projects.models import Resource
from rcro_portal.lib import russian
from reports import figures
from reports.statistics.plots import asked, drawing
from reports.statistics.plots.registry import PLOTS

CENTERS, PROJECTS, CLUSTERS = "centers_on_day", "projects_under_way", "clusters_formed"


class Number(NamedTuple):
    """«47», «РВЦИ», and the open list of what was counted."""

    value: str
    noun: str
    url: str


def centers(day: datetime.date) -> QuerySet:
    """Whose status is in force that day."""
    return figures.behind(CENTERS, {"day": day.isoformat()})


def projects(day: datetime.date) -> QuerySet:
    """Under way in the year of that day."""
    return figures.behind(PROJECTS, {"year": day.year})


def clusters(day: datetime.date) -> QuerySet:
    """Formed by the end of that year."""
    return figures.behind(CLUSTERS, {"year": day.year})


def numbers(now: datetime.datetime, day: datetime.date) -> list[Number]:
    """What is counted by the registry comes by one query."""
    year = {"year": day.year}
    over: dict[str, Mapping[str, Any]] = {CENTERS: {"day": day.isoformat()}, PROJECTS: year, CLUSTERS: year}
    lists = ("open-centers", "open-projects", "open-clusters")
    counted = zip(figures.counts(list(over.items())), over, lists, strict=True)
    coming = ("мероприятие впереди", "мероприятия впереди", "мероприятий впереди")
    materials = ("материал", "материала", "материалов")
    return [
        *(_number(figures.words(code, count.value, "nominative"), url) for count, code, url in counted if count),
        _number(russian.agree(Event.objects.public().coming(now).count(), *coming), "open-events"),
        _number(russian.agree(Resource.objects.public().count(), *materials), "open-materials"),
    ]


def _number(words: str, url_name: str) -> Number:
    """Of «1 074 школьника»: the space inside a number does not break."""
    value, noun = words.split(" ", 1)
    return Number(value, noun, reverse(url_name))


def growth(day: datetime.date) -> dict[str, Any]:
    """The plot of growth and its table, without the ways to rows that only those who have logged in may follow."""
    plot, over = PLOTS["growth"], asked.read({}, day)
    table = plot.make(over)
    title = f"{plot.title}, {over.words}"
    return {"growth": table, "title": title, "chart": drawing.drawn(plot, table, title=title, linked=False)}
