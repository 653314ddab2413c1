"""Every night all reminders are held against the facts: a day alone changes who is in office and what is a day off."""

import datetime

from events.models import Commitment
from events.telling import commitments

BECAUSE = "С сегодняшнего дня об этом напоминают не так: сменились координатор, срок или календарь."
ROWS = 500


def follow(*, at: datetime.datetime) -> None:
    rows = Commitment.objects.to_do().select_related("organization__center", "outcome__event").order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for first in range(0, len(keys), ROWS):
        commitments.follow(rows.filter(pk__in=keys[first : first + ROWS]), because=BECAUSE, at=at)
