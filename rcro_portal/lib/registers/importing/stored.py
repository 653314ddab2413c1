"""What the database keeps of an import, so that it can be left, come back to, and undone."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from rcro_portal.lib.registers.importing import asking


class State(models.TextChoices):
    OPEN = "open", "проверяется"
    WRITTEN = "written", "внесено"
    UNDONE = "undone", "отменено"


class Work(models.TextChoices):
    """What a worker does with a large file."""

    JUDGE = "judge", "проверяется"
    WRITE = "write", "вносится"
    WRITE_GOOD = "write_good", "вносятся строки без ошибок"


class Session(models.Model):
    """A brought file, what people said of it, and what became of it.

    ``head_rows`` and ``columns`` (letter → field) hold what a person pointed out; null is what the portal finds itself.
    ``signature`` is that of the headings for which the columns were pointed out. ``edits``: row → letter → text.

    Of a large file ``found`` is what a worker found in it, ``work`` what it is to do or does now, asked for by
    ``work_by``; how far it is stands in ``done_rows``. Why it ended with nothing is said by ``trouble``.
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
    passed_over = models.JSONField("не вносить строки", default=list)
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
    all_rows = models.PositiveIntegerField("строк в файле", default=0)
    found = models.JSONField("что найдено", null=True, encoder=DjangoJSONEncoder)
    work = models.CharField("работа", max_length=20, choices=Work, blank=True)
    work_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто поручил", null=True, on_delete=models.PROTECT, related_name="+"
    )
    work_at = models.DateTimeField("когда поручено", null=True)
    lease_until = models.DateTimeField("занята до", null=True)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    done_rows = models.PositiveIntegerField("проверено строк", default=0)
    trouble = models.TextField("почему не вышло", blank=True)
    file_gone_at = models.DateTimeField("файл удалён", null=True)

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

    @classmethod
    def answered(cls) -> Any:
        """The table of answers, if imports of this table ask anything."""
        return None

    def remembered(self, signatures: Iterable[str]) -> tuple[str, dict[str, str]]:
        """How somebody read the columns of the last file of this kind with one of these headings; else nothing."""
        wanted = [one for one in signatures if one]
        alike = type(self)._default_manager.filter(kind=self.kind, signature__in=wanted)
        last = alike.order_by("-pk").values_list("signature", "columns").first() if wanted else None
        return (last[0], last[1] or {}) if last else ("", {})


class WrittenRow(models.Model):
    """A row of the database that an import made (``was`` is null) or changed, with what it held before and after.

    ``table`` is empty where the kind writes into one table alone.
    """

    table = models.CharField("таблица", max_length=63, blank=True)
    row = models.PositiveIntegerField("строка файла")
    record = models.BigIntegerField("запись")
    was = models.JSONField("было", null=True, encoder=DjangoJSONEncoder)
    now = models.JSONField("стало", encoder=DjangoJSONEncoder)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.row} → {self.record}"


class Answer(models.Model):
    """What a person said of a text that files hold: which row it means, or that it is new.

    A row that is there no more, or in the archive, is no answer: kinds look for it among those they know.
    """

    about = models.CharField("о чём", max_length=30)
    key = models.CharField("что спрошено", max_length=asking.KEY_LIMIT)
    said = models.CharField("ответ", max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}: {self.said}"
