"""What a letter was at one filing: its content, the figures it quotes, the files that go with it. Never changed."""

from django.db import models

from centers.models import User
from rcro_portal.lib.drafts.models import Enclosure
from reports.models.letter import Letter


class Snapshot(models.Model):
    """The content of a letter at one filing: all that it prints but number, date and signatory."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="snapshots")
    content = models.JSONField("содержание", help_text="пары «элемент — текст», только списки и строки")
    digest = models.CharField("sha256", max_length=64)
    taken_at = models.DateTimeField("когда")
    taken_by = models.ForeignKey(User, verbose_name="кем", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "снимок содержания"
        verbose_name_plural = "снимки содержания"

    def __str__(self) -> str:
        return f"{self.letter_id}, {self.taken_at:%d.%m.%Y %H:%M}"


class SnapshotFigure(models.Model):
    """A figure frozen at filing: value, query, parameters, the rows counted, the moment (the snapshot's).

    A figure that no query counts has no value but words and a source.
    """

    snapshot = models.ForeignKey(Snapshot, verbose_name="снимок", on_delete=models.PROTECT, related_name="figures")
    name = models.CharField("название в тексте", max_length=150)
    query = models.CharField("показатель", max_length=50, blank=True)
    parameters = models.JSONField("параметры", default=dict)
    value = models.PositiveBigIntegerField("значение", null=True)
    text = models.CharField("как в письме", max_length=300)
    counted = models.JSONField("что посчитано", default=list, help_text="ключи посчитанных строк")
    # Key, name and number of each row as they were then; figures frozen before these were kept have none.
    named = models.JSONField("как названо посчитанное", default=list)
    sums_counts = models.BooleanField("сумма участий", default=False)
    source = models.CharField("источник", max_length=300, blank=True)

    class Meta:
        verbose_name = "показатель письма"
        verbose_name_plural = "показатели письма"
        constraints = [models.UniqueConstraint(fields=["snapshot", "name"], name="figure_is_frozen_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


class SnapshotAppendix(Enclosure):
    snapshot = models.ForeignKey(Snapshot, verbose_name="снимок", on_delete=models.PROTECT, related_name="appendices")

    class Meta:
        verbose_name = "приложение письма"
        verbose_name_plural = "приложения писем"
