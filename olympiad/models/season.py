from django.db import models
from django.db.models import F, Q

from rcro_portal.lib.changes.declared import Recorded


class Subject(models.Model):
    """A subject of the all-Russian olympiad of school pupils (ВсОШ)."""

    code = models.SlugField("код", unique=True)
    name = models.CharField("название", max_length=150)
    name_dative = models.CharField("дательный падеж", max_length=150, help_text="занятия «по …»")
    position = models.PositiveSmallIntegerField("порядок")
    listed_since = models.DateField("в перечне с", null=True, blank=True)
    listed_until = models.DateField("в перечне по", null=True, blank=True)

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "предмет"
        verbose_name_plural = "предметы"
        constraints = [
            models.CheckConstraint(
                condition=Q(listed_since=None) | Q(listed_until=None) | Q(listed_until__gte=F("listed_since")),
                name="subject_leaves_the_list_after_it_came",
                violation_error_message="Предмет вышел из перечня раньше, чем вошёл.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_listed(self, season: "Season") -> bool:
        """Among the subjects of that year: the list is that of the season's first day."""
        since, until = self.listed_since or season.starts_on, self.listed_until or season.starts_on
        return since <= season.starts_on <= until


class Stage(models.TextChoices):
    """The four stages (Порядок проведения ВсОШ, приказ № 678 of 27.11.2020, п. 3)."""

    SCHOOL = "school", "школьный"
    MUNICIPAL = "municipal", "муниципальный"
    REGIONAL = "regional", "региональный"
    FINAL = "final", "заключительный"

    @property
    def words(self) -> str:
        """«Школьный этап»."""
        return f"{self.label.capitalize()} этап"


class Season(models.Model):
    """An olympiad year, from September to June."""

    name = models.CharField("сезон", max_length=7, unique=True, help_text="2019/20")
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "сезон"
        verbose_name_plural = "сезоны"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="season_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.name


class StageQuota(models.Model):
    """How many of a stage's participants may win or get prizes, in per cent of each subject, as its organiser said.

    The organiser of a stage sets it (Порядок проведения ВсОШ); ``basis`` is the document.
    """

    season = models.ForeignKey(Season, verbose_name="сезон", on_delete=models.CASCADE, related_name="quotas")
    stage = models.CharField("этап", max_length=20, choices=Stage)
    laureates = models.PositiveSmallIntegerField("победителей и призёров, % участников")
    basis = models.CharField("основание", max_length=300, blank=True, help_text="Приказ организатора: номер и дата.")

    recorded = Recorded(part_of="season", name=("stage",))

    class Meta:
        verbose_name = "квота этапа"
        verbose_name_plural = "квоты этапов"
        constraints = [
            models.UniqueConstraint(
                fields=["season", "stage"],
                name="stage_of_a_season_has_one_quota",
                violation_error_message="Квота этого этапа уже внесена.",
            ),
            models.CheckConstraint(
                condition=Q(laureates__gte=1, laureates__lte=100),
                name="quota_is_a_share",
                violation_error_message="Квота – от 1 до 100 процентов.",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_of_a_quota_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.season}, {self.get_stage_display()} этап: {self.laureates} %"
