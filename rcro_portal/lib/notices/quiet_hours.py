"""Nothing leaves between 20:00 and 08:00 in Tomsk, where the setting says so."""

import datetime

from django.conf import settings
from django.utils import timezone

MORNING, EVENING = 8, 20


def are_on(now: datetime.datetime) -> bool:
    return settings.QUIET_HOURS and not MORNING <= timezone.localtime(now).hour < EVENING


def morning_of(now: datetime.datetime) -> datetime.datetime:
    """When messages begin to leave on that day in Tomsk."""
    return timezone.localtime(now).replace(hour=MORNING, minute=0, second=0, microsecond=0)


def next_morning(moment: datetime.datetime) -> datetime.datetime:
    """The first morning from that moment on."""
    morning = morning_of(moment)
    return morning if moment <= morning else morning_of(moment + datetime.timedelta(days=1))


def by_day(moment: datetime.datetime) -> datetime.datetime:
    """The moment itself, or the morning after it."""
    return next_morning(moment) if are_on(moment) else moment
