"""Django's sessions in the database, each with its owner, and with a digest in the place of the browser's secret."""

import datetime
import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.utils import timezone

from rcro_portal.lib.prepared import Prepared


def digest(secret: str) -> str:
    """What the table knows of a session whose browser holds ``secret``: as long as Django's keys (40)."""
    return hashlib.blake2b(secret.encode(), digest_size=20).hexdigest()


def _living(key: str, now: datetime.datetime) -> Any:
    return SessionStore.get_model_class().objects.filter(pk=key, expire_date__gt=now)


_read = Prepared(_living, "a digest", datetime.datetime(1111, 11, 11, tzinfo=datetime.UTC))


class SessionStore(Rows):
    """The engine of ``settings.SESSION_ENGINE``. The portal has no asynchronous view, so those ways stay Django's."""

    @classmethod
    def get_model_class(cls) -> Any:
        from centers.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        if kept := _read(digest(self.session_key or ""), timezone.now()):
            return kept[0]
        self._session_key = None
        return None

    def exists(self, session_key: str) -> bool:
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.session_key, row.user_id = digest(row.session_key), data.get(SESSION_KEY)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self.model.objects.filter(pk=digest(key)).delete()
