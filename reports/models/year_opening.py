"""Who said that a register's year has begun."""

from django.db import models

from centers.models import User
from reports.models.register import OutgoingRegister


class YearOpening(models.Model):
    """A person's word that the year has begun, where the register's last number is too old to believe the clock."""

    register = models.ForeignKey(
        OutgoingRegister, on_delete=models.PROTECT, related_name="openings", verbose_name="журнал"
    )
    year = models.PositiveSmallIntegerField("год")
    day = models.DateField("сказано, что сегодня")
    last_number = models.CharField("последний номер до того", max_length=50)
    last_on = models.DateField("дата последнего номера")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "открытие года журнала"
        verbose_name_plural = "открытия годов журналов"
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="year_is_opened_by_a_word_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register}, {self.year}: {self.by}, {self.at:%d.%m.%Y}"
