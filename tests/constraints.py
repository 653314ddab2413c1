"""Named constraints must hold for plain SQL too: rows are broken by ``update`` and ``bulk_create``, past every verb."""

import contextlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.untouched import nothing_changes
from tests.without_triggers import drop


@contextlib.contextmanager
def kept_by(name: str) -> Iterator[None]:
    """What is done inside is refused by the database itself, by the constraint or the trigger of that name."""
    with nothing_changes(), pytest.raises(IntegrityError) as refusal, transaction.atomic(), _no_guard_but(name):
        yield
    said = str(refusal.value)
    # SQLite names the columns of a unique index, not the index.
    assert name in said or (connection.vendor == "sqlite" and said.startswith("UNIQUE constraint failed")), said


@contextlib.contextmanager
def _no_guard_but(name: str) -> Iterator[None]:
    """A trigger would refuse before the constraint is asked."""
    drop(but=name)
    yield


def double(row: models.Model, **changed: object) -> None:
    """A second row with the same values but the primary key and what is changed, written by plain INSERT."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.fields if not field.primary_key}
    type(row).objects.bulk_create([type(row)(**{**values, **changed})])


def change(row: models.Model, **values: object) -> None:
    """A plain UPDATE of the row."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def names(app: str) -> set[str]:
    """The named constraints of all models of the app."""
    return {one.name for model in apps.get_app_config(app).get_models() for one in model._meta.constraints}
