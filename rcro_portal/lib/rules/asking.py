"""Where rules are asked: of one row before it is written, of all rows at night, and of what the database refused."""

import datetime
from collections.abc import Collection, Iterator
from typing import ClassVar

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.utils import timezone

from rcro_portal.lib.db_triggers import Installed
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.rules.rule import Rule


class Ruled(models.Model):
    """A model with ``rules``: ``full_clean``, and so every form of the model, asks them as it asks constraints."""

    rules: ClassVar[tuple[Rule, ...]] = ()

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        errors = _errors(self, timezone.localdate(), exclude or ())
        if errors:
            raise ValidationError(errors)
        super().validate_constraints(exclude=exclude)


class Broken(Refusal):
    """A rule in its words, with what is in the way."""


def require(row: Ruled, day: datetime.date) -> None:
    """For verbs that write rows without a form. Raises Broken."""
    errors = _errors(row, day, ())
    if errors:
        raise Broken(" ".join(words for said in errors.values() for words in said))


def require_loss(row: Ruled, day: datetime.date) -> None:
    """The same for who deletes the row. Raises Broken."""
    for rule in row.rules:
        if words := rule.breach_of_loss(row, day):
            raise Broken(f"{rule.words} {words}")


def _errors(row: Ruled, day: datetime.date, exclude: Collection[str]) -> dict[str, list[str]]:
    """The words of broken rules, by the fields that stand in the form."""
    errors: dict[str, list[str]] = {}
    for rule in row.rules:
        if words := rule.breach(row, day):
            shown = [name for name in rule.fields if name not in exclude]
            errors.setdefault(shown[0] if shown else NON_FIELD_ERRORS, []).append(f"{rule.words} {words}")
    return errors


def ruled() -> Iterator[tuple[type[Ruled], Rule]]:
    """Every rule with its model."""
    for model in apps.get_models():
        if issubclass(model, Ruled):
            yield from ((model, rule) for rule in model.rules)


def all_guards() -> Iterator[Installed]:
    for model, rule in ruled():
        yield from rule.guards(model)


def broken(day: datetime.date) -> Iterator[str]:
    """Every row of the portal that breaks a rule, in words without names of people."""
    for model, rule in ruled():
        noun = str(model._meta.verbose_name)
        for row, words in rule.breaches(model, day):
            yield f"{noun[:1].upper()}{noun[1:]} {row.pk}: {rule.words} {words}"


def in_words(error: IntegrityError) -> str:
    """The rule that the database kept, in its words; nothing where it kept something else."""
    said = str(error)
    return next((rule.words for _, rule in ruled() if rule.name in said), "")
