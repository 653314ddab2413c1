"""Secrets of second factors are kept sealed: whoever reads the database, or a copy of it, cannot count their codes.

The key is no part of the database (RCRO_MFA_KEY). Several keys, the newest first, are a rotation under way: the first
one seals, all of them open; ``seal_all`` then seals every row by the first, and the others may go.
"""

import base64
import datetime
import functools
import logging
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from centers.accounts import audit_log, log_ins
from centers.models import ChangeKind, User
from rcro_portal.lib.refusals import Refusal

log = logging.getLogger(__name__)
MARK = "sealed:"
_PURPOSE = b"rcro second factors 1"
# allauth keeps the secret of the codes' application under the one name, that of the recovery codes under the others.
_ONE, _SEVERAL = ("secret", "seed"), ("migrated_codes",)


class CannotOpen(Refusal):
    """The key does not fit, or the secret was never sealed: it counts no codes."""

    words = (
        "Проверить второй фактор нельзя: ключ портала не открывает его секрет. Покажите эти слова администратору "
        "портала: он сбросит ваш второй фактор, и вы подключите его заново."
    )


class NoneThere(Refusal):
    words = "Второго фактора у этого человека уже нет. Обновите страницу."


def seal(text: str) -> str:
    return MARK + _box(tuple(settings.MFA_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises CannotOpen, also for a secret in the clear: nobody plants one by writing into the table."""
    if not sealed.startswith(MARK):
        log.error("a second factor's secret is not sealed")
        raise CannotOpen
    try:
        return _box(tuple(settings.MFA_KEYS)).decrypt(sealed.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        log.error("a second factor's secret is sealed by a key that is not in RCRO_MFA_KEY")
        raise CannotOpen from error


@functools.lru_cache(maxsize=4)
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    """Keys derived from the secrets as they are written in their file (RFC 5869)."""
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(secret.encode())))
        for secret in secrets
    )


def seal_all(rows: QuerySet) -> tuple[int, list[str]]:
    """Seal every secret by the newest key, those in the clear too; it may run again. How many rows, and whose not.

    Of a passkey the portal knows no secret.
    """
    done, failed = 0, []
    rows = rows.exclude(type=Authenticator.Type.WEBAUTHN)
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update().get(pk=pk)
            try:
                row.data = _each(row.data, _sealed_anew)
            except CannotOpen:
                failed.append(row.user.email)
                continue
            row.save(update_fields=["data"])
            done += 1
    return done, failed


def _sealed_anew(text: str) -> str:
    return seal(unseal(text) if text.startswith(MARK) else text)


def _each(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The row's data with each of its secrets changed."""
    one = {name: change(data[name]) for name in _ONE if name in data}
    several = {name: [change(text) for text in data[name]] for name in _SEVERAL if name in data}
    return {**data, **one, **several}


class Factors(NamedTuple):
    """What somebody proves by beside the password: the application that counts codes, and keys by their age."""

    app: Authenticator | None
    keys: list[Authenticator]


def of(user: User) -> Factors:
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).order_by("pk")
    keys = [row for row in rows if row.type == Authenticator.Type.WEBAUTHN]
    return Factors(app=next((row for row in rows if row not in keys), None), keys=keys)


@transaction.atomic
def reset(*, user: User, by: User | None, at: datetime.datetime) -> None:
    """Take the person's codes, keys and recovery codes off; whoever must have one sets it up after the password.

    Raises NoneThere.
    """
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise NoneThere
    log_ins.end_all(user=user)
    audit_log.record(user=user, kind=ChangeKind.FACTOR_RESET, by=by, at=at)


def unreadable() -> Iterator[str]:
    """For the inspection: whose second factor no key of the portal opens, in words."""
    for row in Authenticator.objects.select_related("user__person").order_by("pk"):
        try:
            _each(row.data, unseal)
        except CannotOpen:
            yield f"Второй фактор не открыть ключом портала: {row.user}. Сбросьте его, человек подключит новый."
