"""Whoever sees names leaves a row: on a screen, in a file, in a form."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from olympiad.models import LookedAt, PrepSession, Pupil, PupilLook


def note(pupils: Iterable[Pupil], *, by: Any, at: datetime.datetime, what: str) -> None:
    """A row for each session whose names were shown; nothing where none were."""
    shown = Counter(pupil.session_id for pupil in pupils)
    PupilLook.objects.bulk_create(
        PupilLook(session_id=session, by=by, at=at, what=what, names=names) for session, names in shown.items()
    )


def opened(user: Any, pupil: Pupil) -> None:
    """The form of one was opened."""
    note([pupil], by=user, at=timezone.now(), what=LookedAt.RECORD)


def note_table(session: PrepSession, *, by: Any, at: datetime.datetime, rows: int) -> None:
    """A brought table with names was shown."""
    if rows:
        PupilLook.objects.create(session=session, by=by, at=at, what=LookedAt.TABLE, names=rows)
