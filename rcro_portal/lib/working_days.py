"""Days off and terms in working days, by the production calendar of Russia (производственный календарь).

The days off of article 112 of the Labour Code and the days that the Government's yearly decrees moved come from the
package ``holidays``, working Saturdays with them. Above it stands what the institution itself put down, handed in by
who asks: this module reads no table. Of a year whose decree nobody knows the fixed holidays alone are counted, and
the words of a term say so.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from holidays.countries.russia import Russia, RussiaStaticHolidays

from rcro_portal.lib.russian import Forms, agree, long_date, lower_first

DAYS = Forms("день", "дня", "дней")
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
# Years of which the package holds what a decree moved.
DECREED = frozenset(RussiaStaticHolidays.special_public_holidays)
NO_DAYS: Mapping[date, bool] = {}


@dataclass(frozen=True)
class Calendar:
    """The package's days; ``days`` (True: off) and ``years`` whose decree is known are the institution's own."""

    days: Mapping[date, bool] = field(default_factory=lambda: NO_DAYS)
    years: frozenset[int] = frozenset()

    def is_day_off(self, day: date) -> bool:
        known = self.days.get(day)
        return not _of_year(day.year).is_working_day(day) if known is None else known

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        following = day + timedelta(days=1)
        while self.is_day_off(following):
            following += timedelta(days=1)
        return following

    def working_day_before(self, day: date) -> date:
        """The last working day before this one."""
        preceding = day - timedelta(days=1)
        while self.is_day_off(preceding):
            preceding -= timedelta(days=1)
        return preceding

    def working_days_until(self, day: date, *, today: date) -> int:
        """Working days after today up to and with the day; 0 when none is left."""
        return sum(not self.is_day_off(today + timedelta(days=ahead)) for ahead in range(1, (day - today).days + 1))

    def unknown_years(self, first: date, last: date) -> list[int]:
        """Years between the days, both counted, of which no decree is known."""
        return [year for year in range(first.year, last.year + 1) if year not in DECREED | self.years]

    def doubt(self, first: date, last: date) -> str:
        """«Производственный календарь 2028 года портал не знает: …», or nothing where every year is known."""
        years = self.unknown_years(first, last)
        if not years:
            return ""
        of_years = f"{years[0]} года" if len(years) == 1 else f"{years[0]}–{years[-1]} годов"
        return f"Производственный календарь {of_years} портал не знает: перенесённые дни не учтены."

    def term_words(self, due_on: date, today: date) -> str:
        """«осталось 6 рабочих дней», «срок сегодня», «Просрочено на 2 дня» (calendar days)."""
        if due_on < today:
            return f"Просрочено на {agree((today - due_on).days, *DAYS)}"
        if due_on == today:
            return "срок сегодня"
        left = _left(self.working_days_until(due_on, today=today))
        # No stop at the end: the words stand in sentences and in lists.
        return ". ".join(filter(None, [left, self.doubt(today, due_on).removesuffix(".")]))

    def due_words(self, due_on: date, today: date) -> str:
        """The term with its day: «Срок – 5 октября 2020 г., осталось 6 рабочих дней»."""
        return f"Срок – {long_date(due_on)}, {lower_first(self.term_words(due_on, today))}"


def _left(days: int) -> str:
    if not days:
        return "рабочих дней не осталось"
    verb = Forms("остался", "осталось", "осталось").after(days)
    return f"{verb} {agree(days, 'рабочий день', 'рабочих дня', 'рабочих дней')}"


@functools.cache
def _of_year(year: int) -> Russia:
    return Russia(years=year)
