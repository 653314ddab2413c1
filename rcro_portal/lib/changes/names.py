"""What the rows that the log of changes points to are called, and whom of the people among them a reader may know."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, reduce
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from rcro_portal.lib.changes.declared import declaration

SOMEBODY = "другой человек"


@cache
def models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def fields(model: type[models.Model] | None) -> dict[str, models.Field]:
    return {str(one.column): one for one in model._meta.concrete_fields} if model else {}


def today(changes: Iterable[Any], reader: Any = None) -> dict[tuple[str, Any], str]:
    """What the rows that the changes point to are called today, by table and key; one query for all tables.

    ``reader``: a user who is told no names of other people; nothing for one who may know them all.
    """
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change in changes:
        for column, one in fields(models_by_table().get(change.table)).items():
            for state in (change.before, change.after):
                target: Any = one.related_model
                if target and state and state.get(column) is not None and _name_of(target):
                    wanted[target].add(state[column])
    people = [target for target in wanted if reader and _is_of_people(target)]
    hidden = {target: wanted[target] - _own(target, reader) for target in people}
    asked = [_asked(target, keys - hidden.get(target, set())) for target, keys in wanted.items()]
    found = reduce(lambda all_of, more: all_of.union(more, all=True), asked) if asked else ()
    named = {(table, key): " ".join(name.split()) for table, key, name in found}
    return named | {(target._meta.db_table, key): SOMEBODY for target, keys in hidden.items() for key in keys}


def _is_of_people(target: type[models.Model]) -> bool:
    """The name of such a row is made of personal columns: its own or those of the row that it belongs to."""
    paths = [path.split("__") for path in _name_of(target)]
    return any(last in _personal(_at_the_end(target, way)) for *way, last in paths)


def _at_the_end(target: Any, way: list[str]) -> Any:
    return reduce(lambda model, step: model._meta.get_field(step).related_model, way, target)


def _personal(model: type[models.Model]) -> tuple[str, ...]:
    declared = declaration(model)
    return declared.personal if declared else ()


def _own(target: type[models.Model], reader: Any) -> set[Any]:
    """The reader's own rows of that table: the user and the person."""
    own = {one.value_from_object(reader) for one in reader._meta.concrete_fields if one.related_model is target}
    return own | ({reader.pk} if isinstance(reader, target) else set())


def _name_of(target: type[models.Model]) -> tuple[str, ...]:
    declared = declaration(target)
    return declared.name if declared else ()


def _asked(target: type[models.Model], keys: set[Any]) -> Any:
    parts = [Cast(F(name), models.TextField()) for name in _name_of(target)]
    spaced = [one for part in parts for one in (part, Value(" "))]
    rows = target._default_manager.filter(pk__in=keys).order_by()
    named = Concat(*spaced, output_field=models.TextField())
    table = Value(target._meta.db_table, output_field=models.TextField())
    return rows.values_list(table, "pk", named)
