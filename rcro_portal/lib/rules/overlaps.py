"""No two terms of the same thing share a day."""

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q

from rcro_portal.lib.db_triggers import Installed
from rcro_portal.lib.rules.guards import Exclusion, OverlapTrigger
from rcro_portal.lib.rules.rule import FOREVER, Rule
from rcro_portal.lib.russian import short_date


class NoOverlap(Rule):
    """Rows of a ``Dated`` table that agree in all fields of ``same`` share no day; without fields, no two rows do."""

    same: tuple[str, ...] = ()
    fields = ("since",)

    def breach(self, row: Any, day: datetime.date) -> str:  # noqa: ARG002
        own = {name: getattr(row, self._column(type(row), name)) for name in self.same}
        if row.since is None or None in own.values():
            return ""
        others = type(row)._default_manager.filter(**own).exclude(pk=row.pk)
        ended = Q(until__isnull=False, until__lt=row.since)
        met = others.exclude(ended).filter(since__lte=row.until or FOREVER).order_by("since").first()
        return f"Уже внесено: {_term(met)}." if met else ""

    def breaches(self, model: Any, day: datetime.date) -> Iterator[tuple[Any, str]]:  # noqa: ARG002
        """One reading of the table in place of a question for every row."""
        columns = self._columns(model)
        rows = model._default_manager.order_by(*self.same, "since", "pk")
        for _, group in groupby(rows, lambda row: [getattr(row, column) for column in columns]):
            yield from _met(group)

    def guards(self, model: type[models.Model]) -> Iterable[Installed]:
        make = partial(OverlapTrigger, self.name, model._meta.db_table, self._columns(model))
        return Exclusion(self.name, model._meta.db_table, self._columns(model)), make("INSERT"), make("UPDATE")

    def _columns(self, model: type[models.Model]) -> tuple[str, ...]:
        return tuple(self._column(model, name) for name in self.same)

    @staticmethod
    def _column(model: type[models.Model], name: str) -> str:
        return str(model._meta.get_field(name).column)


def _met(rows: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Rows that begin before an earlier one has ended."""
    latest = None
    for row in rows:
        if latest is not None and row.since <= (latest.until or FOREVER):
            yield row, f"Уже внесено: {_term(latest)}."
        if latest is None or (row.until or FOREVER) > (latest.until or FOREVER):
            latest = row


def _term(row: Any) -> str:
    """«с 01.09.2019 по 31.08.2020»."""
    until = f" по {short_date(row.until)}" if row.until else ""
    return f"с {short_date(row.since)}{until}"
