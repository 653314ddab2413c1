"""Verbs of the status of a centre: an organisation gets it by an act, later acts move its last day."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from centers.models import Center, Organization, StatusAct, StatusChange, StatusGrant
from rcro_portal.lib.keeping import writing


@transaction.atomic
def make_center(model: Any, *, organization: Organization, by: Any, why: str = "", **grant: Any) -> Center:  # noqa: ARG001
    """The organisation becomes a centre (РВЦИ) by its first grant. Raises ValidationError by the names of fields."""
    if Center.objects.filter(organization=organization).exists():
        words = "Эта организация уже РВЦИ: новый срок статуса внесите на карточке центра."
        raise ValidationError({"organization": words})
    center = writing.create(Center, by=by, why=why, organization=organization)
    writing.create(StatusGrant, by=by, why=why, center=center, **grant)
    return center


def extend(grant: StatusGrant, *, until: datetime.date, by: Any, why: str = "", **act: Any) -> None:
    """Another act gives the grant a later last day. Raises ValidationError, Moved."""
    check_extension(grant, until)
    _move(grant, StatusAct.EXTENDED, until, by, why, act)


def check_extension(grant: StatusGrant, until: datetime.date) -> None:
    """Raises ValidationError."""
    if grant.until is None:
        raise ValidationError({"until": "Статус присвоен без последнего дня: продлевать нечего."})
    if until <= grant.until:
        raise ValidationError({"until": f"Продлить можно на день позже {grant.until:%d.%m.%Y}."})


@transaction.atomic
def take_back(change: StatusChange, *, until: datetime.date, by: Any, why: str) -> None:
    """An act that was entered by mistake just now: the day is the former again. Raises Moved, ValidationError."""
    writing.change(change.grant, by=by, held={"until": change.until}, why=why, until=until)
    writing.delete(change, by=by, why=why)


def withdraw(grant: StatusGrant, *, until: datetime.date, by: Any, why: str = "", **act: Any) -> None:
    """An act ends the grant before its time. Raises ValidationError, Moved."""
    if grant.until is not None and until >= grant.until:
        raise ValidationError({"until": f"Статус и так действует по {grant.until:%d.%m.%Y}: прекратить можно раньше."})
    _move(grant, StatusAct.WITHDRAWN, until, by, why, act)


@transaction.atomic
def _move(grant: StatusGrant, kind: StatusAct, until: datetime.date, by: Any, why: str, act: dict[str, Any]) -> None:
    """The day and the act that moved it, together."""
    reason = why or f"Статус {kind.label} распоряжением № {act['act_number']}"
    writing.change(grant, by=by, held={"until": grant.until}, why=reason, until=until)
    writing.create(StatusChange, by=by, why=reason, grant=grant, act=kind, until=until, **act)
