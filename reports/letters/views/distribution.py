"""Distribution lists: the register of them, and the card of one."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from centers import permissions
from centers.models import Center
from events import permissions as events_permissions
from events.models import DataRequest
from rcro_portal.lib import search
from rcro_portal.lib.keeping import Card, Listing
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer
from reports.letters.kept_lists import LISTS
from reports.models import DistributionList

OFFICE_ONLY = "Указатели рассылки видят сотрудники института."
ARCHIVED = "archived"


def list_of_lists(request: HttpRequest, file: str = "") -> HttpResponse:
    require(permissions.is_office(request.user), OFFICE_ONLY)
    listing = Listing(LISTS, request.user)
    away = request.GET.get("state") == ARCHIVED
    rows: Any = DistributionList.objects.archived() if away else DistributionList.objects.kept()
    table = Register(
        rows.annotate(organization_count=_on_it("organizations"), people_count=_on_it("people")),
        request.GET,
        url_name="reports:distribution-lists",
        title="Указатели рассылки",
        nouns=("указатель", "указателя", "указателей"),
        columns=COLUMNS,
        default="name",
        empty=listing.empty("Указателей рассылки пока нет", "Внесите первый: по нему пойдут письма."),
        search=lambda found, words: search.narrowed(found, words, texts=["name", "addressee"]),
        search_label="Название",
        filters={"state": Filter([(ARCHIVED, "в архиве")], lambda found, _: found, "Состояние")},
    )
    return answer(request, table, "reports/distribution_lists.html", file, listing=listing)


def _on_it(relation: str) -> Any:
    """How many stand on the list; a join of both relations would read every organisation with every person."""
    through: Any = getattr(DistributionList, relation).through
    on_it = through.objects.filter(distributionlist=OuterRef("pk")).order_by().values("distributionlist")
    return Coalesce(Subquery(on_it.annotate(number=Count("pk")).values("number")), 0)


COLUMNS = (
    Column(
        "name",
        "Указатель",
        "name",
        link=Pages("reports:distribution-list-detail"),
        names_row=True,
        order="name",
        width=40,
    ),
    Column("addressee", "Адресат на бланке", lambda row: row.addressee.replace("\n", " "), width=60),
    Column(
        "organizations",
        "Организаций",
        "organization_count",
        order=("-organization_count", "name"),
        css="numeric",
        width=14,
    ),
    Column("people", "Людей", "people_count", order=("-people_count", "name"), css="numeric", width=10),
)


def list_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.is_office(request.user), OFFICE_ONLY)
    row = LISTS.row(request, pk)
    context = {"row": row, "card": Card(LISTS, request.user, row), "requests": _requests(request.user, row)}
    return render(request, "reports/distribution_list.html", context)


def _requests(user: Any, row: DistributionList) -> list[tuple[DataRequest, str]]:
    """Drafts of requests for information, each with the address that sends it to the list's centres."""
    if row.is_archived or not events_permissions.may_keep_requests(user):
        return []
    holding = Center.objects.with_status_on(timezone.localdate()).filter(organization__in=row.organizations.all())
    centers = urlencode({"center": list(holding.order_by("pk").values_list("pk", flat=True))}, doseq=True)
    drafts = DataRequest.objects.kept().drafts().order_by("due_on", "pk") if centers else ()
    return [(one, f"{reverse('events:request-send', args=[one.pk])}?{centers}") for one in drafts]
