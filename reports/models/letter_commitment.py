"""What a letter said of one commitment when it was sent: written once, so that each commitment knows its letters."""

from django.db import models
from django.db.models import Q

from events.models import Commitment
from events.models.commitment import ChangeKind
from reports.models.letter import Letter


class LetterCommitment(models.Model):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="commitments")
    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", on_delete=models.PROTECT, related_name="letters"
    )
    change = models.CharField("что изменено", max_length=20, choices=ChangeKind)
    # As the letter has it; of what it leaves out, as it was.
    text = models.TextField("что сделать")
    due_on = models.DateField("срок")
    text_before = models.TextField("что было", blank=True)
    due_before = models.DateField("какой был срок", null=True)

    class Meta:
        verbose_name = "поручение в письме"
        verbose_name_plural = "поручения в письмах"
        constraints = [
            models.UniqueConstraint(fields=["letter", "commitment"], name="letter_speaks_of_a_commitment_once"),
            models.CheckConstraint(condition=Q(change__in=ChangeKind.values), name="change_of_a_commitment_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_change_display()}: {self.text[:60]}"
