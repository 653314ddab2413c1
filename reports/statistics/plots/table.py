"""What a plot shows: rows and columns of cells, each a figure with its parameters, its value, the way to its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from rcro_portal.lib.russian import grouped
from reports import figures
from reports.figures.spread import Spread
from reports.statistics.plots.asked import Asked, between

NOTHING = Spread(0, 0, 0)


@dataclass(frozen=True)
class Cell:
    """``said`` names the signed letter that gave this very number, ``said_url`` is its page."""

    code: str
    parameters: dict[str, Any]
    number: Spread
    said: str = ""
    said_url: str = ""

    @property
    def value(self) -> int:
        return self.number.value

    @property
    def is_spread(self) -> bool:
        return figures.QUERIES[self.code].middle

    @property
    def is_known(self) -> bool:
        """Something was counted, or measured and found to be nought."""
        return self.value > 0 or self.is_spread

    @property
    def shown(self) -> str:
        """«12», of a median «12 (7–20)»."""
        value = grouped(self.value)
        return f"{value} ({self.number.low}–{self.number.high})" if self.is_spread else value

    @property
    def words(self) -> str:
        """«47 образовательных организаций»."""
        said = figures.words(self.code, self.value, "nominative")
        return f"{said}, у половины от {self.number.low} до {self.number.high}" if self.is_spread else said

    @cached_property
    def url(self) -> str:
        """The list of exactly these rows, or the page that names them; of none nothing."""
        if not self.is_known:
            return ""
        query = figures.QUERIES[self.code]
        return query.list_url(self.code, self.parameters) or query.link(ROWS, self.code, self.parameters)


ROWS = "reports:counted-rows"


class Row(NamedTuple):
    """``words`` names it; ``key`` is what it stands for: a year, the key of a row. None where nothing is known."""

    words: str
    key: Any
    cells: Sequence[Cell | None]
    columns: Sequence[str] = ()

    @property
    def named(self) -> list[tuple[str, Cell | None]]:
        """Each cell after the heading of its column."""
        return list(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True)
class Table:
    """``heading`` stands above the names of rows, ``columns`` above the cells; ``note`` says what is not shown.

    ``years``: which it shows, where these are not all that were asked for.
    """

    heading: str
    columns: Sequence[str]
    rows: Sequence[Row]
    note: str = ""
    places: Sequence[Any] = field(default=())
    years: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", [row._replace(columns=self.columns) for row in self.rows])

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells if cell]

    @property
    def is_empty(self) -> bool:
        return not any(cell.is_known for cell in self.cells)


def by_years(asked: Asked, codes: Mapping[str, str], *, note: str = "") -> Table:
    """A row for each year, a column for each figure over a period: one query each; columns by their codes."""
    parts = {code: figures.parted(code, asked.period, ["year"]) for code in codes}

    def cell(code: str, year: int) -> Cell | None:
        number = parts[code].get((year,))
        if number is None and figures.QUERIES[code].middle:
            return None
        return Cell(code, {**between(year, year), **asked.place}, number or NOTHING)

    rows = [Row(str(year), year, [cell(code, year) for code in codes]) for year in asked.years]
    return Table("Год", list(codes.values()), since_first(rows, asked), note)


def since_first(rows: Sequence[Row], asked: Asked) -> list[Row]:
    """From the first row with a number on, where nobody asked where to begin."""
    if asked.begins:
        return list(rows)
    known = [place for place, row in enumerate(rows) if any(cell and cell.is_known for cell in row.cells)]
    return list(rows[known[0] :]) if known else list(rows)


def crossed(
    asked: Asked, code: str, name: str, *, rows: Iterable[tuple[Any, str]], heading: str, note: str = ""
) -> Table:
    """A row for each of what ``name`` narrows the figure to, a column for each year; ``rows`` are keys and words."""
    parts = figures.parted(code, asked.period, [name, "year"])
    known = {key for key, _ in parts}
    years = [year for year in asked.years if asked.begins or year >= min((one for _, one in parts), default=0)]
    shown = [
        Row(words, key, [_of(code, name, key, year, parts, asked) for year in years])
        for key, words in rows
        if key in known
    ]
    return Table(heading, [str(year) for year in years], shown, note)


def _of(code: str, name: str, key: Any, year: int, parts: Mapping[Any, Spread], asked: Asked) -> Cell:
    return Cell(code, {**between(year, year), **asked.place, name: key}, parts.get((key, year), NOTHING))


type Make = Callable[[Asked], Table]
