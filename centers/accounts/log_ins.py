"""Where a person is logged in: the living sessions of an account, and their end."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.utils import timezone

from centers.accounts import devices, session_store
from centers.models import Session, User
from rcro_portal.lib import sessions
from rcro_portal.lib.refusals import Refusal


class AlreadyOver(Refusal):
    words = "Этот сеанс уже завершён. Обновите страницу."


@dataclass(frozen=True)
class LogIn:
    """One session; ``handle`` names it on the page and opens nothing. Without moments: from before they were kept."""

    handle: str
    device: str
    began_at: datetime.datetime | None
    used_at: datetime.datetime | None
    is_this: bool


def log_ins_of(user: User, *, secret: str | None, now: datetime.datetime) -> list[LogIn]:
    """The living ones, this browser's first (its session has ``secret``), then by their last use."""
    this = session_store.digest(secret) if secret else ""
    found = [
        LogIn(row.pk, data.get(sessions.DEVICE) or devices.UNKNOWN, *_moments(data), is_this=row.pk == this)
        for row in Session.objects.filter(user=user, expire_date__gt=now).order_by("-expire_date", "pk")
        if _lives(data := row.get_decoded(), user, now)
    ]
    return sorted(found, key=lambda one: (one.is_this, one.used_at is not None, one.used_at), reverse=True)


def _lives(data: dict[str, Any], user: User, now: datetime.datetime) -> bool:
    """Another password, or too long without use: the next request would find out that it is over."""
    same_password = data.get(HASH_SESSION_KEY) == user.get_session_auth_hash()
    return same_password and not sessions.term_is_over(data, user, int(now.timestamp()))


def _moments(data: dict[str, Any]) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    began, used = (data.get(name) for name in (sessions.BEGAN, sessions.USED))
    zone = timezone.get_current_timezone()
    return tuple(datetime.datetime.fromtimestamp(one, zone) if one else None for one in (began, used))  # type: ignore[return-value]


def end(*, user: User, handle: str) -> None:
    """One session of the person's. Raises AlreadyOver where there is none."""
    if not Session.objects.filter(user=user, pk=handle).delete()[0]:
        raise AlreadyOver


def end_all(*, user: User, but: str | None = None) -> int:
    """Every session of the person's but the one whose browser holds the secret ``but``; how many."""
    rows = Session.objects.filter(user=user)
    if but:
        rows = rows.exclude(pk=session_store.digest(but))
    return rows.delete()[0]
