"""The year's report of the network: a text for each section, kept by year, and the files that were made of it."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from rcro_portal.lib.drafts.models import DraftText, QuotedFigure, Revision

TRIES_AT_MOST = 5


class YearReport(DraftText):
    """What people write of a year; numbers, tables and plots are counted when they are asked for. Never locked."""

    year = models.PositiveSmallIntegerField("год")
    started_from = models.ForeignKey(
        "self", verbose_name="начат с отчёта", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The texts that it was begun with, out of the other report.
    begun_with = models.JSONField("начат с текстов", default=dict)
    opening = models.TextField("введение", blank=True)
    network = models.TextField("сеть", blank=True)
    events = models.TextField("мероприятия", blank=True)
    decisions = models.TextField("решения и поручения", blank=True)
    letters = models.TextField("письма", blank=True)
    olympiad = models.TextField("олимпиада", blank=True)
    sessions = models.TextField("подготовка", blank=True)
    partners = models.TextField("партнёры", blank=True)
    closing = models.TextField("выводы и задачи", blank=True)

    class Meta:
        verbose_name = "отчёт за год"
        verbose_name_plural = "отчёты за год"
        constraints = [
            models.UniqueConstraint(fields=["year"], name="year_has_one_report"),
            models.CheckConstraint(condition=Q(year__range=(1992, 2100)), name="year_of_a_report_makes_sense"),
        ]

    def __str__(self) -> str:
        return f"Отчёт сети за {self.year} год"


class YearReportFigure(QuotedFigure):
    report = models.ForeignKey(YearReport, verbose_name="отчёт", on_delete=models.CASCADE, related_name="figures")

    class Meta:
        verbose_name = "показатель в тексте отчёта"
        verbose_name_plural = "показатели в текстах отчётов"
        constraints = [
            *QuotedFigure.Meta.constraints,
            models.UniqueConstraint(fields=["report", "name"], name="figure_of_a_report_has_a_name_of_its_own"),
        ]


class YearReportRevision(Revision):
    report = models.ForeignKey(YearReport, verbose_name="отчёт", on_delete=models.CASCADE, related_name="revisions")

    class Meta:
        verbose_name = "редакция отчёта"
        verbose_name_plural = "редакции отчётов"


class IssueQuerySet(models.QuerySet):
    def under_way(self) -> Self:
        """Neither made nor given up."""
        return self.filter(made_at=None, attempts__lt=TRIES_AT_MOST)

    def due(self, now: datetime.datetime) -> Self:
        """Made by nobody, or by a worker whose lease has run out."""
        return self.under_way().filter(Q(lease_until=None) | Q(lease_until__lte=now))


class YearReportIssue(models.Model):
    """One making of the files, of the text as it was then: what is to be done, and what became of it.

    ``page`` is the text at the press, ``content`` all that the files say, counted at ``counted_at``: both files are
    made of it. Attempt and lease together are a worker's claim.
    """

    report = models.ForeignKey(YearReport, verbose_name="отчёт", on_delete=models.PROTECT, related_name="issues")
    version = models.PositiveIntegerField("версия текста")
    page = models.JSONField("текст")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("когда")
    content = models.JSONField("содержание", null=True)
    counted_at = models.DateTimeField("когда посчитано", null=True)
    made_at = models.DateTimeField("когда готов", null=True)
    lease_until = models.DateTimeField("готовится до", null=True)
    attempts = models.PositiveIntegerField("попыток", default=0)
    error = models.TextField("почему не готовится", blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "выпуск отчёта"
        verbose_name_plural = "выпуски отчётов"
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(made_at=None, attempts__lt=TRIES_AT_MOST),
                name="report_is_made_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(content__isnull=False, counted_at__isnull=False),
                name="issue_of_a_report_is_counted_before_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, версия {self.version}"

    @property
    def is_under_way(self) -> bool:
        return self.made_at is None and self.attempts < TRIES_AT_MOST


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"


class YearReportFile(models.Model):
    """A file of an issue; its bytes lie in the store under their digest."""

    issue = models.ForeignKey(YearReportIssue, verbose_name="выпуск", on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("вид", max_length=10, choices=FileKind)
    digest = models.CharField("sha256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")

    class Meta:
        verbose_name = "файл отчёта"
        verbose_name_plural = "файлы отчётов"
        constraints = [
            models.UniqueConstraint(fields=["issue", "kind"], name="issue_of_a_report_has_a_file_of_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="kind_of_a_reports_file_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.issue}, {self.get_kind_display()}"
