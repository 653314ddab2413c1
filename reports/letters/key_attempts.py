"""Guesses at the password of a signatory's key: five wrong within five minutes, and the key is not tried for a while.

Each wrong one is a row in the audit log of the letter that was to be signed; of the fifth the signatory is told by
mail. That row is written in the same transaction: a broker that is down keeps nobody from knowing.
"""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from centers.accounts import audit_log
from centers.models import ChangeKind, User
from rcro_portal.lib import quotes
from reports.models import Letter, LetterTransition, SigningAuthority
from reports.signing import pades

AT_MOST = 5
WITHIN = datetime.timedelta(minutes=5)
NOTE = "Пароль ключа не подошёл"


class TooManyGuesses(pades.CannotSign):
    """The key is not tried at all, whatever the password."""


def opened(
    *,
    authority: SigningAuthority,
    owners: Collection[str],
    letter: Letter,
    password: str,
    by: User,
    at: datetime.datetime,
    now: datetime.datetime,
) -> pades.SigningKey:
    """The authority's key, tried for ``letter``. Raises TooManyGuesses, CannotSign; a wrong password leaves its row.

    One attempt at a time, by the lock of the authority's row: the limit holds for requests side by side too.
    """
    with transaction.atomic():
        SigningAuthority.objects.select_for_update().get(pk=authority.pk)
        _refuse_too_many(authority, at)
        try:
            return pades.load_key(name=authority.key_name, owners=owners, password=password, now=now)
        except pades.WrongPassword as error:
            wrong = error
            _note(authority, letter, by, at)
    raise wrong


def _recent(authority: SigningAuthority, at: datetime.datetime) -> list[datetime.datetime]:
    """Moments of the wrong ones that count, the newest first."""
    # By who tried: a letter that goes back forgets whose authority it had, and only the signatory may try.
    rows = LetterTransition.objects.filter(by__person=authority.person_id, note=NOTE, at__gt=at - WITHIN)
    return list(rows.order_by("-at").values_list("at", flat=True)[:AT_MOST])


def _refuse_too_many(authority: SigningAuthority, at: datetime.datetime) -> None:
    recent = _recent(authority, at)
    if len(recent) == AT_MOST:
        free = timezone.localtime(recent[-1] + WITHIN) + datetime.timedelta(minutes=1)
        raise TooManyGuesses(
            f"Пароль ключа пять раз не подошёл. Письмо не изменилось. Подождите до {free:%H:%M} и введите пароль "
            "ещё раз. Если вводили не вы, сообщите администратору."
        )


def _note(authority: SigningAuthority, letter: Letter, by: User, at: datetime.datetime) -> None:
    status = Letter.objects.select_for_update().values_list("status", flat=True).get(pk=letter.pk)
    LetterTransition.objects.create(letter=letter, before=status, after=status, by=by, at=at, note=NOTE)
    if len(_recent(authority, at)) == AT_MOST:
        note = (
            f"Подписывали письмо {quotes.quoted(letter.subject_line)}. Оно не подписано, несколько минут портал пароль "
            "ключа не принимает."
        )
        audit_log.record(user=by, kind=ChangeKind.KEY_GUESSED, by=by, at=at, note=note)
