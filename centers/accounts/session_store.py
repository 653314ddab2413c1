"""Django's sessions in the database, each with its owner, and with a digest in the place of the browser's secret."""

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.utils import timezone


def digest(secret: str) -> str:
    """What the table knows of a session whose browser holds ``secret``: as long as Django's keys (40)."""
    return hashlib.blake2b(secret.encode(), digest_size=20).hexdigest()


class SessionStore(Rows):
    """The engine of ``settings.SESSION_ENGINE``. The portal has no asynchronous view, so those ways stay Django's."""

    @classmethod
    def get_model_class(cls) -> Any:
        from centers.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        kept = self.model.objects.filter(pk=digest(self.session_key or ""), expire_date__gt=timezone.now()).first()
        if kept is None:
            self._session_key = None
        return kept

    def exists(self, session_key: str) -> bool:
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.session_key, row.user_id = digest(row.session_key), data.get(SESSION_KEY)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self.model.objects.filter(pk=digest(key)).delete()
