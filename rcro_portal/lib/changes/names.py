"""What the rows that the log of changes points to are called."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, reduce
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from rcro_portal.lib.changes.declared import declaration


@cache
def models_by_table() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def fields(model: type[models.Model] | None) -> dict[str, models.Field]:
    return {str(one.column): one for one in model._meta.concrete_fields} if model else {}


def today(changes: Iterable[Any]) -> dict[tuple[str, Any], str]:
    """What the rows that the changes point to are called today, by table and key; one query for all tables."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change in changes:
        for column, one in fields(models_by_table().get(change.table)).items():
            for state in (change.before, change.after):
                target: Any = one.related_model
                if target and state and state.get(column) is not None and _name_of(target):
                    wanted[target].add(state[column])
    asked = [_asked(target, keys) for target, keys in wanted.items()]
    if not asked:
        return {}
    found = reduce(lambda all_of, more: all_of.union(more, all=True), asked)
    return {(table, key): " ".join(name.split()) for table, key, name in found}


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
