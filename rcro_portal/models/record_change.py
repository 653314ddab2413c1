"""What became of every record: rows that only the database's triggers write, and who is the author of the next ones."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from rcro_portal.lib.transitions import Change


class RecordChangeQuerySet(models.QuerySet):
    def of_card(self, *cards: models.Model | models.QuerySet) -> Self:
        """What became of these rows and of the rows that are parts of them, the newest first."""
        wanted = Q()
        for card in cards:
            if isinstance(card, models.QuerySet):
                wanted |= Q(owner_table=card.model._meta.db_table, owner__in=card.values("pk"))
            else:
                wanted |= Q(owner_table=card._meta.db_table, owner=card.pk)
        return self.filter(wanted).order_by("-pk")


class RecordChange(Change):
    """One change of one row. Of an update only the columns that changed are kept; of personal ones only their names.

    Triggers of the table write it (``rcro_portal.lib.changes.recorders``); nobody changes or deletes it.
    """

    # Without a constraint and an index of its own: the log may not refuse an act, and is read by cards.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    through = models.CharField("каким действием", max_length=200, blank=True)
    owner_table = models.CharField("таблица карточки", max_length=63)
    owner = models.BigIntegerField("карточка")
    personal = models.TextField("личные данные, которые изменены", blank=True)

    objects = RecordChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "изменение записи"
        verbose_name_plural = "изменения записей"
        indexes = [models.Index(fields=["owner_table", "owner", "id"], name="changes_of_a_card")]

    def __str__(self) -> str:
        return f"{self.table} {self.record}: {self.get_act_display()}"


class PresentAuthor(models.Model):
    """SQLite only: whose statement is being carried out. The row is there for one statement and never committed."""

    by_id = models.BigIntegerField("кто", null=True)
    through = models.CharField("каким действием", max_length=200, blank=True)
    why = models.TextField("причина", blank=True)

    class Meta:
        verbose_name = "автор изменения"
        verbose_name_plural = "автор изменения"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_author_at_most")]

    def __str__(self) -> str:
        return self.through
