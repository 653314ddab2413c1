"""How people look at lists: named views, and the columns that each keeps."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: Any, day: datetime.date) -> Self:
        """One's own, and those of the departments that one works in that day."""
        return self.filter(Q(owner=user) | Q(department__in=user.departments_on(day)))


class SavedView(models.Model):
    """A name for an address line of a list; without a name, the columns that its owner keeps there.

    It asks, and shows nothing: whose rows a reader sees the list itself says.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="чей", on_delete=models.PROTECT, related_name="saved_views"
    )
    # The key of a row of a floor above: no relation leads there.
    department = models.BigIntegerField("отдел, которому он виден", null=True, blank=True)
    list = models.CharField("список", max_length=100)
    name = models.CharField("название", max_length=60, blank=True)
    query = models.CharField("что спрошено", max_length=1_000, blank=True)
    saved_at = models.DateTimeField("когда сохранён")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "сохранённый вид"
        verbose_name_plural = "сохранённые виды"
        constraints = [
            models.UniqueConstraint(fields=["owner", "list", "name"], name="person_names_a_view_of_a_list_once"),
            models.CheckConstraint(
                condition=Q(department__isnull=True) | ~Q(name=""), name="columns_are_kept_for_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list}: {self.name or 'столбцы'}"
