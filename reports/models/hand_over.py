"""That the work of one person of the institution passed to another: who, when, how much of what."""

from django.db import models
from django.db.models import F, Q

from centers.models import Person, User


class WorkHandOver(models.Model):
    """Written once, by the act that handed the work over; the rows themselves say in their own log whose they were."""

    giver = models.ForeignKey(Person, verbose_name="от кого", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, verbose_name="кому", on_delete=models.PROTECT, related_name="+")
    outcomes = models.PositiveIntegerField("черновиков итогов", default=0)
    drafts = models.PositiveIntegerField("черновиков писем", default=0)
    approvals = models.PositiveIntegerField("согласований", default=0)
    incoming = models.PositiveIntegerField("входящих писем", default=0)
    commitments = models.PositiveIntegerField("поручений центрам", default=0)
    by = models.ForeignKey(User, verbose_name="кто передал", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    stays_when_merged = True

    class Meta:
        verbose_name = "передача дел"
        verbose_name_plural = "передачи дел"
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="work_is_handed_to_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}, {self.at:%d.%m.%Y}"
