"""The term of a commitment after the letter: asked for anew, moved, and what it was before (перенос срока)."""

from django.db import models
from django.db.models import F, Q

from centers.models import User
from events.models.commitment import Commitment
from rcro_portal.lib import russian
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.transitions import Transition


class TermRequestStatus(models.TextChoices):
    ASKED = "asked", "Ждёт решения"
    GRANTED = "granted", "Срок перенесён"
    DECLINED = "declined", "Отказано"
    LAPSED = "lapsed", "Не понадобилась"


class TermRequest(models.Model):
    """«Попросить о переносе срока»: the step that ends it says who decided, when and in what words.

    It lapses where there is nothing left to decide: an answer came, or a letter changed what is owed.
    """

    TRANSITIONS = {
        TermRequestStatus.ASKED: (
            TermRequestStatus.GRANTED,
            TermRequestStatus.DECLINED,
            TermRequestStatus.LAPSED,
        ),
        TermRequestStatus.GRANTED: (),
        TermRequestStatus.DECLINED: (),
        TermRequestStatus.LAPSED: (),
    }

    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", on_delete=models.PROTECT, related_name="term_requests"
    )
    status = models.CharField("состояние", max_length=20, choices=TermRequestStatus, default=TermRequestStatus.ASKED)
    wanted_on = models.DateField("до какого дня просят")
    reason = models.TextField("почему")
    asked_by = models.ForeignKey(User, verbose_name="кто просит", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("когда")

    recorded = Recorded(part_of="commitment", name=("wanted_on",))

    class Meta:
        verbose_name = "просьба о переносе срока"
        verbose_name_plural = "просьбы о переносе сроков"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(status=TermRequestStatus.ASKED),
                name="another_term_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=TermRequestStatus.values), name="term_request_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="term_is_asked_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"до {russian.short_date(self.wanted_on)}: {self.get_status_display().lower()}"


class TermRequestTransition(Transition):
    request = models.ForeignKey(
        TermRequest, on_delete=models.PROTECT, related_name="transitions", verbose_name="просьба"
    )

    class Meta:
        verbose_name = "шаг просьбы о переносе"
        verbose_name_plural = "шаги просьб о переносе"

    def __str__(self) -> str:
        return f"{self.request_id}: {self.before} → {self.after}"


class TermMove(models.Model):
    """One move of one commitment's term, written once. ``for_all``: of everybody who owes the same decision."""

    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", on_delete=models.PROTECT, related_name="term_moves"
    )
    request = models.OneToOneField(
        TermRequest, verbose_name="по просьбе", null=True, on_delete=models.PROTECT, related_name="move"
    )
    before = models.DateField("был срок")
    after = models.DateField("стал срок")
    reason = models.TextField("причина")
    for_all = models.BooleanField("всем", default=False)
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "перенос срока"
        verbose_name_plural = "переносы сроков"
        constraints = [
            models.CheckConstraint(condition=Q(after__gt=F("before")), name="term_moves_to_a_later_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="term_is_moved_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"с {russian.short_date(self.before)} на {russian.short_date(self.after)}"
