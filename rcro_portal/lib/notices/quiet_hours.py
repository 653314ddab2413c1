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
