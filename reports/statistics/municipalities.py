"""The region by its municipalities: how many centres, projects, coordinators and sessions each has on a day."""

import datetime
import textwrap
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from centers.models import Center, Coordinator, Municipality, Person, User
from centers.permissions import is_office
from olympiad.models import PrepSession
from projects.models import NetworkProject, ProjectLead
from rcro_portal.lib import as_of
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.charts import Chart, Place, Tile, tile_map
from rcro_portal.lib.registers import address
from rcro_portal.lib.russian import agree

COLUMNS, LETTERS = 5, 10


class Counted(NamedTuple):
    """What is counted: the heading, nouns, and the list of exactly these rows: its address and its filters.

    ``is_dated``: that list is of a day; the others are of all days at once.
    """

    heading: str
    nouns: tuple[str, str, str]
    url_name: str
    narrowed: Mapping[str, str]
    is_dated: bool = True
    office_only: bool = False

    def link(self, code: str, shown: AsOf) -> str:
        on = {as_of.KEY: shown.asked} if shown.asked and self.is_dated else {}
        return f"{address(self.url_name)}?{urlencode({'municipality': code, **self.narrowed, **on})}"


COUNTED: Mapping[str, Counted] = {
    "centers": Counted("РВЦИ", ("РВЦИ",) * 3, "centers:center-list", {"status": "now"}),
    "projects": Counted("Проекты", ("проект", "проекта", "проектов"), "projects:project-list", {"state": "now"}),
    "coordinators": Counted(
        "Координаторы",
        ("координатор", "координатора", "координаторов"),
        "centers:people-list",
        {"role": "coordinators"},
        office_only=True,
    ),
    "sessions": Counted("Смены, всего", ("смена", "смены", "смен"), "olympiad:session-list", {}, is_dated=False),
}


def counted_for(user: User) -> Mapping[str, Counted]:
    return {key: one for key, one in COUNTED.items() if not one.office_only or is_office(user)}


def counted(user: User, day: datetime.date) -> QuerySet[Municipality]:
    """Municipalities with a column «…_count» for each of COUNTED. What two municipalities share is counted in both."""
    sessions = PrepSession.objects.visible_to(user).not_cancelled()
    return of_everybody(day).annotate(sessions_count=_count(sessions, "municipality", "pk"))


def of_everybody(day: datetime.date) -> QuerySet[Municipality]:
    """The same without what readers see differently."""
    centers = Center.objects.with_status_on(day)
    leads = ProjectLead.objects.filter(project__in=NetworkProject.objects.kept().in_force_on(day))
    posts = Coordinator.objects.in_force_on(day).filter(person__in=Person.objects.kept())
    return Municipality.objects.annotate(
        centers_count=_count(centers, "organization__municipality", "pk"),
        projects_count=_count(leads, "center__organization__municipality", "project"),
        coordinators_count=_count(posts, "center__organization__municipality", "person"),
    )


def count_of(row: Any, key: str) -> int:
    return getattr(row, f"{key}_count")


def _count(rows: QuerySet, municipality: str, what: str) -> Coalesce:
    inside = rows.filter(**{municipality: OuterRef("pk")}).order_by().values(municipality)
    return Coalesce(Subquery(inside.annotate(count=Count(what, distinct=True)).values("count")), 0)


def drawn(rows: Iterable[Any], what: Counted, key: str, shown: AsOf) -> Chart:
    """The map of one count, each tile a link to the list of its rows."""
    rows = sorted(rows, key=lambda row: row.name)
    where, note = places(rows)
    tiles = [_tile(row, where[row.code], what, count_of(row, key), shown) for row in rows]
    # As a map is read: from the north-west to the south-east.
    tiles.sort(key=lambda tile: (tile.place.row, tile.place.column))
    return tile_map(f"{what.heading} по муниципалитетам", tiles, note=note)


def places(rows: Iterable[Any]) -> tuple[dict[str, Place], str]:
    """Where each municipality stands by its code, and which the map does not know, in words."""
    strangers = [row for row in rows if row.code not in _places()]
    names = ", ".join(row.name for row in strangers)
    return {**_places(), **_below(strangers)}, f"Внизу, вне схемы: {names}." if names else ""


def _below(rows: Iterable[Any]) -> dict[str, Place]:
    """Places under the map for municipalities that it does not know yet."""
    first = 2 + max(place.row for place in _places().values())
    return {
        row.code: Place(number % COLUMNS, first + number // COLUMNS, tuple(textwrap.wrap(row.name, LETTERS)[:2]))
        for number, row in enumerate(rows)
    }


def _tile(row: Any, place: Place, what: Counted, count: int, shown: AsOf) -> Tile:
    url = what.link(row.code, shown) if count else ""
    return Tile(place, count, f"{row.name}: {agree(count, *what.nouns)}", url)


@cache
def _places() -> Mapping[str, Place]:
    rows = tomllib.loads(Path(__file__).with_name("tiles.toml").read_text(encoding="utf-8"))
    return {code: Place(row["column"], row["row"], tuple(row["lines"])) for code, row in rows.items()}
