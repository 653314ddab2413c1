"""Numbering and sending stand still."""

from django.db import models
from django.db.models import Q

from centers.models import User
from rcro_portal.lib.changes.declared import Recorded


class Halt(models.Model):
    """Numbering and sending stand still, as after a restore from a backup, until a person states the last number."""

    reason = models.CharField("причина", max_length=300)
    since_at = models.DateTimeField("с")
    stated_number = models.PositiveIntegerField("последний выданный номер", null=True)
    lifted_by = models.ForeignKey(User, verbose_name="кем снята", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField("когда снята", null=True)

    recorded = Recorded(name=("reason",))

    class Meta:
        verbose_name = "остановка"
        verbose_name_plural = "остановки"
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, stated_number__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, stated_number__isnull=False),
                name="lifted_halt_says_who_when_and_which_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason}, с {self.since_at:%d.%m.%Y %H:%M}"
