"""Doors from the broker to the verbs of this floor: one verb called each."""

from celery import shared_task
from django.utils import timezone


@shared_task
def forget_pupils() -> None:
    """Soon after midnight, and each hour again for what was broken off: names without a consent in force go."""
    from olympiad.pupils import forgetting

    forgetting.forget_due(now=timezone.now())
