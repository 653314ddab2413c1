"""«С … по …»: the days between which the rows of a list must lie, read of the address line."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from rcro_portal.lib.as_of import FIRST, LAST

SINCE, UNTIL = "since", "until"


class DatedBy(NamedTuple):
    """The column of days by which a list is narrowed to a period, and what that day is: «Начало», «Срок»."""

    column: str
    words: str

    def label(self, end: str) -> str:
        return f"{self.words} {end}"


class Period(NamedTuple):
    """Both days belong to it; an end that was not asked for is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def narrow(self, rows: QuerySet, column: str) -> QuerySet:
        bounds = {f"{column}__gte": self.since, f"{column}__lte": self.until}
        asked: dict[str, Any] = {name: day for name, day in bounds.items() if day}
        return rows.filter(**asked) if asked else rows

    @property
    def asked(self) -> dict[str, str]:
        """For links: names and days as the address line has them."""
        return {name: day.isoformat() if day else "" for name, day in ((SINCE, self.since), (UNTIL, self.until))}


def asked(params: Mapping[str, str]) -> Period:
    """What is no day, or none that rows can have, is ignored."""
    return Period(_day(params.get(SINCE, "")), _day(params.get(UNTIL, "")))


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
