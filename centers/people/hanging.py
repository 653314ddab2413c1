"""What hangs on a person's row, in every app: how many rows of which kind, counted by one query."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, Value

from centers.models import Person
from centers.people import merging


def counts(people: Iterable[Person]) -> dict[int, dict[str, int]]:
    """By the person's key, then by what it is called: «выступления»: 5."""
    keys = [person.pk for person in people]
    relations = merging.relations()
    first, *others = [_counted(place, one, keys) for place, one in enumerate(relations)]
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, number, place in sorted(first.union(*others, all=True), key=lambda row: row[2]):
        words = _words(relations[place])
        found[pk][words] = found[pk].get(words, 0) + number
    return found


def _counted(place: int, relation: Any, keys: list[int]) -> Any:
    rows = relation.model._base_manager.filter(**{f"{relation.name}__in": keys}).order_by()
    counted = rows.values_list(relation.attname).annotate(number=Count("pk"))
    return counted.annotate(place=Value(place, output_field=IntegerField()))


def _words(relation: Any) -> str:
    meta = (relation.model._meta.auto_created or relation.model)._meta
    return str(meta.verbose_name if relation.unique else meta.verbose_name_plural)
