"""Distribution lists: who stands on one, put there by name or several at once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from centers.models import Organization
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.keeping import writing
from reports.models import DistributionList

ON_IT = "Уже есть в этом указателе."


def put(model: Any, *, by: Any, why: str = "", **fields: Any) -> Any:
    """A row of the table between the list and whom it names. Raises ValidationError where it stands there already."""
    _refuse_twice(model, fields)
    return writing.create(model, by=by, why=why, **fields)


def replace(row: Any, *, by: Any, held: Any = None, why: str = "", **fields: Any) -> bool:
    """Another one in the place of this. Raises as ``put``."""
    if any(getattr(row, name) != value for name, value in fields.items()):
        _refuse_twice(type(row), {"distributionlist": row.distributionlist, **fields})
    return writing.change(row, by=by, held=held, why=why, **fields)


def _refuse_twice(model: Any, fields: dict[str, Any]) -> None:
    if model._default_manager.filter(**fields).exists():
        name = next(name for name in fields if name != "distributionlist")
        raise ValidationError({name: ON_IT})


@transaction.atomic
def put_many(
    listed: DistributionList, *, by: Any, why: str = "", kind: str = "", municipality: Any = None, centers: bool = False
) -> int:
    """Every organisation that fits what was chosen; how many were new. Raises ValidationError where none fits."""
    rows = Organization.objects.kept()
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(municipality=municipality) if municipality else rows
    rows = rows.filter(center__isnull=False) if centers else rows
    new = set(rows.values_list("pk", flat=True)) - set(listed.organizations.values_list("pk", flat=True))
    if not new:
        raise ValidationError("По этому отбору добавить некого: таких организаций нет или все они уже в указателе.")
    with authorship.explain(why, by=by.pk):
        listed.organizations.add(*sorted(new))
    return len(new)
