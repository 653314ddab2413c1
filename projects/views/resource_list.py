"""The list of resources: published to everybody who has logged in."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from projects.choosers import MAKERS
from projects.kept import RESOURCES
from projects.models import Resource
from projects.models.resource import Licence, ResourceKind
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.keeping.found_filter import FoundFilter
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, link, note
from rcro_portal.lib.russian import upper_first

BULK = BulkPages(RESOURCES, "kind", "licence")


def resource_list(request: HttpRequest, file: str = "") -> HttpResponse:
    rows = in_archive(Resource.objects.with_downloads(), request.GET)
    listing = Listing(RESOURCES, request.user)
    table = Register(
        rows.select_related("center__organization", "project"),
        request.GET,
        url_name="projects:resource-list",
        title="Материалы",
        nouns=("материал", "материала", "материалов"),
        columns=_columns(request),
        default="year",
        empty=listing.empty("Материалов пока нет"),
        search="search_key",
        search_label="Название, авторы, о чём",
        filters={"archive": ARCHIVE},
        is_void=lambda resource: resource.is_archived,
    )
    return answer(request, table, "projects/resource_list.html", file, bulk=BULK, listing=listing)


PAGE = Pages("projects:resource-detail")


def _title(resource: Resource) -> str:
    return link(PAGE(resource), resource.title) + note(upper_first(resource.get_kind_display()))


def made_by(resource: Any) -> str:
    """The centre, else the project."""
    return str(resource.center or resource.project)


def _columns(request: HttpRequest) -> list[Column]:
    center = FoundFilter.by_row("center", MAKERS, request, "РВЦИ")
    year = Filter.by("year", _years())
    name = "sort_key"
    return [
        Column("title", "Материал", "title", html=_title, names_row=True, order=name, width=60),
        Column(
            "kind",
            "Вид",
            lambda resource: resource.get_kind_display(),
            order=("kind", name),
            filter=Filter.by("kind", ResourceKind.choices),
            on_page=False,
            width=24,
        ),
        Column("authors", "Авторы", "authors", width=30),
        Column("center", "Чей", made_by, filter=center, width=36),
        Column("year", "Год", "year", order=("-year", name), filter=year, css="numeric", width=8),
        Column(
            "licence",
            "Условия использования",
            lambda resource: resource.get_licence_display(),
            filter=Filter.by("licence", Licence.choices),
            on_page=False,
            width=36,
        ),
        Column("downloads", "Скачиваний", "download_count", order=("-download_count", name), css="numeric", width=12),
    ]


def _years() -> list[tuple[str, str]]:
    years = Resource.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]
