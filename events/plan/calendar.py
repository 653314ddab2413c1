"""A month of the plan: its weeks, with what is planned and what is held on each day, and what has no day of its own."""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rcro_portal.lib import written_terms
from rcro_portal.lib.russian import upper_first
from rcro_portal.lib.working_days import Calendar
from rcro_portal.lib.written_days import NOMINATIVES

ON_DAYS = {written_terms.Precision.DAY, written_terms.Precision.UNTIL, written_terms.Precision.PERIOD}


@dataclass
class Day:
    """``items`` of the plan whose days these are, ``events`` that are held then."""

    day: datetime.date
    is_off: bool
    is_inside: bool
    items: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.items or self.events)


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @classmethod
    def read(cls, text: str, today: datetime.date) -> "Month":
        """«2026-09»; the month of today for anything else."""
        try:
            day = datetime.date.fromisoformat(f"{text}-01")
        except ValueError:
            return cls(today.year, today.month)
        return cls(day.year, day.month) if day.year in written_terms.YEARS else cls(today.year, today.month)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    @property
    def last(self) -> datetime.date:
        return datetime.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def previous(self) -> "Month":
        return Month(self.year, self.month - 1) if self.month > 1 else Month(self.year - 1, 12)

    @property
    def following(self) -> "Month":
        return Month(self.year, self.month + 1) if self.month < 12 else Month(self.year + 1, 1)

    def __str__(self) -> str:
        """«Сентябрь 2026»."""
        return f"{upper_first(NOMINATIVES[self.month - 1])} {self.year}"

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02}"


def weeks(month: Month, items: Iterable[Any], events: Iterable[Any], days_off: Calendar) -> list[list[Day]]:
    """From Monday to Sunday, with the days of the months beside it. An item held on its day is shown by its event."""
    planned, held = defaultdict(list), defaultdict(list)
    for item in items:
        if item.precision in ON_DAYS:
            for day in _days(month, item.first_on, item.last_on):
                planned[day].append(item)
    for event in events:
        for day in _days(month, event.first_day, event.last_day):
            held[day].append(event)

    def on(day: datetime.date) -> Day:
        shown = {event.plan_item_id for event in held[day]}
        items = [item for item in planned[day] if item.pk not in shown]
        return Day(day, days_off.is_day_off(day), day.month == month.month, items, held[day])

    return [[on(day) for day in week] for week in calendar.Calendar().monthdatescalendar(month.year, month.month)]


def _days(month: Month, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Those of the days that lie in the month."""
    day = max(first, month.first)
    while day <= min(last, month.last):
        yield day
        day += datetime.timedelta(days=1)


def without_a_day(items: Iterable[Any]) -> list[Any]:
    """Planned for the whole month, quarter or year."""
    return [item for item in items if item.precision not in ON_DAYS]
