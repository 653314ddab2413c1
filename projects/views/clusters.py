"""Innovation education clusters and their members."""

import datetime
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from centers import permissions
from centers.models import Center
from projects.models import Cluster
from projects.views.kept_rows import ARCHIVE, in_archive
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, note
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.russian import short_date


def cluster_list(request: HttpRequest, file: str = "") -> HttpResponse:
    day = timezone.localdate()
    table = Register(
        in_archive(_rows(day), request.GET),
        request.GET,
        url_name="projects:cluster-list",
        title="Кластеры",
        nouns=("кластер", "кластера", "кластеров"),
        columns=COLUMNS,
        default="name",
        empty=Empty("Кластеров пока нет", "Их вносит администратор в справочниках портала."),
        search="search_key",
        search_label="Название, предметная область",
        filters={**_filters(day), "archive": ARCHIVE},
        is_void=lambda cluster: cluster.is_archived or not cluster.is_formed,
        brings_in=registry.link_for(request.user, "clusters"),
    )
    return table.file(file) if file else render(request, "projects/cluster_list.html", {"table": table})


def _formed(cluster: Any) -> SafeString:
    dissolved = "" if cluster.is_formed else f"распущен {short_date(cluster.dissolved_on)}"
    return format_html('<span class="nowrap">{}</span>{}', short_date(cluster.formed_on), note(dissolved))


COLUMNS = (
    Column(
        "name", "Кластер", "name", link=Pages("projects:cluster-detail"), names_row=True, order="sort_key", width=60
    ),
    Column("area", "Предметная область", "subject_area", order=("subject_area", "sort_key"), width=30),
    Column("formed", "Сформирован", "formed_on", html=_formed, order=("-formed_on", "sort_key"), width=14),
    Column("dissolved", "Распущен", "dissolved_on", on_page=False, width=12),
    Column("members", "Участников", "member_count", order=("-member_count", "sort_key"), css="numeric", width=12),
    Column("centers", "из них РВЦИ", "center_count", order=("-center_count", "sort_key"), css="numeric", width=12),
)


def _rows(day: datetime.date) -> QuerySet:
    now = Q(memberships__since__lte=day) & (Q(memberships__until__isnull=True) | Q(memberships__until__gte=day))
    held = now & Q(memberships__organization__center__isnull=False)
    return Cluster.objects.annotate(
        member_count=Count("memberships", filter=now),
        center_count=Count("memberships", filter=held),
        is_formed=Case(When(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), then=Value(True)), default=False),
    )


def _filters(day: datetime.date) -> dict[str, Filter]:
    def narrow(rows: QuerySet, value: str) -> QuerySet:
        formed = Cluster.objects.formed_by(day).values("pk")
        return rows.filter(pk__in=formed) if value == "now" else rows.exclude(pk__in=formed)

    return {"state": Filter([("now", "действует"), ("ended", "распущен")], narrow, "Состояние")}


def cluster_detail(request: HttpRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    cluster = get_object_or_404(Cluster, pk=pk)
    centers = Center.objects.filter(organization=OuterRef("organization"))
    memberships = cluster.memberships.annotate(is_center=Exists(centers)).select_related(
        "organization__municipality", "organization__center"
    )
    ordered = memberships.order_by("organization__sort_key", "-since")
    context = {
        "cluster": cluster,
        "meta": _meta(cluster),
        "members": [one for one in ordered if one.is_in_force_on(day)],
        "former": [one for one in ordered if not one.is_in_force_on(day)],
        "office": permissions.is_office(request.user),
        "open_to_me": permissions.centers_open_to(request.user, day),
    }
    return render(request, "projects/cluster_detail.html", context)


def _meta(cluster: Cluster) -> list[tuple[str, str]]:
    formed = [("Сформирован", short_date(cluster.formed_on))]
    return [*formed, ("Распущен", short_date(cluster.dissolved_on))] if cluster.dissolved_on else formed
