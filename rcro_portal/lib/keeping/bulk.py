"""Many rows of a list changed at once: looked at before, written in one transaction, taken back within a minute.

What is done to them is a ``Subject``: fields of a table (``bulk_fields``) or an act of an app's own. Either way each
row is written by the verb that its own page calls, so rights, rules and history are those of a change by hand.
"""

import datetime
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet

from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import agree

AT_MOST = 500
# How long a change of many rows, or the putting away of one, is taken back by one press.
UNDO_WITHIN = datetime.timedelta(minutes=1)
# When those who are concerned may be told: what is taken back at the last moment has to be written first.
TOLD_AFTER = UNDO_WITHIN + datetime.timedelta(seconds=30)
UNDONE = "Отмена правки списка"


class TooMany(Refusal):
    words = f"За один раз меняют до {AT_MOST} строк. Сузьте отбор или отметьте нужные строки."


class TooLate(Refusal):
    words = "Правку списка отменяют в течение минуты. Верните значения такой же правкой или на карточках."


@dataclass(frozen=True)
class Line:
    """What becomes of one row: in words from and to, or why it stays as it is."""

    row: Any
    changes: Sequence[tuple[str, str, str]] = ()
    refusal: str = ""

    @property
    def is_written(self) -> bool:
        return bool(self.changes) and not self.refusal


class Written(NamedTuple):
    """As JSON keeps it: what the rows hold now, and by the key of each what it takes to bring it back."""

    written: Mapping[str, Any]
    before: Mapping[str, Any]


class Subject(ABC):
    """What is done to many rows at once.

    ``label`` is the button of the page, ``ticked`` and ``found`` are those above the list. ``why`` calls the reason and
    says who will read it.
    """

    model: type[models.Model]
    title = "Правка списка"
    label = "Изменить"
    ticked, found = "Изменить отмеченные", "Изменить все найденные"
    why = ("Почему", "Останется в истории каждой записи.")
    # What puts rows of the same table into the archive, and what that means for people.
    away: "Subject | None" = None
    away_words = ""

    @abstractmethod
    def why_not(self, user: Any) -> str:
        """Why this person changes no rows here at all: 403 in these words."""

    @abstractmethod
    def fields(self, user: Any) -> dict[str, forms.Field]:
        """What is asked for; a field that is not required and left empty changes nothing."""

    def check(self, values: Mapping[str, Any]) -> None:  # noqa: B027  (most have nothing to check)
        """What is wrong with the values whatever the row. Raises ValidationError by the names of fields."""

    def read(self, rows: QuerySet) -> QuerySet:
        """The rows of the list with all that ``line`` asks of them."""
        return rows

    @abstractmethod
    def line(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> Line:
        """What the values would do to the row; writes nothing."""

    @abstractmethod
    def write(
        self, rows: Sequence[Any], values: Mapping[str, Any], *, by: Any, at: datetime.datetime, why: str
    ) -> Written:
        """All of them, in the transaction of the caller. Raises Moved, ValidationError or a Refusal."""

    @abstractmethod
    def take_back(
        self, rows: Iterable[tuple[Any, Any]], written: Mapping[str, Any], *, by: Any, at: datetime.datetime
    ) -> None:
        """Each row with what ``write`` said of it. Raises Moved where a row holds something else by now."""


def looked_at(
    subject: Subject, rows: QuerySet, values: Mapping[str, Any], *, by: Any, at: datetime.datetime
) -> list[Line]:
    """What the values would do to each row; without values nothing. Raises TooMany."""
    listed = list(subject.read(rows)[: AT_MOST + 1])
    if len(listed) > AT_MOST:
        raise TooMany
    return [subject.line(row, values, by=by, at=at) if values else Line(row) for row in listed]


def seen(lines: Sequence[Line]) -> str:
    """What a person has looked at, in short: their «yes» is to exactly this."""
    told = [(line.row.pk, *map(list, line.changes), line.refusal) for line in lines]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()


@transaction.atomic
def write(
    subject: Subject,
    lines: Sequence[Line],
    values: Mapping[str, Any],
    *,
    of: str,
    by: Any,
    at: datetime.datetime,
    why: str,
) -> Any:
    """All rows that were found good, or none. ``of`` names the list. Raises what the subject does."""
    rows = [line.row for line in lines if line.is_written]
    made = subject.write(rows, values, by=by, at=at, why=why)
    return _edits().create(list=of, by=by, at=at, why=why, written=made.written, before=made.before)


@transaction.atomic
def undo(subject: Subject, *, pk: int, of: str, by: Any, at: datetime.datetime) -> int:
    """Each row as it was; how many. Raises TooLate, Moved where somebody has changed one of them since."""
    edit = _edits().open_to(by, at).filter(pk=pk, list=of).first()
    if edit is None or not _edits().filter(pk=pk, undone_at=None).update(undone_at=at):
        raise TooLate
    rows = subject.model._default_manager.in_bulk(map(int, edit.before))
    if len(rows) != len(edit.before):
        raise Moved
    try:
        subject.take_back([(rows[int(key)], one) for key, one in edit.before.items()], edit.written, by=by, at=at)
    except ValidationError as error:
        raise Moved(" ".join(error.messages)) from error
    return len(edit.before)


def as_json(value: Any) -> Any:
    """A value as ``Written`` keeps it: days and moments as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value


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
