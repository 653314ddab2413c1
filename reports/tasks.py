"""Doors from the broker to the verbs: ids in, one verb called. The rows are the queue, a task is only a nudge.

Nobody imports this module: ``reports.nudges`` names its tasks, and messages that wait over an upgrade do too.
"""

import datetime

from celery import shared_task
from django.utils import timezone

from reports.certificates import drawing as certificate_drawing
from reports.certificates import revoking
from reports.delivery import bounces, dispatch
from reports.incoming import notices
from reports.letters import drawing, letters
from reports.operations import inspection, sweeping
from reports.statistics.yearly import issuing


@shared_task
def draw(letter_id: int, at: str) -> None:
    drawing.draw(letter_id=letter_id, at=datetime.datetime.fromisoformat(at), now=timezone.now())


@shared_task
def send(letter_id: int, at: str) -> None:
    letters.release(letter_id=letter_id, at=datetime.datetime.fromisoformat(at))


@shared_task
def deliver(recipient_id: int, at: str) -> None:
    dispatch.deliver(recipient_id=recipient_id, at=datetime.datetime.fromisoformat(at), now=timezone.now())


@shared_task
def sweep() -> None:
    sweeping.sweep_letters(now=timezone.now())


@shared_task
def sweep_messages() -> None:
    sweeping.sweep_messages(now=timezone.now())


@shared_task(soft_time_limit=25 * 60, time_limit=26 * 60)
def inspect() -> None:
    inspection.inspect(now=timezone.now())


@shared_task
def follow_incoming() -> None:
    """In the first minutes of a day: reminders of incoming letters become what the day's calendar says."""
    notices.follow_all(at=timezone.now())


@shared_task
def collect_bounces() -> None:
    bounces.collect(at=timezone.now())


@shared_task
def draw_certificates(release_id: int) -> None:
    certificate_drawing.draw(release_id=release_id, now=timezone.now)


@shared_task
def sweep_certificates() -> None:
    certificate_drawing.sweep(now=timezone.now)


@shared_task
def follow_attendance() -> None:
    """Marks that were taken off revoke the certificates that stand on them."""
    revoking.follow_attendance(at=timezone.now())


@shared_task
def make_year_report(issue_id: int) -> None:
    issuing.make(issue_id=issue_id, now=timezone.now)


@shared_task
def sweep_year_reports() -> None:
    issuing.sweep(now=timezone.now)
