"""What gives a person rights in the portal, and who therefore keeps that person's record.

A right is a row: an account, a post, an authority to sign, a deputy's term. A model that gives one says so by
``gives_powers = True``; the relations of Person are walked, so that floors above need no line here. Coordinating a
centre is a power too, but one that methodists give.
"""

import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value

from centers.models import Coordinator, Invitation, Person, User
from rcro_portal.lib.validity import Dated

# What ``held`` finds: an account, and what only an administrator gives.
ACCOUNT, GIVEN = 0, 1
IS_LOGGED_IN = "У этого человека есть вход в портал"
HAS_POWERS = "У этого человека есть должность в институте, право подписи или замещение"
ADMINISTRATOR_KEEPS = "{}: его запись ведёт администратор."


def relations(model: type[models.Model] = Person) -> list[Any]:
    """Every foreign key of every app that points at the table, hidden ones and those of many-to-many tables too."""
    found = [one.field for one in model._meta.get_fields(include_hidden=True) if one.one_to_many or one.one_to_one]
    keys = [one for one in found if one.related_model is model and one.concrete]
    return sorted(keys, key=lambda one: (one.model._meta.label_lower, one.name))


def reserved(person: Person) -> str:
    """Why the record of this person is the administrator's alone; nothing where a methodist keeps it too. One query."""
    return in_words(held(person))


def held(person: Person) -> frozenset[int]:
    """ACCOUNT, GIVEN, both or nothing, by one query."""
    account = User.objects.filter(person=person).values_list(Value(ACCOUNT, output_field=models.IntegerField()))
    return frozenset(kind for (kind,) in account.union(*_kinds(person)))


def with_held(people: models.QuerySet) -> models.QuerySet:
    """People with what ``held_of`` says of each: for a page that reads the person anyhow."""
    given = [Exists(rows.filter(**{key: OuterRef("pk")})) for rows, key in _giving()]
    account = Exists(User.objects.filter(person=OuterRef("pk")))
    return people.annotate(has_account=account, has_powers=reduce(or_, map(Q, given)))


def held_of(person: Any) -> frozenset[int]:
    """The same as ``held`` of one of ``with_held``, by no query."""
    found = {ACCOUNT: person.has_account, GIVEN: person.has_powers}
    return frozenset(kind for kind, is_held in found.items() if is_held)


def in_words(found: frozenset[int]) -> str:
    """Why a record with these is the administrator's alone."""
    if not found:
        return ""
    return ADMINISTRATOR_KEEPS.format(IS_LOGGED_IN if ACCOUNT in found else HAS_POWERS)


def reserved_persons() -> frozenset[int]:
    """The keys of all those whose record is the administrator's alone."""
    return frozenset(reserved_keys())


def reserved_keys() -> models.QuerySet:
    """The same as rows, for a query that leaves these people out."""
    held = [rows.filter(**{f"{key}__isnull": False}).values_list(key, flat=True) for rows, key in _giving()]
    return User.objects.values_list("person", flat=True).union(*held)


def works_here(person: Person) -> bool:
    """Holds or held something that only an administrator gives, an account aside."""
    first, *others = _kinds(person)
    return bool(first.union(*others))


def _kinds(person: Person) -> list[models.QuerySet]:
    kind = Value(GIVEN, output_field=models.IntegerField())
    return [rows.values_list(kind) for rows in _of(person)]


def gives_rights(person: Person, day: datetime.date) -> bool:
    """Whether an account would bring this person rights, that day or later."""
    held = [*_of(person), Coordinator.objects.filter(person=person)]
    return any(_not_over(rows, day).exists() for rows in held)


def may_come_in(person: Person, now: datetime.datetime) -> bool:
    """There is an account, or an invitation that makes one."""
    invited = Invitation.objects.pending(now).filter(person=person)
    return User.objects.filter(person=person).exists() or invited.exists()


def _of(person: Person) -> list[models.QuerySet]:
    """The rows that only an administrator gives, account and centres aside; those of the past as well."""
    return [rows.filter(**{name: person}) for rows, name in _giving()]


def _giving() -> list[tuple[models.QuerySet, str]]:
    """The tables whose rows give powers, with the name of their key of a person."""
    giving = [one for one in relations() if getattr(one.model, "gives_powers", False)]
    return [(one.model._base_manager.all(), one.name) for one in giving]


def _not_over(rows: models.QuerySet, day: datetime.date) -> models.QuerySet:
    if not issubclass(rows.model, Dated):
        return rows
    return rows.filter(Q(until__isnull=True) | Q(until__gte=day))
