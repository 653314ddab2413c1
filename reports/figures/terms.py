"""A figure over each of many years at once, of rows that have terms: read once, counted for every year."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet


class Terms(NamedTuple):
    """Where the terms stand that a figure over a year counts by, and what of them it counts.

    ``columns``: what is counted, its first and its last day, which may be open. It counts on one day of the year at
    least, or, ``at_end``, on the last one, when ``columns`` end with the day on which it is there no more. ``narrowed``
    says where the parameters of ``Query.narrowed`` stand in these rows.
    """

    rows: Callable[[], QuerySet]
    columns: tuple[str, str, str]
    at_end: bool = False
    narrowed: Mapping[str, str] = {}

    def by_years(self, years: Iterable[int], more: Mapping[str, Any]) -> dict[int, int]:
        """One query."""
        rows = self.rows().filter(**{self.narrowed[name]: value for name, value in more.items()})
        spans = set(rows.order_by().values_list(*self.columns))
        return {year: len({key for key, *term in spans if self._counts(year, *term)}) for year in years}

    def _counts(self, year: int, since: datetime.date, until: datetime.date | None) -> bool:
        last = datetime.date(year, 12, 31)
        if until is None:
            return since <= last
        return since <= last and (until > last if self.at_end else until >= datetime.date(year, 1, 1))
