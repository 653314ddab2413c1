"""Many rows of a list changed at once: looked at before, written in one transaction, taken back within a minute.

Each row is written by the verb of its own form, so its rights, rules and history are those of a change by hand.
"""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from rcro_portal.lib.keeping import writing
from rcro_portal.lib.keeping.declared import Keeper
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import agree

AT_MOST = 500
UNDONE = "Отмена правки списка"
ARCHIVED_AT = "archived_at"


class TooMany(Refusal):
    words = f"За один раз меняют до {AT_MOST} строк. Сузьте отбор или отметьте нужные строки."


class TooLate(Refusal):
    words = "Правку списка отменяют в течение минуты. Верните значения такой же правкой или на карточках."


@dataclass(frozen=True)
class Bulk:
    """Which fields of a kept table are changed for many rows at once; a form of the keeper asks for them."""

    keeper: Keeper
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """What becomes of one row: in words from and to, or why it stays as it is."""

    row: Any
    changes: Sequence[tuple[str, str, str]] = ()
    refusal: str = ""

    @property
    def is_written(self) -> bool:
        return bool(self.changes) and not self.refusal


def looked_at(bulk: Bulk, rows: QuerySet, values: Mapping[str, Any], user: Any) -> list[Line]:
    """What the values would do to each row; writes nothing. Raises TooMany."""
    return [_line(bulk, row, values, user) for row in _few(rows)]


def put_away(bulk: Bulk, rows: QuerySet, user: Any) -> list[Line]:
    """What becomes of each row that is to go to the archive; writes nothing. Raises TooMany."""
    return [_line_away(bulk.keeper, row, user) for row in _few(rows)]


def _few(rows: QuerySet) -> list[Any]:
    listed = list(rows[: AT_MOST + 1])
    if len(listed) > AT_MOST:
        raise TooMany
    return listed


def _line_away(keeper: Keeper, row: Any, user: Any) -> Line:
    if row.is_archived:
        return Line(row)
    refusals = (keeper.why_not(user, row), keeper.not_now(user, row), keeper.not_archived(row))
    return Line(row, [("состояние", "в списках", "в архиве")], next(filter(None, refusals), ""))


def _line(bulk: Bulk, row: Any, values: Mapping[str, Any], user: Any) -> Line:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    said = [(_label(row, name), _words(row, name), _words(row, name, value)) for name, value in changed.items()]
    return Line(row, said, _why_not(bulk, row, changed, user) if changed else "")


def _why_not(bulk: Bulk, row: Any, changed: Mapping[str, Any], user: Any) -> str:
    keeper = bulk.keeper
    if keeper.is_archivable and row.is_archived:
        return writing.InArchive.words
    fixed = keeper.fixed(user, row)
    refusals = (keeper.why_not(user, row), keeper.not_now(user, row), *(fixed.get(name, "") for name in changed))
    if refusal := next(filter(None, refusals), ""):
        return refusal
    try:
        writing.validate(row, changed)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def seen(lines: Sequence[Line]) -> str:
    """What a person has looked at, in short: their «yes» is to exactly this."""
    told = [(line.row.pk, *map(list, line.changes), line.refusal) for line in lines]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()


@transaction.atomic
def write(
    bulk: Bulk, lines: Sequence[Line], values: Mapping[str, Any], *, of: str, by: Any, at: datetime.datetime, why: str
) -> Any:
    """All rows that were found good, or none. ``of`` names the list. Raises Moved, ValidationError."""
    rows = [line.row for line in lines if line.is_written]
    before = {str(row.pk): {name: _stored(row, name) for name in values} for row in rows}
    for row in rows:
        held = {name: getattr(row, name) for name in values}
        bulk.keeper.change(row, by=by, held=held, why=why, **values)
    written = {name: _kept(getattr(value, "pk", value)) for name, value in values.items()}
    return _edits().create(list=of, by=by, at=at, why=why, written=written, before=before)


@transaction.atomic
def archive(lines: Sequence[Line], *, of: str, by: Any, at: datetime.datetime, why: str) -> Any:
    """All rows that were found good go to the archive, or none. ``of`` names the list. Raises Moved."""
    rows = [line.row for line in lines if line.is_written]
    if not all(writing.archive(row, reason=why, by=by, at=at) for row in rows):
        raise Moved
    before = {str(row.pk): {ARCHIVED_AT: None} for row in rows}
    return _edits().create(list=of, by=by, at=at, why=why, written={ARCHIVED_AT: _kept(at)}, before=before)


@transaction.atomic
def undo(bulk: Bulk, *, pk: int, of: str, by: Any, at: datetime.datetime) -> int:
    """Each row as it was; how many. Raises TooLate, Moved where somebody has changed one of them since."""
    edit = _edits().open_to(by, at).filter(pk=pk, list=of).first()
    if edit is None or not _edits().filter(pk=pk, undone_at=None).update(undone_at=at):
        raise TooLate
    rows = bulk.keeper.model._default_manager.in_bulk(map(int, edit.before))
    if len(rows) != len(edit.before):
        raise Moved
    for key, before in edit.before.items():
        row = rows[int(key)]
        if any(not _holds(row, name, value) for name, value in edit.written.items()):
            raise Moved
        if ARCHIVED_AT in before:
            writing.restore(row, by=by, why=UNDONE)
        else:
            bulk.keeper.change(row, by=by, why=UNDONE, **{name: _read(row, name, one) for name, one in before.items()})
    return len(edit.before)


def undoable(user: Any, pk: str, of: str, now: datetime.datetime) -> Any:
    """The change that this person has just made to the list, if it may still be taken back."""
    return _edits().open_to(user, now).filter(pk=int(pk), list=of).first() if pk.isdecimal() and len(pk) < 19 else None


def said(lines: Sequence[Line]) -> str:
    """«Изменится: 12 строк. Останется как есть: 3.»"""
    written = sum(line.is_written for line in lines)
    left = f" Останется как есть: {len(lines) - written}." if len(lines) > written else ""
    return f"Изменится: {agree(written, 'строка', 'строки', 'строк')}.{left}"


def _edits() -> Any:
    return apps.get_model("rcro_portal", "BulkEdit")._default_manager.all()


def _stored(row: Any, name: str) -> Any:
    return _kept(getattr(row, row._meta.get_field(name).attname))


def _holds(row: Any, name: str, stored: Any) -> bool:
    field = row._meta.get_field(name)
    return bool(getattr(row, field.attname) == (stored if field.is_relation else field.to_python(stored)))


def _kept(value: Any) -> Any:
    """As JSON keeps it: days and moments as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _read(row: Any, name: str, stored: Any) -> Any:
    field = row._meta.get_field(name)
    if field.is_relation and stored is not None:
        return field.related_model._base_manager.get(pk=stored)
    return field.to_python(stored)


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


_OWN = object()


def _words(row: Any, name: str, value: Any = _OWN) -> str:
    """A value as people read it; nothing is «пусто»."""
    value = getattr(row, name) if value is _OWN else value
    choices = dict(row._meta.get_field(name).flatchoices)
    return str(choices.get(value, value)) if value not in (None, "") else "пусто"
