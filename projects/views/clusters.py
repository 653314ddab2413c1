"""Innovation education clusters and their members."""

import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from centers import permissions
from centers.models import Center
from projects.models import Cluster
from rcro_portal.lib.russian import agree, short_date
from rcro_portal.lib.tables import Filter, Table

ORDERS = {"name": "sort_key", "formed": ("-formed_on", "sort_key"), "members": ("-member_count", "sort_key")}


def cluster_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    table = Table(_rows(day), request.GET, orders=ORDERS, search="search_key", filters=_filters(day))
    found = agree(table.page.paginator.count, "кластер", "кластера", "кластеров")
    return render(request, "projects/cluster_list.html", {"table": table, "found": found})


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

    return {"state": Filter("Состояние", [("now", "действует"), ("ended", "распущен")], narrow)}


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
        "open_to_me": permissions.centers_open_to(request.user, day),
    }
    return render(request, "projects/cluster_detail.html", context)


def _meta(cluster: Cluster) -> list[tuple[str, str]]:
    formed = [("Сформирован", short_date(cluster.formed_on))]
    return [*formed, ("Распущен", short_date(cluster.dissolved_on))] if cluster.dissolved_on else formed
