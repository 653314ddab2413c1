"""Innovation education clusters: organisations of every kind joined around a subject area."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F, Q

from projects.models.rules import MemberWithinTheCluster, OneMembershipAtATime
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.rules import Holds, Ruled
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.validity import Dated, DatedQuerySet

if TYPE_CHECKING:
    import datetime


class ClusterQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    def formed_by(self, day: "datetime.date") -> Self:
        """Formed on or before the day and not dissolved by then."""
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), formed_on__lte=day)

    def with_members_on(self, day: "datetime.date") -> Self:
        """Adds ``member_count`` and, of these, ``center_count``: organisations that have or had the status."""
        now = Q(memberships__since__lte=day) & (Q(memberships__until__isnull=True) | Q(memberships__until__gte=day))
        held = now & Q(memberships__organization__center__isnull=False)
        return self.annotate(
            member_count=Count("memberships", filter=now), center_count=Count("memberships", filter=held)
        )


class Cluster(Ruled, Archivable):
    name = models.CharField(
        "название", max_length=300, unique=True, error_messages={"unique": "Кластер с таким названием уже есть."}
    )
    subject_area = models.CharField("предметная область", max_length=150)
    formed_on = models.DateField("сформирован")
    dissolved_on = models.DateField("распущен", null=True, blank=True)
    members = models.ManyToManyField("centers.Organization", through="ClusterMember", related_name="clusters")
    search_key = SearchKeyField("name", "subject_area")
    sort_key = SortKeyField("name")

    rules = (Holds(MemberWithinTheCluster(), "memberships"),)
    recorded = Recorded(name=("name",))
    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = "кластер"
        verbose_name_plural = "кластеры"
        constraints = [
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("formed_on")),
                name="cluster_is_dissolved_after_it_is_formed",
                violation_error_message="Кластер распущен раньше, чем сформирован. Проверьте даты.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClusterMember(Dated):
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="memberships", verbose_name="кластер")
    organization = models.ForeignKey(
        "centers.Organization", on_delete=models.PROTECT, related_name="memberships", verbose_name="организация"
    )
    role = models.CharField("роль", max_length=150, blank=True)

    rules = (OneMembershipAtATime(), MemberWithinTheCluster())
    recorded = Recorded(part_of="cluster", name=("organization__short_name",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "участник кластера"
        verbose_name_plural = "участники кластера"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["cluster", "organization"],
                condition=Q(until__isnull=True),
                name="organization_is_in_a_cluster_once_at_a_time",
                violation_error_message="Эта организация уже состоит в кластере.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.cluster}"
