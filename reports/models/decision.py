"""What a letter that no outcome writes asks of whom until when; when the letter is sent, they owe it."""

from django.db import models

from events.models import DecisionRow
from events.models.outcome import decision_rules
from reports.models.letter import Letter


class LetterDecision(DecisionRow):
    """A copy of the letter that is to replace it takes the key over; any other copy has keys of its own."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.CASCADE, related_name="decisions")

    class Meta(DecisionRow.Meta):
        verbose_name = "решение в письме"
        verbose_name_plural = "решения в письмах"
        constraints = [
            *decision_rules("in_letter"),
            models.UniqueConstraint(fields=["letter", "key"], name="decision_of_a_letter_has_a_key_of_its_own"),
        ]
