"""Accounts that are closed and opened again, and the administrator's mark."""

import datetime
from collections.abc import Collection

from centers.accounts import audit_log, log_ins
from centers.models import ChangeKind, User


def note_powers(*, user: User, changed: Collection[str], by: User, at: datetime.datetime) -> None:
    """An account was closed or opened, or made an administrator's or not: say so; the closed one is out at once."""
    if "is_active" in changed:
        log_ins.end_all(user=user)
        kind = ChangeKind.OPENED if user.is_active else ChangeKind.CLOSED
        audit_log.record(user=user, kind=kind, by=by, at=at)
    if "is_administrator" in changed:
        kind = ChangeKind.MADE_ADMINISTRATOR if user.is_administrator else ChangeKind.UNMADE_ADMINISTRATOR
        audit_log.record(user=user, kind=kind, by=by, at=at)
