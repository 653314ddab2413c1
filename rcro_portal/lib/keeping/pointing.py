"""What points to a row: whatever does keeps it from being deleted."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models


class Pointing(NamedTuple):
    """Rows of one table: «проекты: 3»."""

    name: str
    rows: int

    def __str__(self) -> str:
        return f"{self.name}: {self.rows}"


def pointing(row: models.Model) -> list[Pointing]:
    """Of every table that has rows pointing here, how many; one query a relation.

    Rows that only join this one to others by a relation of its own are part of it.
    """
    counted: dict[str, int] = {}
    for relation in _relations(type(row)):
        found = relation.related_model._base_manager.filter(**{relation.field.name: row}).count()
        if found:
            name = _name(relation.related_model)
            counted[name] = counted.get(name, 0) + found
    return [Pointing(*one) for one in counted.items()]


def _relations(model: type[models.Model]) -> Iterator[Any]:
    """Relations by a column, hidden ones too; a relation of many to many shows by the table between."""
    for one in model._meta.get_fields(include_hidden=True):
        by_column = one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
        related: Any = one.related_model
        if by_column and related._meta.auto_created is not model:
            yield one


def _name(model: Any) -> str:
    """Of the table between two others, the name of the one that declares it."""
    return str((model._meta.auto_created or model)._meta.verbose_name_plural)
