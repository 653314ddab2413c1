"""A plot as files: its numbers as XLSX, its picture and table as a tagged PDF."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from rcro_portal.lib import xlsx
from reports.statistics.plots import drawing
from reports.statistics.plots.asked import Asked
from reports.statistics.plots.registry import Plot
from reports.statistics.plots.table import Cell, Table
from reports.typesetting import rendering


def sheet(plot: Plot, table: Table, asked: Asked) -> bytes:
    return xlsx.book([as_sheet(plot.tab, table, title=plot.named(table, asked))])


def as_sheet(name: str, table: Table, *, title: str) -> xlsx.Sheet:
    """Numbers as numbers; of a median the quartiles have columns of their own."""
    spread = [any(row.cells[at] and row.cells[at].is_spread for row in table.rows) for at in range(len(table.columns))]
    columns = [xlsx.Column(table.heading, 40)]
    for words, is_spread in zip(table.columns, spread, strict=True):
        columns += [xlsx.Column(heading, 18) for heading in _headings(words, is_spread)]
    rows = (
        [row.words, *(value for cell, wide in zip(row.cells, spread, strict=True) for value in _values(cell, wide))]
        for row in table.rows
    )
    return xlsx.Sheet(name, columns, rows, title)


def _headings(words: str, is_spread: bool) -> list[str]:
    return [words, f"{words}: от", f"{words}: до"] if is_spread else [words]


def _values(cell: Cell | None, is_spread: bool) -> Iterator[Any]:
    if not is_spread:
        yield cell.value if cell else None
    else:
        yield from cell.number if cell else (None, None, None)


def pdf(plot: Plot, table: Table, asked: Asked, at: datetime.datetime) -> bytes:
    """Tagged, the picture with its name. Raises rendering.CannotDraw."""
    title = plot.named(table, asked)
    context = {"title": title, "table": table, "drawn": drawing.on_paper(plot, table, title=title), "at": at}
    return rendering.table_document(render_to_string("reports/statistics/plot_document.html", context))
