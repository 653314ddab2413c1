"""Tokens by which systems of others read the portal: what each may read, until when, and who took it back."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from centers.models import User


class ApiScope(models.TextChoices):
    ORGANIZATIONS = "organizations", "организации"
    CENTERS = "centers", "центры"
    PROJECTS = "projects", "проекты"
    CLUSTERS = "clusters", "кластеры"
    EVENTS = "events", "мероприятия"
    JOURNAL = "journal", "журнал исходящих без текстов писем"
    FIGURES = "figures", "показатели"


class ApiTokenQuerySet(models.QuerySet):
    def valid_on(self, day: datetime.date) -> Self:
        return self.filter(revoked_at__isnull=True, ends_on__gte=day)


class ApiToken(models.Model):
    """Of the secret only the digest is kept. ``scopes`` are codes with spaces between; its last day belongs to it."""

    system = models.CharField("какая система", max_length=150)
    scopes = models.CharField("что читает", max_length=200)
    secret_digest = models.CharField("отпечаток", max_length=64, unique=True)
    ends_on = models.DateField("последний день")
    made_at = models.DateTimeField("когда выдан")
    made_by = models.ForeignKey(User, verbose_name="кто выдал", on_delete=models.PROTECT, related_name="+")
    last_used_at = models.DateTimeField("последний запрос", null=True)
    revoked_at = models.DateTimeField("когда отозван", null=True)
    revoked_by = models.ForeignKey(
        User, verbose_name="кто отозвал", on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "доступ системы"
        verbose_name_plural = "доступы систем"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_is_revoked_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.system

    @property
    def scope_words(self) -> str:
        return ", ".join(ApiScope(code).label for code in self.scopes.split())

    def state_on(self, day: datetime.date) -> tuple[str, str]:
        """The tone and the words of its state on the day."""
        if self.revoked_at:
            return "bad", "Отозван"
        return ("good", "Действует") if day <= self.ends_on else ("neutral", "Закончился")
