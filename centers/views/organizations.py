"""The register of organisations."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse

from centers import permissions
from centers.models import Municipality, Organization, OrganizationKind, OrganizationName, OrganizationRole
from centers.organizations.kept import ORGANIZATIONS
from rcro_portal.lib import as_of, phones
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, by_link
from rcro_portal.lib.registers.importing import registry

ARCHIVED, FIRST_YEAR = "archived", 2012
BULK = BulkPages(ORGANIZATIONS, "kind", "municipality")
CONTACTS = frozenset({"phone", "email", "head_name", "head_title"})


def organization_list(request: HttpRequest, file: str = "") -> HttpResponse:
    listing = Listing(ORGANIZATIONS, request.user)
    return answer(request, table(request), "centers/organization_list.html", file, bulk=BULK, listing=listing)


def table(request: HttpRequest) -> Register:
    """Names and addresses of organisations are published; how to reach them is for the institution's staff."""
    shown, listing = as_of.asked(request.GET), Listing(ORGANIZATIONS, request.user)
    organizations: Any = Organization.objects.called_on(shown.then).select_related("municipality")
    # Who was a partner in a year of before, or counted then, may be in the archive by now.
    counted = by_link.asked(request, Organization)
    with_archive = request.GET.get("state") == ARCHIVED or request.GET.get("partner") or counted
    return Register(
        organizations if with_archive else organizations.kept(),
        request.GET,
        url_name="centers:organization-list",
        title="Организации",
        nouns=("организация", "организации", "организаций"),
        columns=_columns(shown, permissions.is_office(request.user)),
        default="name",
        empty=listing.empty("Организаций пока нет"),
        search=lambda rows, words: rows.ever_called(words),
        search_label="Название, в том числе прежнее",
        filters={"partner": Filter(_years(shown.today), _partners_in, "Партнёр проектов в году"), **counted},
        attach=partial(_attach, shown),
        as_of=shown,
        brings_in=registry.link_for(request.user, "organizations"),
    )


def _years(today: datetime.date) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(today.year, FIRST_YEAR - 1, -1)]


def _partners_in(rows: Any, year: str) -> QuerySet:
    """Of a network project that was under way in the year; the floor above keeps these rows."""
    first, last = datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
    under_way = Q(partnered_projects__until=None) | Q(partnered_projects__until__gte=first)
    kept = {"partnered_projects__archived_at": None, "partnered_projects__since__lte": last}
    return rows.filter(pk__in=Organization.objects.filter(under_way, **kept).values("pk"))


def _attach(shown: AsOf, organizations: Sequence[Any]) -> None:
    """The roles of each on the day, and all its names where that is another day."""
    keys = [one.pk for one in organizations]
    held = OrganizationRole.objects.in_force_on(shown.day).filter(organization__in=keys)
    titles = defaultdict(list)
    for pk, title in held.order_by("title").values_list("organization", "title"):
        titles[pk].append(title)
    for one in organizations:
        one.role_titles = titles.get(one.pk, [])
    if shown.then:
        former = OrganizationName.objects.in_use_on(shown.then).filter(organization__in=keys)
        worn = {name.organization_id: name for name in former.reverse()}
        for one in organizations:
            one.wear(worn.get(one.pk, one))


def _columns(shown: AsOf, is_office: bool) -> list[Column]:
    columns = [*_shown(shown), *_in_files()]
    return [one for one in columns if is_office or one.key not in CONTACTS]


def _shown(shown: AsOf) -> list[Column]:
    (by_place, by_role), by_kind = _offered(shown.day), Filter.among("kind", OrganizationKind.choices)
    place, kind = ("municipality__name", "sort_key"), ("kind", "sort_key")
    archived = Filter([(ARCHIVED, "в архиве")], lambda rows, value: rows.archived())  # noqa: ARG005
    page = Pages("centers:organization-detail", end=shown.querystring)
    return [
        Column("name", "Организация", "name_then", link=page, names_row=True, order="sort_key", width=40),
        Column("municipality", "Муниципалитет", "municipality.name", order=place, filter=by_place, width=24),
        Column("kind", "Вид", lambda row: row.get_kind_display(), order=kind, filter=by_kind, width=24),
        Column("roles", "Роли", lambda row: ", ".join(row.role_titles), filter=by_role, width=30),
        Column("inn", "ИНН", "inn", css="numeric", width=12),
        Column("state", "Состояние", lambda row: "в архиве" if row.is_archived else "", filter=archived, on_page=False),
    ]


def _in_files() -> list[Column]:
    """A page of so many columns is not read."""
    said: list[tuple[str, str, Any, int]] = [
        ("full_name", "Полное наименование", "full_name", 60),
        ("short_name_genitive", "Родительный падеж", "short_name_genitive", 40),
        ("short_name_dative", "Дательный падеж", "short_name_dative", 40),
        ("ogrn", "ОГРН", "ogrn", 15),
        ("legal_address", "Юридический адрес", "legal_address", 40),
        ("postal_address", "Почтовый адрес", "postal_address", 40),
        ("phone", "Телефоны", lambda row: phones.shown(row.phone), 24),
        ("email", "Электронная почта", "email", 28),
        ("website", "Сайт", "website", 28),
        ("head_name", "Руководитель", "head_name", 30),
        ("head_title", "Должность руководителя", "head_title", 24),
    ]
    return [Column(key, heading, value, width=width, on_page=False) for key, heading, value, width in said]


def _offered(day: datetime.date) -> tuple[Filter, Filter]:
    """Municipalities, and roles of the day, by one query."""
    places = Municipality.objects.filter(organizations__isnull=False).order_by().values_list("name", "code")
    held = OrganizationRole.objects.in_force_on(day).order_by().annotate(code=Value("")).values_list("title", "code")
    names = sorted(places.union(held))
    return (
        Filter.among("municipality__code", [(code, name) for name, code in names if code]),
        Filter([(title, title) for title, code in names if not code], partial(_with_role, day)),
    )


def _with_role(day: datetime.date, rows: Any, title: str) -> QuerySet:
    return rows.filter(pk__in=OrganizationRole.objects.in_force_on(day).filter(title=title).values("organization"))
