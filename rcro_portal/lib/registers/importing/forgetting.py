"""Files of imports are kept for a term; what an import wrote, with what was there before, for good."""

import datetime
from functools import partial

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from rcro_portal.lib import store
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.registers.importing.stored import Session, State

# So long a file that is not kept waits to be written.
WAITS = datetime.timedelta(days=1)


def kept() -> datetime.timedelta:
    return datetime.timedelta(days=settings.IMPORT_FILES_DAYS)


def forget_files(model: type[Session], *, now: datetime.datetime) -> int:
    """Take away the files of sessions begun longer ago than that; how many. Other rows of the same bytes keep them."""
    unkept = forget_unkept(model, now=now)
    old = model._default_manager.filter(begun_at__lt=now - kept(), work="").exclude(digest="")
    digests = sorted(set(old.values_list("digest", flat=True)))
    old.update(digest="", found=None, file_gone_at=now)
    for digest in digests:
        store.let_go(digest, is_named=partial(_is_named, digest))
    return unkept + len(digests)


def _is_named(digest: str) -> bool:
    return any(model._default_manager.filter(digest=digest).exists() for model in naming())


def forget_unkept(model: type[Session], *, now: datetime.datetime) -> int:
    """Of kinds that keep no file: it goes with all that was typed once it is written or has waited a day; how many.

    The row is emptied last, so that whatever is broken off is done again.
    """
    unkept = [kind.key for kind in registry.kinds().values() if not kind.keeps_file]
    over = ~Q(state=State.OPEN) | Q(begun_at__lt=now - WAITS)
    due = list(model._default_manager.filter(over, kind__in=unkept, work="").exclude(digest="").order_by("pk"))
    for session in due:
        store.let_go(session.digest, is_named=partial(_is_named_beside, session))
        same = model._default_manager.filter(pk=session.pk)
        same.update(digest="", found=None, edits={}, sheet="", trouble="", file_gone_at=now)
    return len(due)


def _is_named_beside(session: Session) -> bool:
    """By another row than this one."""
    named = (model._default_manager.filter(digest=session.digest) for model in naming())
    return any((rows.exclude(pk=session.pk) if rows.model is type(session) else rows).exists() for rows in named)


def naming() -> list[type[models.Model]]:
    """Every table whose rows name a file of the store."""
    return [model for model in apps.get_models() if {"digest", "size"} <= {field.name for field in model._meta.fields}]
