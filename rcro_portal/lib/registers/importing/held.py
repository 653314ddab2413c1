"""What a row holds, as a session keeps it, and how it is given back."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from rcro_portal.lib.search import SearchKeyField


def held(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """By the names of fields: keys of rows, days and moments as texts."""
    found = {}
    for name in names:
        value = getattr(row, row._meta.get_field(name).attname)
        found[name] = value.isoformat() if isinstance(value, datetime.date) else value
    return found


def give_back(row: Model, was: Mapping[str, Any]) -> None:
    for name, value in was.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value) if not field.is_relation else value)
    row.save(update_fields=with_keys(type(row), was))


def with_keys(model: type[Model], names: Iterable[str]) -> list[str]:
    """The fields with the search keys, which follow them."""
    return [*names, *(one.name for one in model._meta.fields if isinstance(one, SearchKeyField))]
