"""What a figure of the registry is: the rows that it counts, and the list of them that people can read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.db.models import BigIntegerField, F, Model, QuerySet, Value
from django.db.models.functions import Cast, Round
from django.urls import reverse

from rcro_portal.lib import russian
from reports.figures import spread
from reports.figures.declension import Noun
from reports.figures.terms import Terms

# The key of a list's address line that names the figure whose rows it shows.
FIGURE = "figure"
# What a query may be asked over, and the parameters that it takes then.
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "year": ("year",),
    "period": ("since", "until"),
    "day": ("day",),
    "event": ("event",),
    "question": ("question",),
}


@cache
def path(url_name: str) -> str:
    """Looked up once: a plot has hundreds of links."""
    return reverse(url_name)


class Count(NamedTuple):
    """The value and the keys of the rows that it was taken from."""

    value: int
    counted: list[int]


class Narrow(NamedTuple):
    """A parameter that a figure may have besides: which column of the rows it names, and the list's filter for it."""

    column: str
    filter: str = ""


class Row(NamedTuple):
    """One of the rows behind a figure: its name, its page if it has one, and the number that it adds to a sum."""

    pk: int
    label: str
    url: str
    number: int | str | None = None


@dataclass(frozen=True)
class Quoted:
    """A figure as it is now: what a snapshot freezes. One that no query counts has no value, but words and a source."""

    name: str
    query: str
    parameters: dict[str, Any]
    value: int | None
    text: str
    counted: list[int]
    sums_counts: bool = False
    source: str = ""


@dataclass(frozen=True)
class Listing:
    """How rows of one model are named in the list behind a figure; ``related`` is read with them.

    ``list_name`` is the list of the portal that ``behind`` narrows to them; of a list of other rows, ``through`` is the
    relation to those. Of what has no such list the figure's own page names the rows.
    """

    model: type[Model]
    label: Callable[[Any], str] = str
    url: Callable[[Any], str] = lambda _: ""
    related: tuple[str, ...] = ()
    list_name: str = ""
    through: str = ""

    @property
    def listed_model(self) -> Any:
        """The model of the rows of that list, where there is one."""
        if not self.list_name:
            return None
        return self.model._meta.get_field(self.through).related_model if self.through else self.model

    def rows(self, keys: Iterable[int], column: str = "") -> list[Row]:
        found = self.model._default_manager.filter(pk__in=list(keys))
        found = found.select_related(*self.related) if self.related else found
        named = [Row(row.pk, self.label(row), self.url(row), getattr(row, column) if column else None) for row in found]
        return sorted(named, key=lambda row: (russian.sort_key(row.label), row.pk))


@dataclass(frozen=True, kw_only=True)
class Query:
    """A figure by its name: what it counts, over what (a key of PARAMETERS), its noun, its rows.

    Without ``column`` every row counts once; with one its numbers are added up. ``sums_counts`` says what that means
    for people: whoever took part twice is counted twice. ``part_of`` names the query that counts the whole. ``listed``
    is the address of a list of the portal whose own filters show exactly these rows. ``once`` names the query that
    counts the same people once; ``against`` says of the rows asked for why the number would not be right.
    ``hundredths``: numbers of the column have two decimals, and the value is in hundredths, so that all values are
    whole numbers.

    ``dated_by`` is the column by which alone a period narrows the rows, ``narrowed`` the parameters that it may have
    besides, by their names. ``middle``: no sum but the median of the numbers (``spread.middle``), which ``rows``
    itself adds to the rows as ``column``. ``terms`` count a figure over a year for many years at once.
    """

    title: str
    describes: str
    over: str
    noun: Noun
    rows: Callable[..., QuerySet]
    listing: Listing
    column: str = ""
    hundredths: bool = False
    sums_counts: bool = False
    part_of: str = ""
    listed: Callable[..., str] | None = None
    once: str = ""
    against: Callable[..., list[str]] | None = None
    dated_by: str = ""
    narrowed: Mapping[str, Narrow] = field(default_factory=dict)
    middle: bool = False
    terms: Terms | None = None

    def list_url(self, code: str, parameters: Mapping[str, Any]) -> str:
        """The list, filtered to the rows; nothing where no list can show them."""
        more = {name: parameters[name] for name in self.narrowed if name in parameters}
        if self.listed and all(self.narrowed[name].filter for name in more):
            url = self.listed(**{name: parameters[name] for name in PARAMETERS[self.over]})
            own = {self.narrowed[name].filter: value for name, value in more.items()}
            return f"{url}&{urlencode(own)}" if own and url else url
        return self.link(self.listing.list_name, code, parameters) if self.listing.list_name else ""

    def link(self, url_name: str, code: str, parameters: Mapping[str, Any]) -> str:
        """That page with the figure in its address: «?figure=participations:2024-01-01:2024-12-31:center=3»."""
        values = [str(parameters[name]) for name in PARAMETERS[self.over]]
        more = [f"{name}={parameters[name]}" for name in self.narrowed if name in parameters]
        return f"{path(url_name)}?{FIGURE}={quote(':'.join([code, *values, *more]), safe=':=')}"

    def asked(self, **parameters: Any) -> QuerySet:
        """The rows, narrowed by what of ``narrowed`` is asked for besides."""
        more = {self.narrowed[name].column: parameters.pop(name) for name in self.narrowed if name in parameters}
        rows = self.rows(**parameters)
        return rows.filter(**more) if more else rows

    def count(self, **parameters: Any) -> Count:
        return self.counted(self.keyed(**parameters))

    def keyed(self, **parameters: Any) -> QuerySet:
        """The key of each row and the number that it adds, for ``counted``."""
        return self.asked(**parameters).order_by().values_list("pk", self._number)

    @property
    def _number(self) -> Any:
        if self.hundredths:
            return Cast(Round(F(self.column) * 100), BigIntegerField())
        return self.column or Value(1)

    def counted(self, keyed: Iterable[tuple[int, int]]) -> Count:
        numbers = dict(keyed)
        value = spread.middle(list(numbers.values())) if self.middle else sum(numbers.values())
        return Count(value, sorted(numbers))

    def named(self, keys: Iterable[int]) -> list[Row]:
        rows = self.listing.rows(keys, "" if self.middle else self.column)
        return (
            [row._replace(number=russian.measured(Decimal(row.number or 0))) for row in rows]
            if self.hundredths
            else rows
        )

    def said(self, value: int) -> str:
        """The value without its noun."""
        return self.noun.after(value, "") if self.hundredths else russian.grouped(value)

    @property
    def how(self) -> str:
        """How it counts, for people to read."""
        if self.over == "question" and self.column:
            return "Складываются принятые ответы центров."
        if self.middle:
            return "Медиана: у половины посчитанного столько или меньше."
        if self.sums_counts:
            return "Участия складываются: кто участвовал дважды, посчитан дважды."
        return "Каждый посчитан один раз."
