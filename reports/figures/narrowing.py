"""What a figure may be narrowed to besides its period: a municipality, a subject, a centre, an event; and its name."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import BigIntegerField, Model

from centers.models import Center, Municipality
from events.models import Event
from olympiad.models import Subject

# By the parameter: whose rows it names, and by which column of them.
NAMED: Mapping[str, tuple[type[Model], str]] = {
    "municipality": (Municipality, "code"),
    "subject": (Subject, "code"),
    "center": (Center, "pk"),
    "event": (Event, "pk"),
}


def code(text: str) -> str:
    """As an address gives it; offices have made codes of Russian words too. Raises ValueError for what none can be."""
    if not text.isprintable():
        raise ValueError(text)
    return text


def number(text: str | int) -> int:
    """A key or a year, as an address gives it. Raises ValueError for what no column holds."""
    if abs(found := int(text)) > BigIntegerField.MAX_BIGINT:
        raise ValueError(text)
    return found


def words(asked: Mapping[str, Any]) -> Iterator[str]:
    """«Томский район», «физика»: each that is asked for."""
    for name, value in asked.items():
        model, column = NAMED[name]
        found = model._default_manager.filter(**{column: value}).first()
        yield str(found) if found else "то, чего больше нет"
