"""Figures of network projects and clusters."""

import datetime
from collections.abc import Mapping

from django.db.models import QuerySet

from centers.models import Center, Organization
from projects.models import (
    Achievement,
    Cluster,
    ClusterMember,
    NetworkManagementModel,
    NetworkProject,
    ProjectPartner,
    ProjectStage,
    Resource,
)
from projects.models.achievement import Level
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Narrow, Query
from reports.figures.terms import Terms


def _under_way(*, year: int) -> QuerySet:
    return NetworkProject.objects.kept().in_force_during(year)


def _begun(*, year: int) -> QuerySet:
    return _under_way(year=year).filter(since__gte=datetime.date(year, 1, 1))


def _partners(*, year: int) -> QuerySet:
    partners = ProjectPartner.objects.filter(project__in=_under_way(year=year))
    return Organization.objects.filter(pk__in=partners.values("organization"))


def _formed_by_the_end_of(*, year: int) -> QuerySet:
    return Cluster.objects.kept().formed_by(datetime.date(year, 12, 31))


def _cluster_members(*, year: int) -> QuerySet:
    last = datetime.date(year, 12, 31)
    members = ClusterMember.objects.in_force_on(last).filter(cluster__in=_formed_by_the_end_of(year=year))
    return Organization.objects.filter(pk__in=members.values("organization"))


def _with_model(*, year: int) -> QuerySet:
    models = NetworkManagementModel.objects.in_force_during(year).filter(project__in=NetworkProject.objects.kept())
    return Center.objects.filter(pk__in=models.values("center"))


def _with_stages_overdue(*, day: datetime.date) -> QuerySet:
    stages = ProjectStage.objects.overdue_on(day)
    return NetworkProject.objects.kept().in_force_on(day).filter(pk__in=stages.values("project"))


def _resources(*, year: int) -> QuerySet:
    # A year that no calendar has is refused, as for figures of days.
    return Resource.objects.kept().of_year(datetime.date(year, 1, 1).year)


def _achievements(*, year: int) -> QuerySet:
    return Achievement.objects.kept().of_year(year)


def _at(level: Level) -> Query:
    """The achievements of one level."""
    return Query(
        title=f"Достижения: {level.label} уровень",
        describes=f"победы в конкурсах, гранты и награды этого года, {level.label} уровень",
        over="year",
        noun=NOUNS["achievement"],
        rows=lambda *, year: _achievements(year=year).filter(level=level),
        listing=listings.ACHIEVEMENTS,
        part_of="achievements",
        listed=lambda *, year: listings.filtered("projects:achievement-list", year=year, level=level.value),
    )


QUERIES: Mapping[str, Query] = {
    "projects_under_way": Query(
        title="Сетевые инновационные проекты",
        describes="сетевые инновационные проекты, которые шли в этом году",
        over="year",
        noun=NOUNS["project"],
        rows=_under_way,
        terms=Terms(
            NetworkProject.objects.kept,
            ("pk", "since", "until"),
            narrowed={"municipality": "leads__organization__municipality__code"},
        ),
        narrowed={"municipality": Narrow("leads__organization__municipality__code", "municipality")},
        listing=listings.PROJECTS,
        listed=lambda *, year: listings.filtered("projects:project-list", year=year),
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
        listed=lambda *, year: listings.filtered("centers:organization-list", partner=year),
    ),
    "clusters_formed": Query(
        title="Инновационные образовательные кластеры",
        describes="кластеры, сформированные к концу этого года",
        over="year",
        noun=NOUNS["cluster"],
        rows=_formed_by_the_end_of,
        terms=Terms(Cluster.objects.kept, ("pk", "formed_on", "dissolved_on"), at_end=True),
        listing=listings.CLUSTERS,
        listed=lambda *, year: listings.filtered("projects:cluster-list", state="now", on=f"{year}-12-31"),
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
    "projects_with_stages_overdue": Query(
        title="Сетевые проекты с просроченными этапами",
        describes="сетевые инновационные проекты, которые в этот день идут, а этап, чей срок прошёл, не выполнен",
        over="day",
        noun=NOUNS["project"],
        rows=_with_stages_overdue,
        listing=listings.PROJECTS,
        listed=lambda *, day: listings.filtered("projects:project-list", state="overdue", on=day),
    ),
    "resources": Query(
        title="Методические материалы",
        describes="материалы центров и сетевых проектов этого года",
        over="year",
        noun=NOUNS["resource"],
        rows=_resources,
        listing=listings.RESOURCES,
        listed=lambda *, year: listings.filtered("projects:resource-list", year=year),
    ),
    "achievements": Query(
        title="Достижения",
        describes="победы в конкурсах, гранты и награды центров, их людей и проектов в этом году",
        over="year",
        noun=NOUNS["achievement"],
        rows=_achievements,
        listing=listings.ACHIEVEMENTS,
        listed=lambda *, year: listings.filtered("projects:achievement-list", year=year),
    ),
    **{f"achievements_{level.value}": _at(level) for level in Level},
}
