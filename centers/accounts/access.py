"""Verbs: close an account and open it again, make somebody an administrator and take that back.

Nobody does it to themselves, and of two who do it to each other the second is refused: one administrator who can log
in always remains.
"""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from centers.accounts import audit_log, log_ins
from centers.models import ChangeKind, User
from rcro_portal.lib.refusals import Refusal


class AlreadySo(Refusal):
    words = "Это уже сделано: обновите страницу."


class ClosedAccount(Refusal):
    words = "Вход этого человека закрыт. Сначала откройте его."


class NoLongerAdministrator(Refusal):
    words = "Вы больше не администратор: это право у вас только что сняли. Ничего не изменено."


def hold(*, user: User, by: User) -> None:
    """Before powers are given or taken: of two administrators who act on each other the second waits, and is none.

    Call it in the transaction that does it. Raises NoLongerAdministrator.
    """
    held = User.objects.select_for_update(of=("self",)).filter(pk__in={user.pk, by.pk}).order_by("pk")
    if by.pk not in {row.pk for row in held if row.is_active and row.is_administrator}:
        raise NoLongerAdministrator


@transaction.atomic
def close(*, user: User, why: str, by: User, at: datetime.datetime) -> None:
    """A leaver is out at once, on every device; rows that gave rights stay as they are.

    Raises NoLongerAdministrator, AlreadySo.
    """
    hold(user=user, by=by)
    _move(User.objects.filter(pk=user.pk, is_active=True), is_active=False)
    log_ins.end_all(user=user)
    audit_log.record(user=user, kind=ChangeKind.CLOSED, by=by, at=at, note=why)


@transaction.atomic
def reopen(*, user: User, by: User, at: datetime.datetime) -> None:
    """The password and the second factor are those of before. Raises NoLongerAdministrator, AlreadySo."""
    hold(user=user, by=by)
    _move(User.objects.filter(pk=user.pk, is_active=False), is_active=True)
    audit_log.record(user=user, kind=ChangeKind.OPENED, by=by, at=at)


@transaction.atomic
def make_administrator(*, user: User, by: User, at: datetime.datetime) -> None:
    """Raises NoLongerAdministrator, ClosedAccount, AlreadySo."""
    hold(user=user, by=by)
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        raise ClosedAccount
    _move(User.objects.filter(pk=user.pk, is_active=True, is_administrator=False), is_administrator=True)
    audit_log.record(user=user, kind=ChangeKind.MADE_ADMINISTRATOR, by=by, at=at)


@transaction.atomic
def unmake_administrator(*, user: User, by: User, at: datetime.datetime) -> None:
    """Raises NoLongerAdministrator, AlreadySo."""
    hold(user=user, by=by)
    _move(User.objects.filter(pk=user.pk, is_administrator=True), is_administrator=False)
    audit_log.record(user=user, kind=ChangeKind.UNMADE_ADMINISTRATOR, by=by, at=at)


def _move(rows: QuerySet, **to: bool) -> None:
    if rows.update(**to) != 1:
        raise AlreadySo


def note_powers(*, user: User, changed: Collection[str], by: User, at: datetime.datetime) -> None:
    """In Django's admin the row is written already: say so; the closed one is out at once."""
    if "is_active" in changed:
        log_ins.end_all(user=user)
        kind = ChangeKind.OPENED if user.is_active else ChangeKind.CLOSED
        audit_log.record(user=user, kind=kind, by=by, at=at)
    if "is_administrator" in changed:
        kind = ChangeKind.MADE_ADMINISTRATOR if user.is_administrator else ChangeKind.UNMADE_ADMINISTRATOR
        audit_log.record(user=user, kind=kind, by=by, at=at)
