"""Network innovation projects, the centres that lead them and their models of management."""

import datetime
from typing import Self

from django.db import models

from projects.models.rules import OneModelAtATime, StageWithinTheProject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.rules import Holds
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.validity import Dated, DatedQuerySet


class ProjectQuerySet(DatedQuerySet, SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    """``in_force_during(2019)``: under way in 2019."""

    def led_from(self, municipality: str) -> Self:
        """Led by at least one centre of the municipality with this code."""
        leads = ProjectLead.objects.filter(center__organization__municipality__code=municipality)
        return self.filter(pk__in=leads.values("project"))

    def with_model_on(self, day: datetime.date) -> Self:
        """Managed by a network model that works on the day."""
        return self.filter(pk__in=NetworkManagementModel.objects.in_force_on(day).values("project"))

    def without_model_on(self, day: datetime.date) -> Self:
        return self.exclude(pk__in=NetworkManagementModel.objects.in_force_on(day).values("project"))


class NetworkProject(Dated, Archivable):
    title = models.CharField(
        "название", max_length=300, unique=True, error_messages={"unique": "Проект с таким названием уже есть."}
    )
    theme = models.CharField("направление", max_length=150, blank=True)
    curator = models.ForeignKey(
        "centers.Person",
        on_delete=models.PROTECT,
        related_name="curated_projects",
        verbose_name="куратор",
        null=True,
        blank=True,
    )
    results = models.TextField("результаты", blank=True)
    leads = models.ManyToManyField("centers.Center", through="ProjectLead", related_name="projects")
    partners = models.ManyToManyField(
        "centers.Organization", through="ProjectPartner", related_name="partnered_projects"
    )
    search_key = SearchKeyField("title", "theme")
    sort_key = SortKeyField("title")

    rules = (Holds(StageWithinTheProject(), "stages"),)
    recorded = Recorded(name=("title",))
    objects = ProjectQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "сетевой инновационный проект"
        verbose_name_plural = "сетевые инновационные проекты"
        constraints = [*Dated.Meta.constraints, *Archivable.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class ProjectLead(models.Model):
    """A centre that carries the project; a project may have several."""

    project = models.ForeignKey(NetworkProject, on_delete=models.CASCADE, related_name="+", verbose_name="проект")
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", verbose_name="РВЦИ")

    recorded = Recorded(part_of="project", name=("center__organization__short_name",))

    class Meta:
        verbose_name = "ведущий центр"
        verbose_name_plural = "ведущие центры"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "center"],
                name="center_leads_a_project_once",
                violation_error_message="Этот центр уже ведёт проект.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.center}: {self.project}"


class ProjectPartner(models.Model):
    project = models.ForeignKey(NetworkProject, on_delete=models.CASCADE, related_name="+", verbose_name="проект")
    organization = models.ForeignKey(
        "centers.Organization", on_delete=models.PROTECT, related_name="+", verbose_name="организация"
    )

    recorded = Recorded(part_of="project", name=("organization__short_name",))

    class Meta:
        verbose_name = "партнёр проекта"
        verbose_name_plural = "партнёры проекта"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organization"],
                name="partner_joins_a_project_once",
                violation_error_message="Эта организация уже партнёр проекта.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.project}"


class NetworkManagementModel(Dated):
    """A working network model of management of a project, built by one of its centres (сетевая модель управления)."""

    project = models.ForeignKey(
        NetworkProject, on_delete=models.PROTECT, related_name="management_models", verbose_name="проект"
    )
    center = models.ForeignKey(
        "centers.Center", on_delete=models.PROTECT, related_name="management_models", verbose_name="РВЦИ"
    )

    rules = (OneModelAtATime(),)
    recorded = Recorded(part_of="project", name=("center__organization__short_name",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "сетевая модель управления"
        verbose_name_plural = "сетевые модели управления"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "center", "since"],
                name="management_model_starts_once",
                violation_error_message="Модель этого центра с этого дня уже внесена.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.center}: {self.project}"
