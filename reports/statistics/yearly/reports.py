"""The text of a year's report: begun, with last year's words where that is asked, and saved as it is written."""

import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from centers.models import User
from events.models.stock_paragraph import TOKEN
from rcro_portal.lib.drafts.models import QUOTED
from rcro_portal.lib.drafts.writing import Drafts
from reports.models import YearReport, YearReportFigure
from reports.statistics.yearly.forms import YearReportEditor
from reports.statistics.yearly.sections import SECTIONS

ISO_DAYS = ("since", "until", "day")


class YearReports(Drafts[YearReport]):
    """Never locked: each issue keeps the text that it was made of."""

    editor_class = YearReportEditor
    quotes_figures = True


DRAFTS = YearReports()


@transaction.atomic
def begin(*, year: int, from_last: bool, by: User, at: datetime.datetime) -> tuple[YearReport, bool]:
    """The report of that year, and whether this call made it; ``from_last``: with the texts of the latest before."""
    last = YearReport.objects.filter(year__lt=year).order_by("-year").first() if from_last else None
    texts, figures = _moved(last, year) if last else ({}, [])
    given = {**texts, "started_from": last, "begun_with": texts, "edited_by": by, "edited_at": at}
    report, is_new = YearReport.objects.get_or_create(year=year, defaults=given)
    if is_new:
        YearReportFigure.objects.bulk_create(YearReportFigure(report=report, **one) for one in figures)
    return report, is_new


def untouched(report: YearReport) -> set[str]:
    """Sections whose text is still the one that the report was begun with, out of last year's."""
    begun = report.begun_with
    return {key for key in SECTIONS if getattr(report, key) and getattr(report, key) == begun.get(key)}


def _moved(last: YearReport, year: int) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Its texts and figures, these over as many years later; a figure of one event or of a source stays as it is."""
    by = year - last.year
    figures = _apart({one["name"]: _later(one, by) for one in last.figures.order_by("pk").values(*QUOTED)})
    texts = {key: TOKEN.sub(lambda found: _renamed(found, figures), getattr(last, key)) for key in SECTIONS}
    return texts, list(figures.values())


def _apart(figures: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """No two under one name: what moves to a name that another one keeps, a typed one of that year, gets a number."""
    taken = {one["name"] for name, one in figures.items() if one["name"] == name}
    found = {}
    for before, one in figures.items():
        name = one["name"]
        if name != before:
            name = next(free for free in _names(name) if free not in taken)
            taken.add(name)
        found[before] = {**one, "name": name}
    return found


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name[:140]} ({number})" for number in itertools.count(2))


def _renamed(found: re.Match[str], figures: Mapping[str, Mapping[str, Any]]) -> str:
    one = figures.get(found[1].strip())
    return f"[[{one['name']}]]" if one else found[0]


def _later(figure: dict[str, Any], by: int) -> dict[str, Any]:
    """Its parameters and, where it names their years, its name."""
    asked = figure["parameters"]
    moved = {name: _later_value(name, value, by) for name, value in asked.items()}
    years = {_year(asked[name]): _year(moved[name]) for name in asked if moved[name] != asked[name]}
    name = re.sub(r"(?<!\d)\d{4}(?!\d)", lambda found: years.get(found[0], found[0]), figure["name"])
    return {**figure, "parameters": moved, "name": name}


def _later_value(name: str, value: Any, by: int) -> Any:
    if name == "year":
        return value + by
    if name not in ISO_DAYS:
        return value
    day = datetime.date.fromisoformat(value)
    is_leap_day = (day.month, day.day) == (2, 29)
    return (day.replace(day=28) if is_leap_day else day).replace(year=day.year + by).isoformat()


def _year(value: Any) -> str:
    return str(value)[:4]
