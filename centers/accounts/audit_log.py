"""The audit log of accounts: what was changed about how somebody gets in, and who is told of it by mail."""

import datetime
from collections.abc import Collection

from django.db import transaction

from centers.accounts import notices
from centers.models import AccountChange, ChangeKind, User
from rcro_portal.lib.notices import planning
from rcro_portal.models import Notice

SHOWN = 30


def changes_of_account(user: User) -> list[AccountChange]:
    """The newest acts on the account, with what became of their notices."""
    rows = AccountChange.objects.filter(user=user).select_related("by__person").order_by("-at", "-pk")[:SHOWN]
    changes = {planning.name_of(row): row for row in rows}
    for change in changes.values():
        change.told = []
    for notice in Notice.objects.filter(reason=notices.ACCOUNT.key, about__in=changes).order_by("pk"):
        changes[notice.about].told.append(notice)
    return list(changes.values())


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
    subject = f"{change.get_kind_display()} – портал сети РВЦИ"
    for address in sorted(set(to or (user.email,))):
        planning.plan(reason=notices.ACCOUNT, about=change, email=address, user=user, subject=subject, at=at)
    return change
