from django.db import models
from django.db.models import F, Q

from rcro_portal.lib.changes.declared import Recorded


class Subject(models.Model):
    """A subject of the all-Russian olympiad of school pupils (ВсОШ)."""

    code = models.SlugField("код", unique=True)
    name = models.CharField("название", max_length=150)
    name_dative = models.CharField("дательный падеж", max_length=150, help_text="занятия «по …»")
    position = models.PositiveSmallIntegerField("порядок")

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "предмет"
        verbose_name_plural = "предметы"

    def __str__(self) -> str:
        return self.name


class Season(models.Model):
    """An olympiad year, from September to June."""

    name = models.CharField("сезон", max_length=7, unique=True, help_text="2019/20")
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "сезон"
        verbose_name_plural = "сезоны"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="season_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.name
