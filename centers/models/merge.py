"""Two rows that were one person, and pairs of whom somebody said that they are not."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from centers.models.person import Person
from centers.models.user import User
from rcro_portal.lib.changes.declared import Recorded


class PersonMerge(models.Model):
    """``gone`` went into the archive, what hung on it to ``kept``.

    ``moved``: ``[["events.talk", "speaker", [5, 8]], …]``; ``former`` and ``became``: the columns of the kept row that
    were written, as they were and as they were written. An undone one keeps both.
    """

    kept = models.ForeignKey(Person, verbose_name="остаётся", on_delete=models.PROTECT, related_name="merged_in")
    gone = models.ForeignKey(Person, verbose_name="объединён", on_delete=models.PROTECT, related_name="merges")
    former = models.JSONField("было", default=dict, encoder=DjangoJSONEncoder)
    became = models.JSONField("стало", default=dict, encoder=DjangoJSONEncoder)
    moved = models.JSONField("что перешло", default=list)
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    undone_by = models.ForeignKey(
        User, verbose_name="кто отменил", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField("отменено", null=True)

    stays_when_merged = True
    recorded = Recorded(personal=("former", "became"), untold=("moved",), part_of="kept")

    class Meta:
        verbose_name = "объединение записей"
        verbose_name_plural = "объединения записей"
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="person_is_merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="nobody_is_merged_with_themselves"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone.surname_first} → {self.kept.surname_first}"


class NotSame(models.Model):
    """«Это разные люди»: the pair is not proposed any more. The row with the lower key comes first."""

    first = models.ForeignKey(Person, verbose_name="один", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, verbose_name="другой", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    stays_when_merged = True
    recorded = Recorded(part_of="first")

    class Meta:
        verbose_name = "разные люди"
        verbose_name_plural = "разные люди"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_is_told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_stands_in_one_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first.surname_first} и {self.second.surname_first}"
