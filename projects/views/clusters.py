"""Innovation education clusters and their members."""

import datetime
from functools import partial
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from centers import permissions
from centers.models import Center
from projects.kept import CLUSTERS, MEMBERS
from projects.models import Cluster
from rcro_portal.lib import as_of
from rcro_portal.lib.as_of import AsOf
from rcro_portal.lib.keeping import BulkPages, Card, Listing
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, note, nowrap
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.russian import short_date

BULK = BulkPages(CLUSTERS, "subject_area")


def cluster_list(request: HttpRequest, file: str = "") -> HttpResponse:
    listing = Listing(CLUSTERS, request.user)
    return answer(request, table(request), "projects/cluster_list.html", file, bulk=BULK, listing=listing)


def table(request: HttpRequest) -> Register:
    shown, listing = as_of.asked(request.GET), Listing(CLUSTERS, request.user)
    return Register(
        in_archive(_rows(shown.day), request.GET),
        request.GET,
        url_name="projects:cluster-list",
        title="Кластеры",
        nouns=("кластер", "кластера", "кластеров"),
        columns=_columns(shown),
        default="name",
        empty=listing.empty("Кластеров пока нет"),
        search="search_key",
        search_label="Название, предметная область",
        filters={**_filters(shown.day), "archive": ARCHIVE},
        as_of=shown,
        is_void=lambda cluster: cluster.is_archived or not cluster.is_formed,
        brings_in=registry.link_for(request.user, "clusters"),
    )


def _columns(shown: AsOf) -> list[Column]:
    page, by_name = Pages("projects:cluster-detail", end=shown.querystring), "sort_key"
    return [
        Column("name", "Кластер", "name", link=page, names_row=True, order=by_name, width=60),
        Column("area", "Предметная область", "subject_area", order=("subject_area", by_name), width=30),
        Column(
            "formed", "Сформирован", "formed_on", html=partial(_formed, shown), order=("-formed_on", by_name), width=14
        ),
        Column("dissolved", "Распущен", "dissolved_on", on_page=False, width=12),
        Column("members", "Участников", "member_count", order=("-member_count", by_name), css="numeric", width=12),
        Column("centers", "из них РВЦИ", "center_count", order=("-center_count", by_name), css="numeric", width=12),
    ]


def _formed(shown: AsOf, cluster: Any) -> SafeString:
    said = "" if cluster.is_formed else "ещё не сформирован"
    if cluster.dissolved_on and cluster.dissolved_on <= shown.day:
        said = f"распущен {short_date(cluster.dissolved_on)}"
    return nowrap(short_date(cluster.formed_on)) + note(said)


def _rows(day: datetime.date) -> QuerySet:
    return Cluster.objects.with_members_on(day).annotate(
        is_formed=Case(
            When(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), formed_on__lte=day, then=Value(True)),
            default=False,
        ),
    )


STATES = [("now", "действует"), ("coming", "ещё не сформирован"), ("ended", "распущен")]


def _filters(day: datetime.date) -> dict[str, Filter]:
    areas = Cluster.objects.order_by("subject_area").values_list("subject_area", flat=True).distinct()
    return {
        "area": Filter.among("subject_area", [(area, area) for area in areas], "Предметная область"),
        "state": Filter(STATES, partial(_in_state, day), "Состояние"),
    }


def _in_state(day: datetime.date, rows: Any, value: str) -> QuerySet:
    if value == "now":
        return rows.filter(pk__in=Cluster.objects.formed_by(day).values("pk"))
    return rows.filter(formed_on__gt=day) if value == "coming" else rows.filter(dissolved_on__lte=day)


def cluster_detail(request: HttpRequest, pk: int) -> HttpResponse:
    shown = as_of.asked(request.GET)
    day = shown.day
    cluster = CLUSTERS.row(request, pk)
    card = Card(CLUSTERS, request.user, cluster)
    centers = Center.objects.filter(organization=OuterRef("organization"))
    rows = MEMBERS.of(cluster).annotate(is_center=Exists(centers)).select_related("organization__center")
    lines = card.section(MEMBERS, rows).lines
    context = {
        "cluster": cluster,
        "card": card,
        "meta": _meta(cluster),
        "members": [line for line in lines if line.row.is_in_force_on(day)],
        "former": [line for line in lines if not line.row.is_in_force_on(day)],
        "add_url": "" if card.refusal or card.is_archived else CLUSTERS.url("new", pk, of=MEMBERS),
        "office": permissions.is_office(request.user),
        "open_to_me": permissions.centers_open_to(request.user, shown.today),
        "as_of": shown,
    }
    return render(request, "projects/cluster_detail.html", context)


def _meta(cluster: Cluster) -> list[tuple[str, str]]:
    formed = [("Сформирован", short_date(cluster.formed_on))]
    return [*formed, ("Распущен", short_date(cluster.dissolved_on))] if cluster.dissolved_on else formed
