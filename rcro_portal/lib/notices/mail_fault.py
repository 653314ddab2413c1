"""What is wrong with the portal's own account at the mail server: no row's fault, so no row pays for it.

Messages stay in the queue; one of them tries again every minute, until the server takes the portal's word. Where none
waits, the portal asks without one.
"""

import datetime
from typing import Any

from rcro_portal.lib import post
from rcro_portal.lib.notices import tables

TRIED_EVERY = datetime.timedelta(minutes=1)
HELD = "Почта портала сейчас не уходит: администратор видит причину на своей главной странице. Письмо уйдёт само."
MEND = (
    "Исправьте настройки RCRO_SMTP_… и перезапустите обработчик. Письма ждут в очереди: портал пробует раз в минуту, "
    "попытки не теряются."
)
ONLY = 1


def standing() -> Any:
    """The fault, or None while the portal's mail works."""
    return tables.mail_faults().first()


def may_try(now: datetime.datetime) -> bool:
    """Nothing is known to be wrong; else one message a minute finds out, for the first caller."""
    fault = standing()
    if fault is None:
        return True
    due = tables.mail_faults().filter(pk=ONLY, tried_at=fault.tried_at, tried_at__lte=now - TRIED_EVERY)
    return bool(due.update(tried_at=now))


def look(*, now: datetime.datetime) -> None:
    """Where no message waits to find it out, the portal asks the server itself: mended settings are seen at once."""
    if standing() is None or not may_try(now):
        return
    try:
        post.call()
    except post.NotSetUp as error:
        note(words=str(error), now=now)
    except post.NotNow:
        return
    else:
        over()


def note(*, words: str, now: datetime.datetime) -> None:
    """The first of a row of failures says since when."""
    told = {"words": words, "tried_at": now}
    tables.mail_faults().update_or_create(pk=ONLY, defaults=told, create_defaults={**told, "began_at": now})


def over() -> None:
    """The server has taken the portal's word."""
    if standing():
        tables.mail_faults().filter(pk=ONLY).delete()
