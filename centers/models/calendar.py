"""The production calendar as the institution puts it down: what stands above the days that the portal knows itself."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.working_days import Calendar


class CalendarYearQuerySet(models.QuerySet):
    def calendar(self) -> Calendar:
        """Days off as they are here, by one query: ask once for a page, not for a row."""
        rows = self.values_list("year", "decree", "days__day", "days__is_day_off")
        days: dict[datetime.date, bool] = {}
        years = set()
        for year, decree, day, is_day_off in rows:
            if decree:
                years.add(year)
            if day:
                days[day] = is_day_off
        return Calendar(days, frozenset(years))


class CalendarYear(models.Model):
    """A year whose days somebody mends; with its decree named, the year counts as known."""

    year = models.PositiveSmallIntegerField("год", unique=True)
    decree = models.CharField(
        "постановление о переносе выходных",
        max_length=300,
        blank=True,
        help_text="Дата и номер. Пусто – год остаётся неизвестным, если портал не знает его сам.",
    )

    recorded = Recorded(name=("year",))
    objects = CalendarYearQuerySet.as_manager()

    class Meta:
        verbose_name = "год производственного календаря"
        verbose_name_plural = "производственный календарь"
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1992, year__lte=2100), name="year_of_the_calendar_is_sane")
        ]

    def __str__(self) -> str:
        return f"{self.year} год"


class CalendarDay(models.Model):
    """A day that is off, or is not, whatever its weekday and the law's list say."""

    year = models.ForeignKey(CalendarYear, verbose_name="год", on_delete=models.PROTECT, related_name="days")
    day = models.DateField("день", unique=True)
    is_day_off = models.BooleanField("выходной", default=True, help_text="Без отметки – рабочий день.")
    note = models.CharField("основание", max_length=300, blank=True, help_text="Например: «перенос с 2 января».")

    recorded = Recorded(part_of="year", name=("day",))

    class Meta:
        verbose_name = "день производственного календаря"
        verbose_name_plural = "дни: переносы и местные праздники"

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {'выходной' if self.is_day_off else 'рабочий'}"

    def clean(self) -> None:
        year = getattr(self, "year", None)
        if self.day and year and self.day.year != year.year:
            raise ValidationError({"day": f"Это день другого года: внесите его на странице {self.day.year} года."})
