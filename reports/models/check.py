"""The portal's own checks of itself."""

from django.db import models


class CheckRun(models.Model):
    """One run of the checks and what it found: titles with the words of each finding."""

    begun_at = models.DateTimeField("начата")
    ended_at = models.DateTimeField("закончена")
    findings = models.JSONField("что найдено", default=dict)

    class Meta:
        verbose_name = "проверка портала"
        verbose_name_plural = "проверки портала"

    def __str__(self) -> str:
        return f"{self.begun_at:%d.%m.%Y %H:%M}"
