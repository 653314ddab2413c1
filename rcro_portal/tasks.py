"""Doors from the broker to the verbs of the machines: one verb called each.

A task keeps the name under which messages wait for it over an upgrade (docs/adr/0028).
"""

from celery import shared_task
from django.utils import timezone

from rcro_portal.lib.notices import telling
from rcro_portal.lib.registers.importing import working
from rcro_portal.models import ImportSession


@shared_task(name="centers.tasks.tell")
def tell(notice_id: int) -> None:
    telling.tell(notice_id=notice_id, now=timezone.now())


@shared_task(name="centers.tasks.tell_due")
def tell_due() -> None:
    telling.tell_due(now=timezone.now())


@shared_task
def work_on_import(session_id: int) -> None:
    working.do(ImportSession, session_id, now=timezone.now())


@shared_task
def sweep_imports() -> None:
    working.sweep(ImportSession, now=timezone.now())
