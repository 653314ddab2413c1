"""The audit log of accounts: what was changed about how somebody gets in, and who is told of it by mail."""

import datetime
from collections.abc import Collection
from functools import partial

from django.db import transaction

from centers import tasks
from centers.models import AccountChange, ChangeKind, Notice, User

SHOWN = 30


def changes_of_account(user: User) -> list[AccountChange]:
    """The newest acts on the account, with what became of their notices."""
    rows = AccountChange.objects.filter(user=user).select_related("by__person").prefetch_related("notices")
    return list(rows.order_by("-at", "-pk")[:SHOWN])


@transaction.atomic
def record(
    *,
    user: User,
    kind: ChangeKind,
    by: User | None,
    at: datetime.datetime,
    note: str = "",
    to: Collection[str] = (),
) -> AccountChange:
    """Write the act down and tell the person's address of it, or the addresses ``to``, as soon as it is committed.

    The notice lies in the same transaction: an act without its notice is not possible.
    """
    change = AccountChange.objects.create(user=user, kind=kind, by=by, at=at, note=note)
    for address in sorted(set(to or (user.email,))):
        notice = Notice.objects.create(change=change, to=address, next_try_at=at)
        transaction.on_commit(partial(_nudge, notice.pk), robust=True)
    return change


def _nudge(pk: int) -> None:
    tasks.tell.delay(pk)
