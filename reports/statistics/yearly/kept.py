"""What a report says as data of an issue's row, and back: files are made of what was read back."""

from typing import Any

from rcro_portal.lib.charts import Place
from reports.figures.spread import Spread
from reports.statistics.plots.table import Cell, Row, Table
from reports.statistics.yearly.content import Drawn, Said


def as_data(sections: list[Said]) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "title": one.title,
            "text": list(one.text),
            "figures": _table_data(one.figures) if one.figures else None,
            "plots": [{"key": key, "title": title, "table": _table_data(table)} for key, title, table in one.plots],
        }
        for one in sections
    ]


def of_data(kept: list[dict[str, Any]]) -> list[Said]:
    return [
        Said(
            one["key"],
            one["title"],
            one["text"],
            _table(one["figures"]) if one["figures"] else None,
            [Drawn(plot["key"], plot["title"], _table(plot["table"])) for plot in one["plots"]],
        )
        for one in kept
    ]


def _table_data(table: Table) -> dict[str, Any]:
    return {
        "heading": table.heading,
        "columns": list(table.columns),
        "rows": [[row.words, row.key, [_cell_data(cell) for cell in row.cells]] for row in table.rows],
        "note": table.note,
        "years": table.years,
        "places": [[place.column, place.row, list(place.lines)] for place in table.places],
    }


def _cell_data(cell: Cell | None) -> list[Any] | None:
    return [cell.code, cell.parameters, *cell.number] if cell else None


def _table(kept: dict[str, Any]) -> Table:
    rows = [Row(words, key, [_cell(cell) for cell in cells]) for words, key, cells in kept["rows"]]
    places = tuple(Place(column, row, tuple(lines)) for column, row, lines in kept["places"])
    return Table(kept["heading"], kept["columns"], rows, kept["note"], places, kept["years"])


def _cell(kept: list[Any] | None) -> Cell | None:
    if kept is None:
        return None
    code, parameters, *number = kept
    return Cell(code, parameters, Spread(*number))
