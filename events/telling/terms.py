"""When reminders leave: in the morning of a working day, so many before a day and after it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from rcro_portal.lib.notices import quiet_hours
from rcro_portal.lib.working_days import Calendar

SIDES = {"before": -1, "after": 1}


def around(day: datetime.date, calendar: Calendar) -> Mapping[str, datetime.datetime]:
    """The mornings before a term and after it, by what they say («before-3», «after-1»)."""
    return before(day, calendar) | {
        f"after-{number}": morning(after(day, number, calendar)) for number in settings.REMIND_DAYS_AFTER
    }


def before(day: datetime.date, calendar: Calendar) -> dict[str, datetime.datetime]:
    return {f"before-{number}": morning(_back(day, number, calendar)) for number in settings.REMIND_DAYS_BEFORE}


def after(day: datetime.date, number: int, calendar: Calendar) -> datetime.date:
    """So many working days after the day."""
    for _ in range(number):
        day = calendar.next_working_day(day)
    return day


def is_later(fact: str, than: str) -> bool:
    """Whether one reminder comes after another of the same term: by what they say, whenever they were planned."""
    (term, place), (other, before) = _placed(fact), _placed(than)
    return term == other and place > before


def _placed(fact: str) -> tuple[str, Any]:
    name, _, term = fact.partition(" ")
    side, _, number = name.partition("-")
    return (term, SIDES[side] * int(number)) if side in SIDES else ("", name)


def morning(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(quiet_hours.MORNING)))


def _back(day: datetime.date, number: int, calendar: Calendar) -> datetime.date:
    for _ in range(number):
        day = calendar.working_day_before(day)
    return day
