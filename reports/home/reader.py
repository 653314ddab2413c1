"""Who reads the home page, and what several of its sections ask: once for all of them."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from centers.models import CalendarYear, User
from rcro_portal.lib.working_days import Calendar


@dataclass(frozen=True)
class Reader:
    """A user at a moment; the days off are read where the first term is shown."""

    user: User
    now: datetime.datetime

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.now)

    @cached_property
    def calendar(self) -> Calendar:
        return CalendarYear.objects.calendar()

    def term(self, due_on: datetime.date) -> dict[str, str]:
        """What a row says of its term, and whether it has passed."""
        return {"due": self.calendar.due_words(due_on, self.day), "tone": "overdue" if due_on < self.day else "soon"}
