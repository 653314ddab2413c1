"""Doors from the broker to the verbs of this floor: one verb called each."""

from celery import shared_task
from django.utils import timezone


@shared_task
def settle_hand_overs() -> None:
    """In the first minutes of a day: whoever registered for a centre is whoever coordinates it from today on."""
    from events.coordinators import hand_overs

    hand_overs.settle(at=timezone.now())


@shared_task
def follow_facts() -> None:
    """In the first minutes of a day: reminders become what the day's coordinators, terms and calendar say."""
    from events.telling import nightly

    nightly.follow(at=timezone.now())
