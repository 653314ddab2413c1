"""Parts of a figure by years, centres, subjects, municipalities; the middle of numbers and how far they lie apart."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Func, IntegerField, QuerySet, Sum

from rcro_portal.lib.whole_days import midnight

YEAR = "year"


class Spread(NamedTuple):
    """``value`` is the figure's; of a median ``low`` and ``high`` are the quartiles, else they are the value too."""

    value: int
    low: int
    high: int


def middle(numbers: Sequence[int]) -> int:
    """The lower median, so that it is one of the numbers; of none nought."""
    return _at(sorted(numbers), 1, 2) if numbers else 0


class Part(NamedTuple):
    """How a figure is parted: by these columns, into these years of ``dated_by``; its ``column`` summed or measured."""

    columns: Mapping[str, str]
    dated_by: str
    years: Iterable[int]
    column: str
    middle: bool


def parts(rows: QuerySet, by: Sequence[str], part: Part) -> dict[tuple[Any, ...], Spread]:
    """By the values of ``by`` what is counted, summed or measured."""
    if YEAR in by:
        rows = rows.annotate(year_of_part=YearOf(part.dated_by, part.years))
    keys = ["year_of_part" if name == YEAR else part.columns[name] for name in by]
    if part.middle:
        return _measured(rows.order_by().values_list(*keys, part.column).annotate(many=Count("pk", distinct=True)))
    number = Sum(part.column) if part.column else Count("pk", distinct=True)
    found = rows.order_by().values_list(*keys).annotate(number_of_part=number)
    return {tuple(key): Spread(number, number, number) for *key, number in found if None not in key and number}


def _measured(found: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Spread]:
    numbers: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for *key, number, many in found:
        if None not in key:
            numbers[tuple(key)] += [number] * many
    return {key: _quartiles(sorted(each)) for key, each in numbers.items()}


def _quartiles(numbers: list[int]) -> Spread:
    return Spread(_at(numbers, 1, 2), _at(numbers, 1, 4), _at(numbers, 3, 4))


def _at(numbers: list[int], part: int, of: int) -> int:
    """The nearest rank: the first number that so large a part of all does not exceed."""
    return numbers[-(-len(numbers) * part // of) - 1]


class YearOf(Func):
    """The year of a day, or of a moment on our clocks, by its bounds: a function for each row costs more.

    ``Case`` says the same in a hundred times the work of compiling it. What lies after the last year is of that year.
    """

    output_field = IntegerField()

    def __init__(self, column: str, years: Iterable[int]) -> None:
        super().__init__(column)
        # Moments end in «_at», days in «_on».
        self.is_moment, self.years = column.endswith("_at"), list(years)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:  # noqa: ARG002
        column, params = compiler.compile(self.source_expressions[0])
        cases = " ".join(f"WHEN {column} < '{self._end(year)}' THEN {year}" for year in self.years)
        return f"CASE {cases} END", params * len(self.years)

    def _end(self, year: int) -> str:
        first = datetime.date(year + 1, 1, 1)
        return f"{midnight(first).astimezone(datetime.UTC):%Y-%m-%d %H:%M:%S}" if self.is_moment else first.isoformat()
