"""All that a year's report says: texts with their figures, tables and plots, asked of the registry once.

Page, PDF and XLSX are made of one ``Said``, and so cannot differ; as data it stands in the row of an issue.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from reports import figures
from reports.composing import content as composing
from reports.figures.spread import Spread
from reports.models import YearReportFigure
from reports.statistics.plots import asked as address
from reports.statistics.plots.asked import Asked, between
from reports.statistics.plots.registry import PLOTS
from reports.statistics.plots.table import Cell, Row, Table
from reports.statistics.yearly.sections import SECTIONS

type Block = list[Any]


class Drawn(NamedTuple):
    """A plot with the table that it draws; ``key`` is its name among those of «Сеть в цифрах»."""

    key: str
    title: str
    table: Table


class Said(NamedTuple):
    """A section: what it is called, its text in blocks, the table of its figures, its plots."""

    key: str
    title: str
    text: Sequence[Block]
    figures: Table | None
    plots: Sequence[Drawn]

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.figures or self.plots)


class _Quotes:
    """What ``composing.quotes_in`` asks: figures by a manager's ``all``, here of a page that was kept."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.rows = [YearReportFigure(**row) for row in rows]

    @property
    def figures(self) -> "_Quotes":
        return self

    def all(self) -> list[YearReportFigure]:
        return self.rows


def said(year: int, page: Mapping[str, Any], at: datetime.datetime, keys: Iterable[str] = SECTIONS) -> list[Said]:
    """The sections of these keys as they stand at that moment. Raises UnknownFigure."""
    keys = list(keys)
    asked = address.read({"until": str(year)}, timezone.localdate(at))
    tables = _tables(year, keys)
    return [Said(key, SECTIONS[key].title, text(page, key), tables.get(key), _plots(key, asked)) for key in keys]


def text(page: Mapping[str, Any], key: str) -> list[Block]:
    """The section's text in paragraphs, items and tables, its figures counted. Raises UnknownFigure."""
    lines = [line for line in page[key].split("\n") if line.strip()]
    quoted = {one.name: one for one in composing.quotes_in(_Quotes(page["figures"]), lines)}
    return [list(block) for block in composing.blocks([composing.fill(line, quoted) for line in lines])]


def _tables(year: int, keys: Sequence[str]) -> dict[str, Table]:
    """For each section its figures over the year before and over the year: one query for all of them."""
    places = [(key, code, one) for key in keys for code in SECTIONS[key].codes for one in (year - 1, year)]
    asked = [(code, over(code, one)) for _, code, one in places]
    counts = figures.counts(asked)
    values = {place: (count.value if count else 0) for place, count in zip(places, counts, strict=True)}
    return {key: _table(key, year, values) for key in keys if SECTIONS[key].codes}


def over(code: str, year: int) -> dict[str, Any]:
    """The whole year as the parameters that this figure takes."""
    return {"year": year} if figures.query(code).over == "year" else between(year, year)


def _table(key: str, year: int, values: Mapping[tuple[str, str, int], int]) -> Table:
    years = (year - 1, year)
    rows = [
        Row(figures.query(code).title, code, [_cell(code, one, values[key, code, one]) for one in years])
        for code in SECTIONS[key].codes
    ]
    return Table("Показатель", [str(one) for one in years], rows)


def _cell(code: str, year: int, value: int) -> Cell:
    return Cell(code, over(code, year), Spread(value, value, value))


def _plots(key: str, asked: Asked) -> list[Drawn]:
    """Those that have something to draw, over the ten years that end with the report's."""
    made = [(name, PLOTS[name], PLOTS[name].make(asked)) for name in SECTIONS[key].plots]
    return [Drawn(name, plot.named(table, asked), table) for name, plot, table in made if not table.is_empty]
