"""What a letter said of one commitment when it was sent: written once, so that each commitment knows its letters."""

import datetime

from django.db import models
from django.db.models import Q

from events.models import Commitment
from events.models.commitment import ChangeKind
from rcro_portal.lib import russian
from reports.models.letter import Letter


class LetterCommitment(models.Model):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="commitments")
    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", on_delete=models.PROTECT, related_name="letters"
    )
    change = models.CharField("что изменено", max_length=20, choices=ChangeKind)
    # As the letter has it; of what it leaves out, as it was.
    text = models.TextField("что сделать")
    starts_on = models.DateField("с какого дня", null=True)
    due_on = models.DateField("срок")
    text_before = models.TextField("что было", blank=True)
    starts_before = models.DateField("с какого дня было", null=True)
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

    @property
    def term(self) -> str:
        """«05.10.2020», «03.05.2027–14.05.2027»."""
        return russian.short_span(self.starts_on or self.due_on, self.due_on)

    @property
    def term_before(self) -> str:
        """As ``term``; empty where nothing was owed before."""
        return russian.short_span(self.starts_before or self.due_before, self.due_before) if self.due_before else ""

    @property
    def term_in_words(self) -> str:
        """«до 5 октября 2020 г.», «с 3 по 14 мая 2027 г.»."""
        return _in_words(self.starts_on, self.due_on)

    @property
    def term_before_in_words(self) -> str:
        """As ``term_in_words``, where the term is another than before; else empty."""
        if self.due_before is None or (self.starts_before, self.due_before) == (self.starts_on, self.due_on):
            return ""
        return _in_words(self.starts_before, self.due_before)


def _in_words(starts_on: datetime.date | None, due_on: datetime.date) -> str:
    return russian.long_span(starts_on, due_on) if starts_on else f"до {russian.long_date(due_on, 'г.')}"
