"""Rows that are likely one person, and pairs of whom somebody said that they are not."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from django.db import transaction

from centers.models import NotSame, Person, User
from rcro_portal.lib import russian

SAME_NAME, SAME_EMAIL, INITIALS = "одинаковые имена", "один адрес почты", "совпадают фамилия и инициалы"
# Of more namesakes than these nobody looks through every pair.
ALIKE_AT_MOST = 6


class Pair(NamedTuple):
    first: Person
    second: Person
    why: str


def likely() -> list[Pair]:
    """The pairs that nobody has told apart yet, by name; the row that was there first comes first."""
    people = {person.pk: person for person in Person.objects.kept().order_by("sort_key", "pk")}
    apart = set(NotSame.objects.values_list("first", "second"))
    found: dict[tuple[int, int], str] = {}
    for why, keys in _alike(people):
        for pair in combinations(sorted(keys)[:ALIKE_AT_MOST], 2):
            if pair not in apart:
                found.setdefault(pair, why)
    pairs = (Pair(people[first], people[second], why) for (first, second), why in found.items())
    return sorted(pairs, key=lambda pair: (pair.first.sort_key, pair.first.pk, pair.second.pk))


def _alike(people: dict[int, Person]) -> Iterator[tuple[str, list[int]]]:
    by_name, by_email, by_initials = defaultdict(list), defaultdict(list), defaultdict(list)
    for pk, person in people.items():
        by_name[person.sort_key].append(pk)
        by_initials[russian.folded(person.surname_first)].append(pk)
        if person.email:
            by_email[person.email.lower()].append(pk)
    yield from ((SAME_NAME, keys) for keys in by_name.values() if len(keys) > 1)
    yield from ((SAME_EMAIL, keys) for keys in by_email.values() if len(keys) > 1)
    for keys in by_initials.values():
        short = [pk for pk in keys if russian.is_initial(people[pk].given_name)]
        yield from ((INITIALS, sorted({pk, other})) for pk in short for other in keys if other != pk)


@transaction.atomic
def tell_apart(*, one: Person, other: Person, by: User, at: datetime.datetime) -> None:
    """«Это разные люди»: said twice, it is said once."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    NotSame.objects.get_or_create(first=first, second=second, defaults={"by": by, "at": at})


def forget(*, pair: NotSame) -> None:
    """The pair may be proposed again."""
    NotSame.objects.filter(pk=pair.pk).delete()
