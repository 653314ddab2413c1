"""Figures of network projects and clusters."""

import datetime
from collections.abc import Mapping

from django.db.models import QuerySet

from centers.models import Center, Organization
from projects.models import Cluster, ClusterMember, NetworkManagementModel, NetworkProject, ProjectPartner
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query


def _under_way(*, year: int) -> QuerySet:
    return NetworkProject.objects.in_force_during(year)


def _begun(*, year: int) -> QuerySet:
    return NetworkProject.objects.filter(since__gte=datetime.date(year, 1, 1), since__lte=datetime.date(year, 12, 31))


def _partners(*, year: int) -> QuerySet:
    partners = ProjectPartner.objects.filter(project__in=NetworkProject.objects.in_force_during(year))
    return Organization.objects.filter(pk__in=partners.values("organization"))


def _formed_by_the_end_of(*, year: int) -> QuerySet:
    return Cluster.objects.formed_by(datetime.date(year, 12, 31))


def _cluster_members(*, year: int) -> QuerySet:
    last = datetime.date(year, 12, 31)
    members = ClusterMember.objects.in_force_on(last).filter(cluster__in=Cluster.objects.formed_by(last))
    return Organization.objects.filter(pk__in=members.values("organization"))


def _with_model(*, year: int) -> QuerySet:
    return Center.objects.filter(pk__in=NetworkManagementModel.objects.in_force_during(year).values("center"))


QUERIES: Mapping[str, Query] = {
    "projects_under_way": Query(
        title="Сетевые инновационные проекты",
        describes="сетевые инновационные проекты, которые шли в этом году",
        over="year",
        noun=NOUNS["project"],
        rows=_under_way,
        listing=listings.PROJECTS,
    ),
    "projects_begun": Query(
        title="Начатые сетевые инновационные проекты",
        describes="сетевые инновационные проекты, которые начались в этом году",
        over="year",
        noun=NOUNS["project"],
        rows=_begun,
        listing=listings.PROJECTS,
        part_of="projects_under_way",
    ),
    "project_partners": Query(
        title="Партнёры сетевых проектов",
        describes="организации-партнёры проектов, которые шли в этом году; партнёр двух проектов посчитан один раз",
        over="year",
        noun=NOUNS["partner"],
        rows=_partners,
        listing=listings.ORGANIZATIONS,
    ),
    "clusters_formed": Query(
        title="Инновационные образовательные кластеры",
        describes="кластеры, сформированные к концу этого года",
        over="year",
        noun=NOUNS["cluster"],
        rows=_formed_by_the_end_of,
        listing=listings.CLUSTERS,
    ),
    "cluster_members": Query(
        title="Участники кластеров",
        describes="организации, которые на конец этого года состоят хотя бы в одном кластере",
        over="year",
        noun=NOUNS["member"],
        rows=_cluster_members,
        listing=listings.ORGANIZATIONS,
    ),
    "centers_with_model": Query(
        title="РВЦИ с сетевой моделью управления",
        describes="РВЦИ, чья сетевая модель управления проектом работала в этом году",
        over="year",
        noun=NOUNS["center"],
        rows=_with_model,
        listing=listings.CENTERS,
    ),
}
