"""The verbs that write kept rows. Forms, imports and bulk edits call these and no others.

Each validates the row as its model declares it – fields, ``clean``, named constraints – and says what is wrong by the
names of fields, in Russian. What a constraint or trigger of the database finds beyond that is said in words too. The
reason goes to the log of changes (``authorship``).
"""

import copy
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from rcro_portal.lib import records, rules
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.keeping.archive import Archivable
from rcro_portal.lib.keeping.pointing import pointing
from rcro_portal.lib.refusals import Refusal


class InArchive(Refusal):
    words = "Запись в архиве. Верните её из архива, потом меняйте."


class StillUsed(Refusal):
    words = "На эту запись что-то указывает: удалить её нельзя, можно убрать в архив."


class Contradicts(Refusal):
    words = "Не сохранено: запись противоречит другой, которую внесли в эту же минуту. Обновите страницу и сверьте."


def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> Any:
    """A new row, with its relations of many to many. Raises ValidationError by the names of fields, Contradicts."""
    columns, many = _split(model, fields)
    row = model(**columns)
    row.full_clean()
    with _written(by, why):
        row.save(force_insert=True)
        _relate(row, many)
    return row


def validate_new(row: Any) -> None:
    """As ``create`` validates, but for keys of other rows and for what is unique: the caller knows those rows.

    Raises ValidationError by the names of fields.
    """
    keys = {field.name for field in row._meta.fields if field.is_relation or field.primary_key}
    row.clean_fields(exclude=keys)
    row.clean()
    if isinstance(row, rules.Ruled):
        row.validate_constraints()


def create_many(model: type[models.Model], rows: Sequence[Any], *, by: Any, why: str = "") -> None:
    """New rows that were validated, many at once. Raises Contradicts."""
    with _written(by, why):
        model._default_manager.bulk_create(rows, batch_size=500)


def change(row: Any, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any) -> bool:
    """Write the fields that differ, and say whether any did.

    ``held`` is what its reader found, without it what ``row`` says now. Raises ValidationError by the names of fields,
    Moved where the row holds something else by now, InArchive, Contradicts.
    """
    if isinstance(row, Archivable) and row.is_archived:
        raise InArchive
    columns, many = _split(type(row), fields)
    columns = {name: value for name, value in columns.items() if getattr(row, name) != value}
    many = {name: value for name, value in many.items() if _keys(value) != _keys(getattr(row, name).all())}
    if not columns and not many:
        return False
    validate(row, columns)
    with _written(by, why):
        if columns:
            records.change(row, held=_compared(row, columns, held), **columns)
        _relate(row, many)
    return True


def validate(row: Any, fields: Mapping[str, Any]) -> None:
    """Raise ValidationError unless the row may hold these values; of other fields nothing is asked but to agree."""
    after = copy.copy(row)
    for name, value in fields.items():
        setattr(after, name, value)
    others = {field.name for field in row._meta.fields} - set(fields)
    errors: dict[str, Any] = {}
    for judge in (lambda: after.clean_fields(exclude=others), after.clean, after.validate_unique):
        _gather(errors, judge)
    _gather(errors, lambda: after.validate_constraints(exclude=set(errors)))
    if errors:
        raise ValidationError(errors)


def archive(row: Any, *, reason: str, by: Any, at: datetime.datetime) -> bool:
    """Put the row away; False where it was there already. Whatever points to it goes on doing so."""
    with authorship.explain(reason, by=by and by.pk):
        gone = _rows(row).filter(archived_at__isnull=True).update(archived_at=at, archive_reason=reason)
    row.archived_at, row.archive_reason = at, reason
    return bool(gone)


def restore(row: Any, *, by: Any, why: str = "") -> bool:
    """Bring the row back; False where it was not away."""
    with _explained(by, why):
        back = _rows(row).filter(archived_at__isnull=False).update(archived_at=None, archive_reason="")
    row.archived_at, row.archive_reason = None, ""
    return bool(back)


def delete(row: models.Model, *, by: Any, why: str = "") -> None:
    """Raises StillUsed where anything points to the row, Broken where a rule is kept by it."""
    if found := pointing(row):
        listed = ", ".join(map(str, found))
        instead = ", можно убрать в архив" if isinstance(row, Archivable) else ""
        raise StillUsed(f"На эту запись указывают {listed}. Удалить её нельзя{instead}.")
    if isinstance(row, rules.Ruled):
        rules.require_loss(row, timezone.localdate())
    with _written(by, why):
        row.delete()


# -- Within -----------------------------------------------------------------------------------------------------------


@contextmanager
def _written(by: Any, why: str) -> Iterator[None]:
    """One transaction; of two that contradict each other the second is told so."""
    try:
        with transaction.atomic(), _explained(by, why):
            yield
    except IntegrityError as error:
        raise Contradicts(rules.in_words(error)) from error


def _explained(by: Any, why: str) -> Any:
    """Without a reason of its own a change has that of the act around it, such as an import."""
    present = authorship.present()
    return authorship.explain(why or (present.why if present else ""), by=by and by.pk)


def _split(model: Any, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns, and relations of many to many."""
    names = {field.name for field in model._meta.many_to_many}
    return (
        {name: value for name, value in fields.items() if name not in names},
        {name: value for name, value in fields.items() if name in names},
    )


def _relate(row: Any, many: Mapping[str, Any]) -> None:
    for name, value in many.items():
        getattr(row, name).set(value)


def _keys(rows: Any) -> set[Any]:
    return {getattr(row, "pk", row) for row in rows}


def _compared(row: Any, columns: Mapping[str, Any], held: Mapping[str, Any] | None) -> dict[str, Any]:
    """What must still be so: of what its reader found, columns alone; and that nobody put the row away."""
    found = {name: getattr(row, name) for name in columns} if held is None else _split(type(row), held)[0]
    return {**found, "archived_at": None} if isinstance(row, Archivable) else found


def _gather(errors: dict[str, Any], judge: Callable[[], object]) -> None:
    try:
        judge()
    except ValidationError as error:
        error.update_error_dict(errors)


def _rows(row: Any) -> Any:
    return type(row)._default_manager.filter(pk=row.pk)
