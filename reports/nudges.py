"""Telling a worker that a row waits. Tasks are known by their names alone, so that verbs import none of them.

The rows are the queue: a nudge that is lost costs minutes, until the sweep.
"""

import datetime

from celery import current_app
from django.db import transaction

# Workers that draw one release: as many as a small server has processors.
HANDS = 2


def draw(letter_id: int, at: datetime.datetime) -> None:
    """A registered letter waits for its final PDF. Told after the commit."""
    _after_the_commit("draw", letter_id, at)


def send(letter_id: int, at: datetime.datetime) -> None:
    """A signed letter waits for its release. Told after the commit."""
    _after_the_commit("send", letter_id, at)


def deliver(recipient_id: int, at: datetime.datetime) -> None:
    """A message to one recipient waits. Told after the commit."""
    _after_the_commit("deliver", recipient_id, at)


def draw_certificates(release_id: int) -> None:
    """Certificates have their numbers and wait for their files. Told after the commit."""
    transaction.on_commit(lambda: _tell("draw_certificates", release_id), robust=True)


def draw_certificates_together(release_id: int) -> None:
    """The same to as many workers as share one release. Told after the commit."""
    for _ in range(HANDS):
        draw_certificates(release_id)


def make_year_report(issue_id: int) -> None:
    """An issue of a year's report waits for its files. Told after the commit."""
    transaction.on_commit(lambda: _tell("make_year_report", issue_id), robust=True)


def inspect() -> None:
    """The portal is to be inspected. Told at once; raises OperationalError, or an OSError, where no broker listens."""
    _tell("inspect")


def _after_the_commit(task: str, pk: int, at: datetime.datetime) -> None:
    transaction.on_commit(lambda: _tell(task, pk, at.isoformat()), robust=True)


def _tell(task: str, *values: int | str) -> None:
    current_app.send_task(f"reports.tasks.{task}", values, ignore_result=True)
