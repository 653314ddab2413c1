"""How an address wants its messages: at once, in the morning's digest, without reminders."""

from django.db import models
from django.db.models import Q

from rcro_portal.lib.notices.choices import WAYS


class MailChoice(models.Model):
    """By the address and not by the user: people without an account are reminded too, and may stop that."""

    email = models.EmailField("адрес", unique=True)
    way = models.CharField("как писать", max_length=20, choices=WAYS, blank=True)
    stopped_at = models.DateTimeField("без напоминаний с", null=True)
    changed_at = models.DateTimeField("выбрано")

    class Meta:
        verbose_name = "выбор получателя"
        verbose_name_plural = "выборы получателей"
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[way for way, _ in WAYS]), name="way_of_mail_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_way_display()}"
