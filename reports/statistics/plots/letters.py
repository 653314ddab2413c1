"""Which signed letter said a number of a plot: the figure that it froze is the same, over the same, with that value."""

import dataclasses
import datetime
import json
from typing import Any

from django.urls import reverse

from centers.models import User
from rcro_portal.lib.russian import short_date
from reports.models import Letter, SnapshotFigure
from reports.models.letter import SIGNED
from reports.statistics.plots.table import Cell, Table

type Figure = tuple[str, str, int]


def told(table: Table, user: User, day: datetime.date) -> Table:
    """The table with each cell that a letter its reader may open has said; the latest letter of several. One query."""
    said = _said({cell.code for cell in table.cells}, user, day)
    rows = [row._replace(cells=[_told(cell, said) for cell in row.cells]) for row in table.rows]
    return dataclasses.replace(table, rows=rows)


def _told(cell: Cell | None, said: dict[Figure, tuple[int, str, datetime.date]]) -> Cell | None:
    found = said.get(_figure(cell.code, cell.parameters, cell.value)) if cell and cell.value else None
    if cell is None or found is None:
        return cell
    letter, number, registered_on = found
    words = f"Так сказано в письме № {number} от {short_date(registered_on)}"
    return dataclasses.replace(cell, said=words, said_url=reverse("reports:letter-detail", args=[letter]))


def _said(codes: set[str], user: User, day: datetime.date) -> dict[Figure, tuple[int, str, datetime.date]]:
    signed = Letter.objects.visible_to(user, day).filter(status__in=SIGNED, replaced_by=None, entry__isnull=False)
    found = SnapshotFigure.objects.filter(query__in=codes, snapshot__in=signed.values("snapshot"))
    letter = "snapshot__letter"
    columns = (letter, f"{letter}__entry__number", f"{letter}__entry__registered_on")
    rows = found.order_by(columns[2], "pk").values_list("query", "parameters", "value", *columns)
    return {_figure(query, parameters, value): tuple(rest) for query, parameters, value, *rest in rows}


def _figure(code: str, parameters: dict[str, Any], value: int) -> Figure:
    return code, json.dumps(parameters, sort_keys=True), value
