"""Doors from the broker to the verbs: ids in, one verb called. The rows are the queue, a task is only a nudge."""

import datetime

from celery import shared_task
from django.utils import timezone


@shared_task
def draw(letter_id: int, at: str) -> None:
    from reports import drawing

    drawing.draw(letter_id=letter_id, at=datetime.datetime.fromisoformat(at), now=timezone.now())


@shared_task
def send(letter_id: int, at: str) -> None:
    from reports import letters

    letters.send(letter_id=letter_id, at=datetime.datetime.fromisoformat(at))


@shared_task
def deliver(recipient_id: int, at: str) -> None:
    from reports import dispatch

    dispatch.deliver(recipient_id=recipient_id, at=datetime.datetime.fromisoformat(at), now=timezone.now())


@shared_task
def sweep() -> None:
    from reports import sweeping

    sweeping.sweep(now=timezone.now())


@shared_task(soft_time_limit=25 * 60, time_limit=26 * 60)
def inspect() -> None:
    from reports import inspection

    inspection.inspect(now=timezone.now())


@shared_task
def collect_bounces() -> None:
    from reports import bounces

    bounces.collect(at=timezone.now())
