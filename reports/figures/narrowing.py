"""What a figure may be narrowed to besides its period: a municipality, a subject, a centre, an event; and its name."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from centers.models import Center, Municipality
from events.models import Event
from olympiad.models import Subject
from reports.figures.query import Narrow

# By the parameter: whose rows it names, and by which column of them.
NAMED: Mapping[str, tuple[type[Model], str]] = {
    "municipality": (Municipality, "code"),
    "subject": (Subject, "code"),
    "center": (Center, "pk"),
    "event": (Event, "pk"),
}


def words(narrowed: Mapping[str, Narrow], parameters: Mapping[str, Any]) -> Iterator[str]:
    """«Томский район», «физика»: each that is asked for, in the order of the registry."""
    for name in narrowed:
        if name in parameters:
            model, column = NAMED[name]
            found = model._default_manager.filter(**{column: parameters[name]}).first()
            yield str(found) if found else "то, чего больше нет"
