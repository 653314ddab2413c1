"""Verbs of pupils by name: entered while a consent holds, changed, taken off, forgotten when it is withdrawn."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from olympiad.models import Pupil, PupilFile, Purpose, WhyNameless
from olympiad.pupils import forgetting, scans
from olympiad.sessions import sessions
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import short_date
from rcro_portal.lib.uploads import Upload

FILES = {"consent_file": Purpose.CONSENT, "publication_file": Purpose.PUBLICATION}


class NamelessNow(Refusal):
    words = "Имени этого обучающегося в портале уже нет: срок согласия вышел или согласие отозвано."


def not_in_force(
    given: datetime.date | None, until: datetime.date | None, day: datetime.date
) -> Iterator[tuple[str, str]]:
    """Why nobody is entered with such a consent on that day, by the names of fields."""
    if given and given > day:
        yield "consent_on", f"Согласие ещё не дано: {short_date(given)} – впереди. Внесите обучающегося в этот день."
    if until and until < day:
        yield "consent_until", f"Согласие действовало по {short_date(until)}. Возьмите новое и внесите его дни."


@transaction.atomic
def enter(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> Pupil:
    """A pupil with a consent in force today; the count of the session is raised to the list.

    Raises as ``writing.create``, StoreFull, OutOfReach.
    """
    columns, files = _split(fields)
    _require_in_force(columns)
    now = timezone.now()
    row: Pupil = writing.create(model, by=by, why=why, entered_by=by, entered_at=now, **columns)
    _put(row, files, now)
    sessions.count_named(row.session, by=by)
    return row


@transaction.atomic
def change(row: Pupil, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any) -> bool:
    """Raises as ``writing.change``, NamelessNow, StoreFull, OutOfReach. Without a new file the row keeps its own."""
    if not Pupil.objects.select_for_update().filter(pk=row.pk, nameless_at=None).exists():
        raise NamelessNow
    columns, files = _split(fields)
    _require_in_force({"consent_on": row.consent_on, "consent_until": row.consent_until, **columns})
    held = {name: value for name, value in held.items() if name in columns} if held is not None else None
    changed = writing.change(row, by=by, held=held, why=why, **columns)
    now = timezone.now()
    _put(row, files, now)
    if row.publication_until is None:
        scans.drop(at=now, pupil=row, purpose=Purpose.PUBLICATION)
    return changed or bool(files)


def withdraw(row: Pupil, *, by: Any, why: str = "") -> None:  # noqa: ARG001
    """The name and both scans go at once; the row stays in counts."""
    forgetting.forget(Pupil.objects.filter(pk=row.pk), why=WhyNameless.WITHDRAWN, at=timezone.now(), by=by)


@transaction.atomic
def remove(row: Pupil, *, by: Any, why: str = "") -> None:
    """A row that was entered by mistake: out of the list and its count."""
    scans.drop(at=timezone.now(), pupil=row)
    PupilFile.objects.filter(pupil=row).update(pupil=None)
    writing.delete(row, by=by, why=why)


def _split(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[Purpose, Upload]]:
    columns = {name: value for name, value in fields.items() if name not in FILES}
    return columns, {purpose: fields[name] for name, purpose in FILES.items() if fields.get(name)}


def _put(row: Pupil, files: Mapping[Purpose, Upload], at: datetime.datetime) -> None:
    for purpose, upload in files.items():
        scans.put(row, purpose, upload, at=at)


def _require_in_force(columns: Mapping[str, Any]) -> None:
    odd = dict(not_in_force(columns.get("consent_on"), columns.get("consent_until"), timezone.localdate()))
    if odd:
        raise ValidationError(odd)
