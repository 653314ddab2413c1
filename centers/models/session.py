"""Sessions: Django's, with whose log-in it is beside them, so that a person sees and ends their own."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from centers.models.user import User


class Session(AbstractBaseSession):
    """``session_key`` is the digest of what the browser holds: whoever reads the table can take no log-in over."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions", verbose_name="чья")

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "сеанс"
        verbose_name_plural = "сеансы"

    @classmethod
    def get_session_store_class(cls) -> type:
        return import_module(settings.SESSION_ENGINE).SessionStore
