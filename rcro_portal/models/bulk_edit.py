"""Changes of many rows of a list at once, each taken back within a minute if it was a mistake."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from rcro_portal.lib.keeping.bulk import UNDO_WITHIN


class BulkEditQuerySet(models.QuerySet):
    def open_to(self, user: Any, now: datetime.datetime) -> Self:
        """What this person may still take back."""
        return self.filter(by=user, at__gt=now - UNDO_WITHIN, undone_at__isnull=True)


class BulkEdit(models.Model):
    """One act on many rows of a list: what was written, and what each row held before; the log tells it row by row."""

    list = models.CharField("список", max_length=100)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.PROTECT, related_name="bulk_edits"
    )
    at = models.DateTimeField("когда")
    why = models.CharField("почему", max_length=300)
    # Columns and values as the database has them: {"municipality_id": 5}; key of the row → the same of before.
    written = models.JSONField("что внесено")
    before = models.JSONField("что было")
    undone_at = models.DateTimeField("когда отменено", null=True)

    objects = BulkEditQuerySet.as_manager()

    class Meta:
        verbose_name = "правка списка"
        verbose_name_plural = "правки списков"
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="bulk_edit_says_why")]

    def __str__(self) -> str:
        return f"{self.list}, {self.at:%d.%m.%Y %H:%M}"
