"""Fields of a table changed for many rows at once, and rows put into the archive: the common subjects of ``bulk``."""

import datetime
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rcro_portal.lib.keeping import writing
from rcro_portal.lib.keeping.bulk import UNDONE, Line, Subject, Written, as_json
from rcro_portal.lib.keeping.declared import Keeper
from rcro_portal.lib.records import Moved

AS_IT_IS = "— не менять —"
ARCHIVED_AT = "archived_at"


class FieldsOf(Subject):
    """Columns of a table: compared, said in words and brought back here; an app says who may, and by which verb."""

    names: tuple[str, ...]

    @abstractmethod
    def asked(self, user: Any) -> Mapping[str, forms.Field]:
        """The fields of the app's own form, by their names."""

    @abstractmethod
    def refusal(self, row: Any, changed: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> str:
        """Why this row does not take these values from this person, now."""

    @abstractmethod
    def change(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime, why: str) -> None:
        """By the verb that the row's own page calls."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        """Of many rows none is emptied: what is left empty stays as it is in each."""
        asked = self.asked(user)
        return {name: _or_as_it_is(asked[name]) for name in self.names}

    def line(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> Line:
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        said = [(_label(row, name), _words(row, name), _words(row, name, value)) for name, value in changed.items()]
        return Line(row, said, self.refusal(row, changed, by=by, at=at) if changed else "")

    def write(
        self, rows: Sequence[Any], values: Mapping[str, Any], *, by: Any, at: datetime.datetime, why: str
    ) -> Written:
        before = {str(row.pk): {name: _stored(row, name) for name in values} for row in rows}
        for row in rows:
            self.change(row, values, by=by, at=at, why=why)
        return Written({name: as_json(getattr(value, "pk", value)) for name, value in values.items()}, before)

    def take_back(
        self, rows: Iterable[tuple[Any, Any]], written: Mapping[str, Any], *, by: Any, at: datetime.datetime
    ) -> None:
        for row, before in rows:
            if any(not _holds(row, name, value) for name, value in written.items()):
                raise Moved
            values = {name: _read(row, name, one) for name, one in before.items()}
            self.change(row, values, by=by, at=at, why=UNDONE)


class KeptFields(FieldsOf):
    """Of a kept table, by its keeper; where the table has an archive, its rows may be put away too."""

    def __init__(self, keeper: Keeper, names: tuple[str, ...]) -> None:
        self.keeper, self.names, self.model = keeper, names, keeper.model
        self.away, self.away_words = (Away(keeper) if keeper.is_archivable else None), keeper.archive_words

    def why_not(self, user: Any) -> str:
        return self.keeper.why_not(user, None)

    def asked(self, user: Any) -> Mapping[str, forms.Field]:
        return self.keeper.form(user=user).fields

    def refusal(self, row: Any, changed: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> str:  # noqa: ARG002
        if self.away and row.is_archived:
            return writing.InArchive.words
        fixed = self.keeper.fixed(by, row)
        refusals = (
            self.keeper.why_not(by, row),
            self.keeper.not_now(by, row),
            *(fixed.get(name, "") for name in changed),
        )
        return next(filter(None, refusals), "") or why_invalid(row, changed)

    def change(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime, why: str) -> None:  # noqa: ARG002
        self.keeper.change(row, by=by, held={name: getattr(row, name) for name in values}, why=why, **values)

    def take_back(
        self, rows: Iterable[tuple[Any, Any]], written: Mapping[str, Any], *, by: Any, at: datetime.datetime
    ) -> None:
        taken: Any = self.away.take_back if self.away and ARCHIVED_AT in written else super().take_back
        taken(rows, written, by=by, at=at)


class Away(Subject):
    """Rows of a kept table go to the archive."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper, self.model = keeper, keeper.model

    def why_not(self, user: Any) -> str:
        return self.keeper.why_not(user, None)

    def fields(self, user: Any) -> dict[str, forms.Field]:  # noqa: ARG002
        return {}

    def line(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> Line:  # noqa: ARG002
        if row.is_archived:
            return Line(row)
        refusals = (self.keeper.why_not(by, row), self.keeper.not_now(by, row), self.keeper.not_archived(row))
        return Line(row, [("состояние", "в списках", "в архиве")], next(filter(None, refusals), ""))

    def write(
        self,
        rows: Sequence[Any],
        values: Mapping[str, Any],  # noqa: ARG002
        *,
        by: Any,
        at: datetime.datetime,
        why: str,
    ) -> Written:
        if not all(writing.archive(row, reason=why, by=by, at=at) for row in rows):
            raise Moved
        return Written({ARCHIVED_AT: as_json(at)}, {str(row.pk): {ARCHIVED_AT: None} for row in rows})

    def take_back(
        self,
        rows: Iterable[tuple[Any, Any]],
        written: Mapping[str, Any],
        *,
        by: Any,
        at: datetime.datetime,  # noqa: ARG002
    ) -> None:
        for row, _ in rows:
            if not _holds(row, ARCHIVED_AT, written[ARCHIVED_AT]):
                raise Moved
            writing.restore(row, by=by, why=UNDONE)


def why_invalid(row: Any, changed: Mapping[str, Any]) -> str:
    """What the model's fields, constraints and rules say against the values."""
    try:
        writing.validate(row, changed)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _or_as_it_is(field: Any) -> forms.Field:
    field.required = False
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = AS_IT_IS
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [("", AS_IT_IS), *((key, words) for key, words in choices if key)]
    field.initial = None
    return field


def _stored(row: Any, name: str) -> Any:
    return as_json(getattr(row, row._meta.get_field(name).attname))


def _holds(row: Any, name: str, stored: Any) -> bool:
    field = row._meta.get_field(name)
    return bool(getattr(row, field.attname) == (stored if field.is_relation else field.to_python(stored)))


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
