"""Scans of consents: put into the store under names that say nothing, taken out of it by a row that is to go."""

import datetime
from functools import partial

from django.db import transaction

from olympiad.models import Pupil, PupilFile, Purpose
from rcro_portal.lib import store, uploads
from rcro_portal.lib.registers.importing import forgetting
from rcro_portal.lib.uploads import Upload


def put(pupil: Pupil, purpose: Purpose, upload: Upload, *, at: datetime.datetime) -> None:
    """In the place of what was there, unless it is the same. Raises StoreFull, OutOfReach."""
    columns = uploads.columns(upload)
    if PupilFile.objects.filter(pupil=pupil, purpose=purpose, digest=columns["digest"], dropped_at=None).exists():
        return
    drop(at=at, pupil=pupil, purpose=purpose)
    ending = upload.name.rpartition(".")[2]
    PupilFile.objects.create(pupil=pupil, purpose=purpose, **{**columns, "file_name": f"{purpose.label}.{ending}"})


def drop(*, at: datetime.datetime, **whose: object) -> None:
    """Mark files that are to go, and let them go once that is written."""
    if PupilFile.objects.filter(dropped_at=None, **whose).update(dropped_at=at):
        transaction.on_commit(sweep, robust=True)


def sweep() -> int:
    """Take marked files out of the store, their rows after them: what a killed worker left is done again; how many."""
    gone = list(PupilFile.objects.filter(dropped_at__isnull=False).order_by("pk"))
    for row in gone:
        store.let_go(row.digest, is_named=partial(_is_kept, row.digest))
        row.delete()
    return len(gone)


def _is_kept(digest: str) -> bool:
    """Other rows of the same bytes keep them."""
    if PupilFile.objects.filter(digest=digest, dropped_at=None).exists():
        return True
    others = (model for model in forgetting.naming() if model is not PupilFile)
    return any(model._default_manager.filter(digest=digest).exists() for model in others)
