"""Resources of the network: methodical materials that a centre or a project has made and everybody may use."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q

from centers.models import Center, User
from projects.models.project import NetworkProject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.uploads import WithFile

FIRST_YEAR, LAST_YEAR = 1990, 2100


class ResourceKind(models.TextChoices):
    GUIDELINES = "guidelines", "методические рекомендации"
    PROGRAMME = "programme", "программа"
    LESSON = "lesson", "разработка занятия"
    COLLECTION = "collection", "сборник"
    PRESENTATION = "presentation", "презентация"
    VIDEO = "video", "видеозапись"
    OTHER = "other", "другой материал"


class Licence(models.TextChoices):
    """What others may do with it."""

    CC_BY = "cc_by", "CC BY 4.0: свободно, с указанием авторов"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0: свободно, на тех же условиях"
    CC_BY_NC = "cc_by_nc", "CC BY-NC 4.0: свободно, но не для продажи"
    NETWORK = "network", "для работы внутри сети РВЦИ"
    RESERVED = "reserved", "с разрешения авторов"


# Whoever has it may pass it on, naming its authors.
FREE = (Licence.CC_BY, Licence.CC_BY_SA, Licence.CC_BY_NC)


class ResourceQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def public(self) -> Self:
        """Shown to everybody, without a log-in: what its licence lets everybody use."""
        return self.kept().filter(licence__in=FREE).exclude(project__archived_at__isnull=False)

    def with_downloads(self) -> Self:
        """Adds ``download_count``: people, each counted once a day."""
        return self.annotate(download_count=Count("downloads"))


class Resource(WithFile, Archivable):
    title = models.CharField("название", max_length=300)
    kind = models.CharField("вид", max_length=20, choices=ResourceKind)
    about = models.TextField("о чём и для кого", blank=True)
    authors = models.CharField("авторы", max_length=300)
    year = models.PositiveSmallIntegerField(
        "год", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    center = models.ForeignKey(
        Center, on_delete=models.PROTECT, related_name="resources", verbose_name="РВЦИ", null=True, blank=True
    )
    project = models.ForeignKey(
        NetworkProject, on_delete=models.PROTECT, related_name="resources", verbose_name="проект", null=True, blank=True
    )
    link = models.URLField("ссылка", max_length=500, blank=True)
    licence = models.CharField("условия использования", max_length=20, choices=Licence)
    search_key = SearchKeyField("title", "authors", "about")
    sort_key = SortKeyField("title")

    recorded = Recorded(personal=("authors",), untold=("digest", "media_type"), name=("title",))
    objects = ResourceQuerySet.as_manager()

    class Meta(WithFile.Meta):
        verbose_name = "материал"
        verbose_name_plural = "материалы"
        constraints = [
            *WithFile.Meta.constraints,
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(center__isnull=False) | Q(project__isnull=False),
                name="resource_is_of_a_center_or_a_project",
                violation_error_message="Укажите, чей это материал: центра или проекта.",
            ),
            models.CheckConstraint(
                condition=(Q(digest="") & ~Q(link="")) | (~Q(digest="") & Q(link="")),
                name="resource_is_a_file_or_a_link",
                violation_error_message="Приложите файл или укажите ссылку: что-то одно.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class ResourceDownload(models.Model):
    """Somebody opened the file or the link on that day: once a day, however often the browser asks."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="downloads", verbose_name="материал")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто")
    on = models.DateField("день")

    class Meta:
        verbose_name = "скачивание"
        verbose_name_plural = "скачивания"
        constraints = [models.UniqueConstraint(fields=["resource", "by", "on"], name="download_counts_once_a_day")]

    def __str__(self) -> str:
        return f"{self.resource}: {self.on:%d.%m.%Y}"
