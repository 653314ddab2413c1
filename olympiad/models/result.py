"""Results of the olympiad's stages as counts: a brought table, and what it says by subject, grade and place.

No name of a pupil is here: names are dropped before anything is stored (``olympiad.results.door``).
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from centers.models import Municipality, User
from olympiad.models.season import Season, Stage, Subject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.transitions import Transition


class SheetStatus(models.TextChoices):
    INBOX = "inbox", "На проверке"
    TAKEN = "taken", "Учтено"
    TAKEN_BACK = "taken_back", "Отменено"


class ResultSheet(models.Model):
    """A brought table in the inbox: looked through, then taken, and taken back as a whole.

    ``found`` is what was read of it, without names; ``digest`` (sha256) tells the same file brought again.
    """

    TRANSITIONS = {
        SheetStatus.INBOX: (SheetStatus.TAKEN, SheetStatus.TAKEN_BACK),
        SheetStatus.TAKEN: (SheetStatus.TAKEN_BACK,),
        SheetStatus.TAKEN_BACK: (),
    }

    season = models.ForeignKey(Season, verbose_name="сезон", on_delete=models.PROTECT, related_name="result_sheets")
    stage = models.CharField("этап", max_length=20, choices=Stage)
    subject = models.ForeignKey(
        Subject,
        verbose_name="предмет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Пусто: предмет назван в файле.",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Пусто: муниципалитеты названы в файле, или итоги – по области в целом.",
    )
    name = models.CharField("файл", max_length=200)
    digest = models.CharField("sha256", max_length=64)
    found = models.JSONField("что прочитано")
    status = models.CharField("состояние", max_length=20, choices=SheetStatus, default=SheetStatus.INBOX)
    brought_by = models.ForeignKey(User, verbose_name="кто загрузил", on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField("когда загружено")
    recorded = Recorded(untold=("found", "digest"), name=("name",))

    class Meta:
        verbose_name = "таблица итогов"
        verbose_name_plural = "таблицы итогов"
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_of_results_is_known"),
            models.CheckConstraint(condition=Q(status__in=SheetStatus.values), name="status_of_results_is_known"),
            models.UniqueConstraint(
                fields=["season", "stage", "digest"],
                condition=Q(status=SheetStatus.TAKEN),
                name="results_of_a_file_are_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.name}"

    @property
    def title(self) -> str:
        """«Школьный этап 2019/20»."""
        return f"{Stage(self.stage).words} {self.season}"


class ResultTransition(Transition):
    sheet = models.ForeignKey(ResultSheet, verbose_name="таблица", on_delete=models.PROTECT, related_name="transitions")

    class Meta:
        verbose_name = "шаг таблицы итогов"
        verbose_name_plural = "шаги таблиц итогов"

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.before} → {self.after}"


class ResultCountQuerySet(models.QuerySet):
    def taken(self) -> Self:
        """Of tables that were looked through and taken, and not taken back since."""
        return self.filter(sheet__status=SheetStatus.TAKEN)


class ResultCount(models.Model):
    """How many took part, won and got prizes, by subject, grade and municipality; null where the table does not say."""

    sheet = models.ForeignKey(ResultSheet, verbose_name="таблица", on_delete=models.PROTECT, related_name="counts")
    subject = models.ForeignKey(Subject, verbose_name="предмет", on_delete=models.PROTECT, related_name="results")
    grade = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="results",
    )
    participants = models.PositiveIntegerField("участников", null=True, blank=True)
    winners = models.PositiveIntegerField("победителей", null=True, blank=True)
    prize_winners = models.PositiveIntegerField("призёров", null=True, blank=True)

    recorded = Recorded(part_of="sheet", name=("subject__name",))
    objects = ResultCountQuerySet.as_manager()

    class Meta:
        verbose_name = "итоги по предмету"
        verbose_name_plural = "итоги по предметам"
        constraints = [
            models.UniqueConstraint(
                "sheet",
                "subject",
                Coalesce("grade", 0, output_field=models.IntegerField()),
                Coalesce("municipality", 0, output_field=models.BigIntegerField()),
                name="a_table_counts_a_subject_grade_and_place_once",
            ),
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__gte=1, grade__lte=11), name="grade_of_results_is_a_schools"
            ),
            models.CheckConstraint(
                condition=Q(participants=None)
                | Q(winners=None)
                | Q(prize_winners=None)
                | Q(participants__gte=F("winners") + F("prize_winners")),
                name="laureates_are_among_the_participants",
            ),
            models.CheckConstraint(
                condition=Q(participants__isnull=False) | Q(winners__isnull=False) | Q(prize_winners__isnull=False),
                name="results_say_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.grade or 'все классы'}"
