"""Files of imports are kept for a term; what an import wrote, with what was there before, for good."""

import datetime

from django.apps import apps
from django.conf import settings
from django.db import models

from rcro_portal.lib import store
from rcro_portal.lib.registers.importing.stored import Session


def kept() -> datetime.timedelta:
    return datetime.timedelta(days=settings.IMPORT_FILES_DAYS)


def forget_files(model: type[Session], *, now: datetime.datetime) -> int:
    """Take away the files of sessions begun longer ago than that; how many. Other rows of the same bytes keep them."""
    old = model._default_manager.filter(begun_at__lt=now - kept(), work="").exclude(digest="")
    digests = sorted(set(old.values_list("digest", flat=True)))
    old.update(digest="", found=None, file_gone_at=now)
    for digest in digests:
        if not _is_named(digest):
            store.remove(digest)
    return len(digests)


def _is_named(digest: str) -> bool:
    return any(model._default_manager.filter(digest=digest).exists() for model in _naming())


def _naming() -> list[type[models.Model]]:
    """Every table whose rows name a file of the store."""
    return [model for model in apps.get_models() if {"digest", "size"} <= {field.name for field in model._meta.fields}]
