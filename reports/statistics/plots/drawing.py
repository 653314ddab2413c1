"""A table of figures as its chart: for the page with links, for a PDF without."""

import dataclasses
import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import Chart, Mark, Series, Tile, bars, heat, line, stacked, svg, tile_map
from reports.statistics.plots import registry
from reports.statistics.plots.registry import Plot
from reports.statistics.plots.table import Cell, Row, Table

BY_COLUMNS = {registry.LINE: line, registry.BARS: bars, registry.STACKED: stacked}
LETTER_FONT = "Tinos Letter"
BESIDE = "Те же числа – в таблице рядом."
# So many rows of a heat table are as high as a sheet when their letters can be read.
ROWS_OF_A_SHEET = 24


def drawn(plot: Plot, table: Table, *, title: str, linked: bool = True) -> Chart:
    about = f"{title}. {BESIDE}"
    if plot.kind == registry.MAP:
        return tile_map(title, _tiles(table, linked), note=table.note)
    if plot.kind == registry.HEAT:
        return _heat(table, title, linked=linked)
    marks = [_marks(row, table.columns, linked) for row in table.rows]
    series = [Series(words, [row[place] for row in marks]) for place, words in enumerate(table.columns)]
    return BY_COLUMNS[plot.kind](title, [row.words for row in table.rows], series, about=about, note=table.note)


class Paper(NamedTuple):
    """A chart in a document: pictures in its typeface, one above the other, and the chart that explains them."""

    chart: Chart
    pictures: list[SafeString]
    is_tall: bool


def on_paper(plot: Plot, table: Table, *, title: str) -> Paper:
    """Without links. A heat table of many rows comes in pieces that can be read on a sheet, shaded alike."""
    whole = drawn(plot, table, title=title, linked=False)
    count = math.ceil(len(table.rows) / ROWS_OF_A_SHEET) if plot.kind == registry.HEAT else 1
    if count < 2:
        return Paper(whole, [_in_letters_font(whole)], plot.kind == registry.HEAT)
    among, size = {cell.value for cell in table.cells}, math.ceil(len(table.rows) / count)
    pieces = [dataclasses.replace(table, rows=table.rows[at : at + size]) for at in range(0, len(table.rows), size)]
    names = [f"{title}, часть {number} из {count}" for number in range(1, count + 1)]
    charts = [_heat(part, name, among=among) for part, name in zip(pieces, names, strict=True)]
    return Paper(whole, [_in_letters_font(chart) for chart in charts], True)


def _in_letters_font(chart: Chart) -> SafeString:
    return SafeString(chart.svg.replace(svg.FONT, LETTER_FONT))


def _heat(table: Table, title: str, *, linked: bool = False, among: Collection[int] = ()) -> Chart:
    rows = [Series(row.words, _marks(row, table.columns, linked)) for row in table.rows]
    return heat(title, table.columns, rows, about=f"{title}. {BESIDE}", note=table.note, among=among)


def _marks(row: Row, columns: Sequence[str], linked: bool) -> list[Mark | None]:
    return [_mark(cell, f"{row.words}, {words}", linked) for cell, words in zip(row.cells, columns, strict=True)]


def _mark(cell: Cell | None, name: str, linked: bool) -> Mark | None:
    if cell is None:
        return None
    low, high = (cell.number.low, cell.number.high) if cell.is_spread else (None, None)
    url, said_url = (cell.url, cell.said_url) if linked else ("", "")
    return Mark(cell.value, f"{name}: {cell.words}", url, low, high, said=cell.said, said_url=said_url)


def _tiles(table: Table, linked: bool) -> list[Tile]:
    tiles = [
        Tile(place, cell.value, f"{row.words}: {cell.words}", cell.url if linked else "")
        for row, place in zip(table.rows, table.places, strict=True)
        for cell in row.cells
        if cell
    ]
    return sorted(tiles, key=lambda tile: (tile.place.row, tile.place.column))
