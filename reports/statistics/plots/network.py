"""Growth of the network by years, and what letters said of it."""

from collections.abc import Mapping

from reports import figures
from reports.figures.spread import Spread
from reports.statistics.plots.asked import Asked
from reports.statistics.plots.table import Cell, Row, Table, since_first

SERIES = {
    "centers_with_status": "Организации со статусом РВЦИ",
    "projects_under_way": "Сетевые проекты",
    "clusters_formed": "Кластеры",
}
CLUSTERS_HAVE_NO_PLACE = "Кластеры по муниципалитетам не делятся."


def growth(asked: Asked) -> Table:
    """Of a municipality without what has no place of its own."""
    codes = [code for code in SERIES if not asked.municipality or figures.QUERIES[code].narrowed]
    numbers = {code: figures.over_years(code, asked.years, asked.place) for code in codes}
    rows = [Row(str(year), year, [_cell(code, year, numbers[code], asked) for code in codes]) for year in asked.years]
    note = CLUSTERS_HAVE_NO_PLACE if asked.municipality else ""
    return Table("Год", [SERIES[code] for code in codes], since_first(rows, asked), note)


def _cell(code: str, year: int, numbers: Mapping[int, int], asked: Asked) -> Cell:
    value = numbers[year]
    return Cell(code, {"year": year, **asked.place}, Spread(value, value, value))
