"""A table of figures as its chart: for the page with links, for a PDF without."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import Chart, Mark, Series, Tile, bars, heat, line, stacked, svg, tile_map
from reports.statistics.plots import registry
from reports.statistics.plots.registry import Plot
from reports.statistics.plots.table import Cell, Row, Table

BY_COLUMNS = {registry.LINE: line, registry.BARS: bars, registry.STACKED: stacked}
LETTER_FONT = "Tinos Letter"


def drawn(plot: Plot, table: Table, *, title: str, linked: bool = True) -> Chart:
    about = f"{title}. Те же числа – в таблице рядом."
    if plot.kind == registry.MAP:
        return tile_map(title, _tiles(table, linked), note=table.note)
    if plot.kind == registry.HEAT:
        rows = [Series(row.words, _marks(row, table.columns, linked)) for row in table.rows]
        return heat(title, table.columns, rows, about=about, note=table.note)
    marks = [_marks(row, table.columns, linked) for row in table.rows]
    series = [Series(words, [row[place] for row in marks]) for place, words in enumerate(table.columns)]
    return BY_COLUMNS[plot.kind](title, [row.words for row in table.rows], series, about=about, note=table.note)


def for_paper(chart: Chart) -> SafeString:
    """The same picture in the typeface of documents."""
    return SafeString(chart.svg.replace(svg.FONT, LETTER_FONT))


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
