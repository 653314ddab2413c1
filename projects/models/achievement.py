"""Achievements: contests won and grants got by centres, their people and projects."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from centers.models import Center, Person, User
from projects.models.project import NetworkProject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.uploads import WithFile


class AchievementKind(models.TextChoices):
    CONTEST = "contest", "конкурс"
    GRANT = "grant", "грант"
    AWARD = "award", "награда"


class Level(models.TextChoices):
    MUNICIPAL = "municipal", "муниципальный"
    REGIONAL = "regional", "региональный"
    FEDERAL = "federal", "всероссийский"
    INTERNATIONAL = "international", "международный"


class AchievementQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    def of_year(self, year: int) -> Self:
        return self.filter(on__gte=datetime.date(year, 1, 1), on__lte=datetime.date(year, 12, 31))

    def of_centers(self, centers: models.QuerySet) -> Self:
        """Of one of the centres, or of a project that one of them leads."""
        led = NetworkProject.objects.filter(leads__in=centers)
        return self.filter(Q(center__in=centers) | Q(project__in=led))

    def visible_to(self, user: User, day: datetime.date) -> Self:
        """The institution's staff see all of them; a coordinator those of the centres coordinated that day."""
        if user.roles - {"coordinator"}:
            return self.all()
        return self.of_centers(Center.objects.coordinated_by(user.person, day))


class Achievement(WithFile, Archivable):
    """``on``: the day of the diploma or of the decision; ``place``: «1 место», «лауреат»; its file is the document."""

    title = models.CharField("название конкурса или гранта", max_length=300)
    kind = models.CharField("вид", max_length=20, choices=AchievementKind)
    level = models.CharField("уровень", max_length=20, choices=Level)
    on = models.DateField("дата")
    place = models.CharField("место, результат", max_length=150, blank=True)
    roubles = models.PositiveIntegerField("сумма, ₽", null=True, blank=True)
    center = models.ForeignKey(
        Center, on_delete=models.PROTECT, related_name="achievements", verbose_name="РВЦИ", null=True, blank=True
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="achievements", verbose_name="кто", null=True, blank=True
    )
    project = models.ForeignKey(
        NetworkProject,
        on_delete=models.PROTECT,
        related_name="achievements",
        verbose_name="проект",
        null=True,
        blank=True,
    )
    search_key = SearchKeyField("title", "place")
    sort_key = SortKeyField("title")

    recorded = Recorded(untold=("digest", "media_type"), name=("title",))
    objects = AchievementQuerySet.as_manager()

    class Meta(WithFile.Meta):
        verbose_name = "достижение"
        verbose_name_plural = "достижения"
        constraints = [
            *WithFile.Meta.constraints,
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(center__isnull=False) | Q(person__isnull=False) | Q(project__isnull=False),
                name="achievement_is_somebodys",
                violation_error_message="Укажите, чьё это достижение: центра, человека или проекта.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
