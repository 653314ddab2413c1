"""What a table says of itself: that its changes are recorded, which columns are personal and which never written."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from rcro_portal.lib.search import SearchKeyField


@dataclass(frozen=True)
class Recorded:
    """Stands in a model as ``recorded``; all names are names of fields.

    ``personal``: the log says that they were changed, and no value. ``without``: nothing of them is written (secrets,
    what a worker keeps for itself, texts that have revisions of their own); search keys are left out anyway.
    ``untold``: written, but no words to a reader (digests, types of files). ``part_of``: the relation to the row on
    whose card the change is shown. ``name``: what this row is called where another one points to it, asked of the row
    as it is today.
    """

    personal: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    part_of: str = ""
    name: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A recorded table as its triggers see it: columns, not fields."""

    model: type[models.Model]
    table: str
    key: str
    columns: tuple[str, ...]
    personal: tuple[str, ...]
    owner_table: str
    owner_column: str


def declaration(model: type[models.Model]) -> Recorded | None:
    """What the model declares; the table of a many-to-many relation is recorded with the row that has the relation."""
    owner: Any = model._meta.auto_created
    if not owner:
        return vars(model).get("recorded")
    if declaration(owner) is None:
        return None
    return Recorded(part_of=next(field.name for field in model._meta.fields if field.related_model is owner))


def recorded_models() -> Iterator[type[models.Model]]:
    yield from (model for model in apps.get_models(include_auto_created=True) if declaration(model) is not None)


@cache
def tables() -> dict[str, Table]:
    """Every recorded table by its name."""
    return {model._meta.db_table: _table(model) for model in recorded_models()}


def _table(model: type[models.Model]) -> Table:
    declared = declaration(model)
    assert declared
    meta = model._meta
    silent = {meta.get_field(name) for name in (*declared.personal, *declared.without)}
    said = [field for field in meta.concrete_fields if field not in silent and not isinstance(field, SearchKeyField)]
    owner = meta.get_field(declared.part_of) if declared.part_of else None
    return Table(
        model=model,
        table=meta.db_table,
        key=str(meta.pk.column),
        columns=tuple(str(field.column) for field in said),
        personal=tuple(str(meta.get_field(name).column) for name in declared.personal),
        owner_table=owner.related_model._meta.db_table if owner else meta.db_table,
        owner_column=str(owner.column) if owner else str(meta.pk.column),
    )
