"""What every rule is asked."""

import datetime
import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models

from rcro_portal.lib.db_triggers import Installed

# The last day of what has no end.
FOREVER = datetime.date.max

type Term = tuple[datetime.date, datetime.date]


class Rule(ABC):
    """Base of the rules. ``fields`` are those of a form beside which the words stand; none: above the form."""

    fields: Sequence[str] = ()

    @property
    def name(self) -> str:
        """«OneGrantAtATime» is ``one_grant_at_a_time`` in the database."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def words(self) -> str:
        return inspect.cleandoc(type(self).__doc__ or "").partition("\n\n")[0].replace("\n", " ")

    @abstractmethod
    def breach(self, row: Any, day: datetime.date) -> str:
        """What stands in the way of the row, in words that follow the rule's; nothing if the rule holds.

        ``day`` is today: what has no end yet has lasted until then.
        """

    def breach_of_loss(self, row: Any, day: datetime.date) -> str:  # noqa: ARG002
        """The same of the row's deletion: most rules are kept by less rows too."""
        return ""

    def breaches(self, model: Any, day: datetime.date) -> Iterator[tuple[Any, str]]:
        """The rows of the whole table that break it."""
        for row in self.read(model):
            if words := self.breach(row, day):
                yield row, words

    def read(self, model: Any) -> Iterable[Any]:
        """All rows of the table, with what the rule looks at."""
        return model._default_manager.order_by("pk")

    def guards(self, model: type[models.Model]) -> Iterable[Installed]:  # noqa: ARG002
        """By what the database itself keeps it."""
        return ()


def last_day(row: Any, day: datetime.date) -> datetime.date:
    """Of a term without an end: today, or its first day if that is still to come."""
    return row.until or max(row.since, day)
