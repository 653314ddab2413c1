"""The audit log: an append-only row per transition of a state machine, or change of a row, in each app's own table."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import WrongStep


class Transition(models.Model):
    """A transition from state to state: by whom (none: the portal itself), when and with what note."""

    before = models.CharField("было", max_length=20, blank=True)
    after = models.CharField("стало", max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("когда")
    note = models.TextField("примечание", blank=True)

    class Meta:
        abstract = True


class Act(models.TextChoices):
    INSERT = "insert", "внесено"
    UPDATE = "update", "изменено"
    DELETE = "delete", "удалено"


class Change(models.Model):
    """What became of one row of a table: its columns before and after (none: it was not there), by whom and why."""

    table = models.CharField("таблица", max_length=63)
    record = models.BigIntegerField("строка")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("когда")
    act = models.CharField("что", max_length=10, choices=Act)
    before = models.JSONField("было", null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("стало", null=True, encoder=DjangoJSONEncoder)
    why = models.TextField("причина", blank=True)

    class Meta:
        abstract = True


def columns(row: models.Model) -> dict[str, Any]:
    """A row's columns by their names in the table, as a Change keeps them."""
    return {str(field.column): getattr(row, field.attname) for field in row._meta.concrete_fields}


def move(
    row: Any,
    after: str,
    *,
    by: Any,
    at: datetime.datetime,
    note: str = "",
    transitions: type[Transition],
    seen: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Move ``row`` to state ``after`` by its table ``TRANSITIONS``, write the named fields and the transition with it.

    A compare-and-swap on ``status`` and on the columns in ``seen``, since a row may come back to the same state with
    something else in it: a second caller gets WrongStep and changes nothing. Call it in a transaction.
    """
    before = row.status
    if after not in row.TRANSITIONS[before]:
        raise WrongStep
    model = type(row)
    with authorship.explain(note, by=by.pk if by else None):
        moved = model.objects.filter(pk=row.pk, status=before, **(seen or {})).update(status=after, **fields)
    if moved != 1:
        raise WrongStep
    for name, value in {"status": after, **fields}.items():
        setattr(row, name, value)
    owner = next(field.name for field in transitions._meta.fields if field.related_model is model)
    transitions._default_manager.create(**{owner: row}, before=before, after=after, by=by, at=at, note=note)


def timeline(
    transitions: Iterable[Transition], states: type[models.TextChoices], tones: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Transitions as ``components/timeline.html`` shows them; one that leaves the state as it is goes by its note.

    ``tones`` by the state that a step leads to.
    """
    return [
        {
            "title": states(step.after).label if step.before != step.after else step.note,
            "who": step.by or "портал",
            "at": step.at,
            "note": step.note if step.before != step.after else "",
            "tone": (tones or {}).get(step.after, ""),
        }
        for step in transitions
    ]
