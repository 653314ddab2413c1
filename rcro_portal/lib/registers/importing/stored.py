"""What the database keeps of an import, so that it can be left, come back to, and undone."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class State(models.TextChoices):
    OPEN = "open", "проверяется"
    WRITTEN = "written", "внесено"
    UNDONE = "undone", "отменено"


class Session(models.Model):
    """A brought file, what people said of it, and what became of it.

    ``head_rows`` and ``columns`` (letter → field) hold what a person pointed out; null is what the portal finds itself.
    ``signature`` is that of the headings for which the columns were pointed out. ``edits``: row → letter → text.
    """

    kind = models.CharField("вид таблицы", max_length=30)
    options = models.JSONField("к чему относится", default=dict)
    file_name = models.CharField("имя файла", max_length=150)
    digest = models.CharField("sha256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")
    sheet = models.CharField("лист", max_length=100, blank=True)
    head_rows = models.JSONField("строки с названиями столбцов", null=True)
    columns = models.JSONField("столбцы", null=True)
    signature = models.CharField("подпись названий столбцов", max_length=64, blank=True)
    with_hidden = models.BooleanField("и скрытые строки", default=False)
    edits = models.JSONField("исправления", default=dict)
    state = models.CharField("состояние", max_length=20, choices=State, default=State.OPEN)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто загрузил", on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("когда загружен")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто внёс", null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("когда внесено", null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто отменил", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField("когда отменено", null=True)
    left_out = models.JSONField("не внесённые строки", default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.file_name}, {self.begun_at:%d.%m.%Y}"

    @classmethod
    def begin(
        cls, *, kind: str, options: Mapping[str, Any], name: str, data: bytes, by: Any, at: datetime.datetime
    ) -> Self:
        """Of a file that is not kept yet."""
        return cls(kind=kind, options=dict(options), file_name=name, size=len(data), begun_by=by, begun_at=at)

    def remembered(self, signatures: Iterable[str]) -> tuple[str, dict[str, str]]:
        """How somebody read the columns of the last file of this kind with one of these headings; else nothing."""
        wanted = [one for one in signatures if one]
        alike = type(self)._default_manager.filter(kind=self.kind, signature__in=wanted)
        last = alike.order_by("-pk").values_list("signature", "columns").first() if wanted else None
        return (last[0], last[1] or {}) if last else ("", {})


class WrittenRow(models.Model):
    """A row of the database that an import made (``was`` is null) or changed, with what it held before and after."""

    row = models.PositiveIntegerField("строка файла")
    record = models.BigIntegerField("запись")
    was = models.JSONField("было", null=True, encoder=DjangoJSONEncoder)
    now = models.JSONField("стало", encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.row} → {self.record}"
