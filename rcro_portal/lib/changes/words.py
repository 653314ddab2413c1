"""Labels and values of recorded columns as people read them."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator

from rcro_portal.lib import russian

SHOWN_CHARACTERS = 300
IS_OTHER = "изменено"


def title(model: type[models.Model] | None, act: str) -> str:
    """«Координатор РВЦИ: внесено»; of a relation of many to many its own name."""
    if model is None:
        return f"Прежняя таблица: {act}"
    return f"{russian.upper_first(_noun(model))}: {act}"


def _noun(model: type[models.Model]) -> str:
    owner: Any = model._meta.auto_created
    relations = owner._meta.many_to_many if owner else ()
    names = [one.verbose_name for one in relations if one.remote_field.through is model]
    return str((names or [model._meta.verbose_name])[0])


def label(field: models.Field) -> str:
    return str(field.related_model._meta.verbose_name if field.model._meta.auto_created else field.verbose_name)


def says(value: Any) -> bool:
    return value not in (None, "", [], {})


def value(field: models.Field, kept: Any, names: Mapping[tuple[str, Any], str]) -> str:
    """Nothing where the column was empty."""
    if not says(kept):
        return ""
    if field.related_model:
        target: Any = field.related_model
        return names.get((target._meta.db_table, kept), f"№ {kept}")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(kept, kept))
    if in_words := getattr(field, "in_words", None):
        return str(in_words(kept))
    return _plain(field, kept)


def _plain(field: models.Field, kept: Any) -> str:
    match field:
        case models.BooleanField():
            return "да" if kept else "нет"
        case models.DateTimeField():
            return _moment(kept)
        case models.DateField():
            day = parse_date(kept)
            return f"{day:%d.%m.%Y}" if day else ""
        case models.JSONField():
            return IS_OTHER
        case _:
            return Truncator(str(kept)).chars(SHOWN_CHARACTERS)


def _moment(kept: str) -> str:
    """SQLite keeps moments in UTC, without saying so."""
    at = parse_datetime(kept)
    if at is None:
        return ""
    at = at if timezone.is_aware(at) else at.replace(tzinfo=datetime.UTC)
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"
