"""Links that open something: made when their message is put together, and kept nowhere but as a digest."""

import hashlib
import secrets

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse


def unknown() -> str:
    """The digest of a secret that nobody has."""
    return digest(secrets.token_urlsafe(32))


def renew(row: QuerySet, page: str) -> str | None:
    """The address of ``page`` with a fresh secret, which alone opens the one row from now on; None where it is gone."""
    secret = secrets.token_urlsafe(32)
    if row.update(secret_digest=digest(secret)) != 1:
        return None
    return settings.BASE_URL + reverse(page, args=[secret])


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
