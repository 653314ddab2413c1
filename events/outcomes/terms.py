"""Terms that a decision is given most often: so many weeks from today, never on a day off."""

import datetime
from typing import NamedTuple

from django.utils import timezone

from centers.models import CalendarYear

WEEKS = {1: "через неделю", 2: "через 2 недели", 3: "через 3 недели", 4: "через 4 недели"}


class Quick(NamedTuple):
    """A term in words, and its day."""

    words: str
    day: datetime.date


def quick() -> list[Quick]:
    calendar, today = CalendarYear.objects.calendar(), timezone.localdate()
    days = {words: today + datetime.timedelta(weeks=weeks) for weeks, words in WEEKS.items()}
    return [
        Quick(words, calendar.next_working_day(day) if calendar.is_day_off(day) else day) for words, day in days.items()
    ]
