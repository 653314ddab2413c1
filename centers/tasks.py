"""Doors from the broker to the verbs of this floor: one verb called each."""

from celery import shared_task


@shared_task
def forget_sessions() -> None:
    from centers.accounts import session_store

    session_store.SessionStore.clear_expired()
