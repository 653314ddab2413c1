"""Codes by which people mark themselves at an event: shown at a webinar, or as a QR code at the door."""

from typing import Self

from django.db import models
from django.db.models import Q

from centers.models import User
from events.models.event import Event
from rcro_portal.lib.changes.declared import Recorded


class CheckInCodeQuerySet(models.QuerySet):
    def living(self) -> Self:
        return self.filter(closed_at__isnull=True)


class CheckInCode(models.Model):
    """Six figures. An event has one living code at most; whoever made it anew has closed the one before."""

    event = models.ForeignKey(Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="codes")
    code = models.CharField("код", max_length=6)
    opened_by = models.ForeignKey(User, verbose_name="кто открыл", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("когда открыт")
    closed_by = models.ForeignKey(
        User, verbose_name="кто закрыл", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    closed_at = models.DateTimeField("когда закрыт", null=True, editable=False)

    recorded = Recorded(without=("code",), part_of="event")
    objects = CheckInCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "код для отметки"
        verbose_name_plural = "коды для отметки"
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(closed_at__isnull=True), name="event_has_one_living_code"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(closed_at__isnull=True), name="living_code_belongs_to_one_event"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_code_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown}, {self.event}"

    @property
    def shown(self) -> str:
        """«482 913»."""
        return f"{self.code[:3]} {self.code[3:]}"
