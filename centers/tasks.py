"""Doors from the broker to the verbs of this floor: one verb called each."""

from celery import shared_task
from django.utils import timezone


@shared_task
def forget_sessions() -> None:
    from centers import session_store

    session_store.SessionStore.clear_expired()


@shared_task
def tell(notice_id: int) -> None:
    from centers import notices

    notices.tell(notice_id=notice_id, now=timezone.now())


@shared_task
def tell_due() -> None:
    from centers import notices

    notices.tell_due(now=timezone.now())
