"""Seeing the portal as a coordinator does: a methodist or an administrator looks, nothing is changed by it.

Whoever looks stays who they are: the log-in, its term and the trace are theirs. The look ends by itself.
"""

import datetime
from collections.abc import MutableMapping
from typing import Any

from django.utils import timezone

from centers.models import AccountChange, ChangeKind, User
from rcro_portal.lib.refusals import require

KEPT_AS = "eyes"
MINUTES = 30
MAY_LOOK = frozenset({"methodist", "administrator"})
NOT_THEIRS = "Смотреть можно глазами координатора, который сейчас работает с порталом; у этого человека другие права."


def may_look(by: User) -> bool:
    return bool(by.roles & MAY_LOOK)


def can_be_seen_by(user: User) -> bool:
    """Of a coordinator who is nothing else, and who can log in: rights of the house are nobody's to borrow."""
    return user.is_active and user.roles == {"coordinator"}


def begin(*, session: MutableMapping[str, Any], user: User, by: User, at: datetime.datetime) -> None:
    """Until MINUTES are over; written down in the history of the coordinator's account, who reads it there."""
    require(may_look(by))
    require(can_be_seen_by(user), NOT_THEIRS)
    AccountChange.objects.create(user=user, kind=ChangeKind.SEEN, by=by, at=at)
    session[KEPT_AS] = {"user": user.pk, "until": (at + datetime.timedelta(minutes=MINUTES)).timestamp()}


def end(*, session: MutableMapping[str, Any]) -> None:
    session.pop(KEPT_AS, None)


def whose(*, session: MutableMapping[str, Any], by: User) -> User | None:
    """The coordinator with whose eyes ``by`` looks now: rights of both are asked anew each time."""
    kept = session.get(KEPT_AS)
    if not kept or kept["until"] < timezone.now().timestamp() or not may_look(by):
        return None
    user = User.objects.filter(pk=kept["user"]).first()
    return user if user and can_be_seen_by(user) else None
