"""Tokens of systems: given once, told once, revoked for good."""

import datetime
import secrets
from collections.abc import Sequence

from django.db.models import Q

from centers.accounts import secret_links
from centers.models import User
from rcro_portal.lib.refusals import Refusal
from reports.models import ApiToken

MARK = "rvci_"
# How long «последний запрос» may lag behind: a system that asks ten times a second is no reason to write ten times.
NOTED_EVERY = datetime.timedelta(minutes=1)


class RevokedAlready(Refusal):
    words = "Этот доступ уже отозван."


def issue(
    *, system: str, scopes: Sequence[str], ends_on: datetime.date, secret: str, by: User, at: datetime.datetime
) -> ApiToken:
    """``secret`` of ``made_up`` is told to whoever asked and kept by nobody."""
    return ApiToken.objects.create(
        system=system,
        scopes=" ".join(scopes),
        ends_on=ends_on,
        secret_digest=secret_links.digest(secret),
        made_by=by,
        made_at=at,
    )


def made_up() -> str:
    """The mark lets those who search for lost secrets know one of the portal's."""
    return MARK + secrets.token_urlsafe(32)


def revoke(*, token: ApiToken, by: User, at: datetime.datetime) -> None:
    """From now on it opens nothing. Raises RevokedAlready."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at, revoked_by=by):
        raise RevokedAlready


def valid(secret: str, *, at: datetime.datetime, day: datetime.date) -> ApiToken | None:
    """The token that this is, while it opens something; that it was asked with is noted."""
    token = ApiToken.objects.valid_on(day).filter(secret_digest=secret_links.digest(secret)).first()
    if token is None:
        return None
    if token.last_used_at is None or at - token.last_used_at >= NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
    return token
