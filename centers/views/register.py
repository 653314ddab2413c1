"""The register of centres: every name that holds or ever held the status."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from centers import permissions
from centers.models import Center, Coordinator, Municipality, Organization, StatusGrant
from centers.organizations.extension import ExtendStatus
from centers.organizations.kept import CENTERS
from rcro_portal.lib import as_of, russian
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, by_link, drawn, nowrap
from rcro_portal.lib.registers.importing import registry

EXTENSION = BulkPages(of=ExtendStatus())


class StatusTerm(NamedTuple):
    """A centre's status on a day: as ``with_status_term`` reads it, but without a subquery in every row."""

    has_status: bool = False
    status_since: datetime.date | None = None
    status_until: datetime.date | None = None

    @classmethod
    def of(cls, grants: Sequence[tuple[datetime.date, datetime.date | None]], day: datetime.date) -> "StatusTerm":
        """Of the grants begun by the day, the last at the end."""
        return cls(any(not until or until >= day for _, until in grants), *grants[-1]) if grants else cls()

    @property
    def words(self) -> str:
        """«действует с 01.09.2020» for files."""
        since = f" с {russian.short_date(self.status_since)}" if self.status_since else ""
        until = f" по {russian.short_date(self.status_until)}" if self.status_until else ""
        if self.has_status:
            return f"действует{until or since}"
        return f"завершён{until}" if until else "не присвоен"


def center_list(request: HttpRequest, file: str = "") -> HttpResponse:
    bulk, listing = EXTENSION if as_of.asked(request.GET).is_today else None, Listing(CENTERS, request.user)
    return answer(request, table(request), "centers/center_list.html", file, bulk=bulk, listing=listing)


def table(request: HttpRequest) -> Register:
    """Name, municipality and status are published; who coordinates is for the institution's staff.

    Whose pages a reader opens is judged by today, whatever day the rows are of.
    """
    shown, listing = as_of.asked(request.GET), Listing(CENTERS, request.user)
    is_office = permissions.is_office(request.user)
    mine = Center.objects.visible_to(request.user, shown.today).filter(pk=OuterRef("pk"))
    rows = _rows(shown.then)
    return Register(
        rows if is_office else rows.annotate(is_open=Exists(mine)),
        request.GET,
        url_name="centers:center-list",
        title="Центры",
        nouns=("центр", "центра", "центров"),
        columns=_columns(shown, is_office),
        default="name",
        empty=listing.empty("Центров пока нет"),
        search=lambda rows, words: rows.filter(organization__in=Organization.objects.ever_called(words)),
        search_label="Название, в том числе прежнее",
        attach=partial(_attach, shown.day, is_office),
        filters={"during": _during(shown.today), **by_link.asked(request, Center)},
        as_of=shown,
        brings_in=registry.link_for(request.user, "centers"),
    )


def _rows(day: datetime.date | None) -> QuerySet:
    return Center.objects.called_on(day).select_related("organization__municipality").with_project_count()


def _attach(day: datetime.date, is_office: bool, centers: Sequence[Any]) -> None:
    """The status of each on the day, and for the office who coordinates it: both by one query."""
    grants: dict[int, list[Any]] = defaultdict(list)
    surnames: dict[int, list[str]] = defaultdict(list)
    for pk, since, until, _, *name in sorted(_dated(day, is_office, centers), key=lambda row: (row[1], row[3])):
        if name[0]:
            # The latest first.
            surnames[pk].insert(0, russian.surname_first(*name))
        else:
            grants[pk].append((since, until))
    for center in centers:
        center.term = StatusTerm.of(grants[center.pk], day)
        center.surnames = surnames[center.pk]


def _dated(day: datetime.date, is_office: bool, centers: Sequence[Center]) -> QuerySet:
    """Grants begun by the day, and posts in force on it, which have a name: centre, first and last day, key, name."""
    of = {"center__in": [center.pk for center in centers]}
    nobody = {name: Value("") for name in ("surname", "given_name", "patronymic")}
    begun: QuerySet = StatusGrant.objects.filter(**of, since__lte=day).annotate(**nobody)
    grants = begun.order_by().values_list("center", "since", "until", "pk", *nobody)
    if not is_office:
        return grants
    names = (f"person__{name}" for name in nobody)
    posts = Coordinator.objects.in_force_on(day).filter(**of).order_by()
    return grants.union(posts.values_list("center", "since", "until", "pk", *names), all=True)


def _columns(shown: AsOf, is_office: bool) -> list[Column]:
    """The office opens every centre and sees its coordinators; of others each row says whether it ``is_open``."""

    day, pages = shown.day, Pages("centers:center-detail", end=shown.querystring)

    def page(center: Any) -> str:
        return pages(center) if is_office or center.is_open else ""

    name = "organization__sort_key"
    return [
        Column("name", "Центр", "name_then", link=page, names_row=True, order=name, width=40),
        Column(
            "municipality",
            "Муниципалитет",
            "organization.municipality.name",
            order=("organization__municipality__name", name),
            filter=_municipalities(),
            width=24,
        ),
        Column(
            "status",
            "Статус",
            "term.words",
            html=_status,
            order=("-has_status", "status_since", name),
            ordering=lambda rows: rows.with_status_term(day),
            filter=Filter([("now", "действует"), ("ended", "завершён")], partial(_by_status, day)),
            width=26,
        ),
        *([_coordinators(day)] if is_office else []),
        Column("projects", "Проекты", "project_count", order=("-project_count", name), css="numeric", width=10),
    ]


def _coordinators(day: datetime.date) -> Column:
    return Column(
        "coordinators",
        "Координатор",
        lambda row: ", ".join(row.surnames),
        html=_nowrap_surnames,
        blank="не назначен",
        filter=Filter([("yes", "назначен"), ("no", "не назначен")], partial(_by_coordinator, day)),
        width=24,
    )


def _municipalities() -> Filter:
    held = Municipality.objects.filter(organizations__center__isnull=False).distinct().order_by("name")
    return Filter.among("organization__municipality__code", list(held.values_list("code", "name")))


def _during(today: datetime.date) -> Filter:
    """The years that figures of letters speak of, and a few to come."""
    years = [(str(year), str(year)) for year in range(today.year + 5, 1999, -1)]
    return Filter(years, lambda rows, year: rows.with_status_during(int(year)), "Статус был в году")


def _by_status(day: datetime.date, rows: Any, value: str) -> QuerySet:
    return rows.with_status_on(day) if value == "now" else rows.without_status_on(day)


def _by_coordinator(day: datetime.date, rows: Any, value: str) -> QuerySet:
    held = Coordinator.objects.in_force_on(day).values("center")
    return rows.filter(pk__in=held) if value == "yes" else rows.exclude(pk__in=held)


def _status(center: Any) -> SafeString:
    return drawn("centers/parts/status_term.html", center=center.term)


def _nowrap_surnames(center: Any) -> SafeString:
    return SafeString(", ".join([nowrap(surname) for surname in center.surnames]))
