"""What would be there twice if a row pointed elsewhere: asked before it is written, and said in words."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from rcro_portal.lib import rules


def taken(relation: Any, before: models.Model, after: models.Model) -> Iterator[str]:
    """Words for each row of the relation that cannot point at ``after``, since one like it does already."""
    model = relation.model
    for row in model._base_manager.filter(**{relation.name: before}).order_by("pk"):
        setattr(row, relation.name, after)
        for fields in _broken(model, row, relation):
            yield _words(row, [name for name in fields if name != relation.name])


def _broken(model: type[models.Model], row: models.Model, relation: Any) -> Iterator[tuple[str, ...]]:
    """The fields of each constraint that the row would break and the relation has a part in."""
    others = model._base_manager.exclude(pk=row.pk)
    if relation.unique and others.filter(**{relation.name: getattr(row, relation.attname)}).exists():
        yield (relation.name,)
    for fields in model._meta.unique_together:
        if relation.name in fields and others.filter(**{name: getattr(row, name) for name in fields}).exists():
            yield tuple(fields)
    for constraint in model._meta.constraints:
        try:
            constraint.validate(model, row)
        except ValidationError:
            yield tuple(getattr(constraint, "fields", ()))
    if isinstance(row, rules.Ruled):
        yield from _overlapping(row, relation)


def _overlapping(row: rules.Ruled, relation: Any) -> Iterator[tuple[str, ...]]:
    """Of dated rows that would share a day with one like them."""
    for rule in row.rules:
        if isinstance(rule, rules.NoOverlap) and relation.name in rule.same and rule.breach(row, timezone.localdate()):
            yield rule.same


def _words(row: models.Model, fields: list[str]) -> str:
    meta: Any = (row._meta.auto_created or row)._meta
    said = [str(getattr(row, name)) for name in fields if getattr(row, name) is not None]
    return f"{meta.verbose_name} – {', '.join(f'«{one}»' for one in said)}" if said else str(meta.verbose_name)
