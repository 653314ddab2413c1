"""A refused verb must leave the database as it found it: every row of every table of the portal is compared."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

OURS = ("centers", "projects", "events", "olympiad", "reports")


def our_models() -> list[type[Model]]:
    """Of all the portal's own tables, those of many-to-many relations among them.

    Not those of machines: what was made and taken away again leaves two rows in the log of changes, a file that brings
    nothing new a session of an import.
    """
    return [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the portal's own tables, each as the database keeps it."""
    with connection.cursor() as cursor:
        return {model._meta.label: _rows(cursor, model._meta) for model in our_models()}


def _rows(cursor: Any, table: Any) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{field.column}"' for field in table.concrete_fields)
    cursor.execute(f'SELECT {columns} FROM "{table.db_table}" ORDER BY "{table.pk.column}"')
    return cursor.fetchall()


@contextlib.contextmanager
def nothing_changes() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


@contextlib.contextmanager
def refused(refusal: type[Exception], words: str | None = None) -> Iterator[None]:
    """What is done inside raises exactly this refusal, with exactly these words, and changes no row."""
    with nothing_changes(), pytest.raises(refusal) as caught:
        yield
    assert caught.type is refusal
    assert words is None or str(caught.value) == words
