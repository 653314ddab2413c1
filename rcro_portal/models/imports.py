"""Imports of every kind: their sessions, and the rows that each wrote."""

from django.db import models
from django.db.models import Q

from rcro_portal.lib.registers.importing.stored import Answer, Session, State, WrittenRow


class ImportAnswer(Answer):
    class Meta:
        verbose_name = "ответ при загрузке"
        verbose_name_plural = "ответы при загрузке"
        constraints = [models.UniqueConstraint(fields=["about", "key"], name="import_asks_once")]


class ImportSession(Session):
    @classmethod
    def answered(cls) -> models.QuerySet[ImportAnswer]:
        return ImportAnswer.objects.all()

    class Meta:
        verbose_name = "загрузка таблицы"
        verbose_name_plural = "загрузки таблиц"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.OPEN, written_at=None, undone_at=None)
                | Q(state=State.WRITTEN, written_at__isnull=False, undone_at=None)
                | Q(state=State.UNDONE, written_at__isnull=False, undone_at__isnull=False),
                name="import_says_when_it_was_written_and_undone",
            )
        ]


class ImportedRow(WrittenRow):
    session = models.ForeignKey(ImportSession, on_delete=models.PROTECT, related_name="rows", verbose_name="загрузка")

    class Meta:
        verbose_name = "внесённая строка"
        verbose_name_plural = "внесённые строки"
        constraints = [
            models.UniqueConstraint(fields=["session", "table", "record"], name="import_writes_a_record_once")
        ]
