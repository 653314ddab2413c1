"""A refused verb must leave the database as it found it: every row of every table of the portal is compared."""

import contextlib
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from rcro_portal.models import RecordChange

OURS = ("centers", "projects", "events", "olympiad", "reports", "rcro_portal")


def our_models() -> list[type[Model]]:
    """Of all the portal's own tables, those of many-to-many relations among them.

    Not the log of changes: what was made and taken away again leaves two rows there.
    """
    configs = [apps.get_app_config(app) for app in OURS]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [model for model in models if model is not RecordChange]


def everything(*, but: Collection[type[Model]] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the portal's own tables, each as the database keeps it."""
    with connection.cursor() as cursor:
        return {model._meta.label: _rows(cursor, model._meta) for model in our_models() if model not in but}


def _rows(cursor: Any, table: Any) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{field.column}"' for field in table.concrete_fields)
    cursor.execute(f'SELECT {columns} FROM "{table.db_table}" ORDER BY "{table.pk.column}"')
    return cursor.fetchall()


@contextlib.contextmanager
def nothing_changes(*, but: Collection[type[Model]] = ()) -> Iterator[None]:
    """``but``: tables that may get rows, such as the session of an import that brings nothing new."""
    before = everything(but=but)
    yield
    assert everything(but=but) == before


@contextlib.contextmanager
def refused(refusal: type[Exception], words: str | None = None, *, but: Collection[type[Model]] = ()) -> Iterator[None]:
    """What is done inside raises exactly this refusal, with exactly these words, and changes no row."""
    with nothing_changes(but=but), pytest.raises(refusal) as caught:
        yield
    assert caught.type is refusal
    assert words is None or str(caught.value) == words
