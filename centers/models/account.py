"""What was changed about how somebody gets in, and an address that is being changed."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from centers.models.user import User
from rcro_portal.models import Notice


class ChangeKind(models.TextChoices):
    """The label is read in the account's history and is the subject of the message."""

    PASSWORD_CHANGED = "password", "Пароль изменён"
    PASSWORD_RESET = "password_reset", "Пароль задан заново по ссылке из письма"
    FACTOR_ON = "factor_on", "Второй фактор подключён"
    FACTOR_OFF = "factor_off", "Второй фактор отключён"
    FACTOR_RESET = "factor_reset", "Второй фактор сброшен"
    KEY_ADDED = "passkey_added", "Добавлен ключ доступа"
    KEY_REMOVED = "passkey_removed", "Удалён ключ доступа"
    CODES_MADE = "codes", "Выпущены новые коды восстановления"
    ADDRESS_ASKED = "address_asked", "Начата смена почты для входа"
    ADDRESS_STOPPED = "address_stopped", "Смена почты для входа отменена"
    ADDRESS_CHANGED = "address", "Почта для входа изменена"
    SESSIONS_ENDED = "sessions", "Администратор завершил все сеансы"
    KEY_GUESSED = "key_guessed", "Пароль ключа подписи пять раз не подошёл"
    CLOSED = "closed", "Вход в портал закрыт"
    OPENED = "opened", "Вход в портал открыт"
    MADE_ADMINISTRATOR = "administrator", "Дано право администратора"
    SEEN = "seen", "Портал смотрели вашими глазами"
    UNMADE_ADMINISTRATOR = "not_administrator", "Снято право администратора"


class AccountChange(models.Model):
    """One act on an account, written once; ``by`` is empty for the server and for whoever followed a link."""

    user = models.ForeignKey(User, verbose_name="чей вход", on_delete=models.PROTECT, related_name="account_changes")
    kind = models.CharField("что", max_length=20, choices=ChangeKind.choices)
    by = models.ForeignKey(User, verbose_name="кто", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    note = models.TextField("примечание", blank=True)
    # What became of the messages about it, where somebody has looked.
    told: list[Notice]

    class Meta:
        verbose_name = "изменение входа"
        verbose_name_plural = "изменения входа"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"


class AddressChangeQuerySet(models.QuerySet):
    def pending(self, now: datetime.datetime) -> Self:
        return self.filter(confirmed_at__isnull=True, stopped_at__isnull=True, expires_at__gt=now)


class AddressChange(models.Model):
    """Another address to log in with: in force once the link that went there was followed."""

    user = models.ForeignKey(User, verbose_name="чей вход", on_delete=models.PROTECT, related_name="address_changes")
    email = models.EmailField("новый адрес")
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кем")
    asked_at = models.DateTimeField("когда")
    expires_at = models.DateTimeField("действует до")
    confirmed_at = models.DateTimeField("подтверждён", null=True)
    stopped_at = models.DateTimeField("отменён", null=True)
    notice = models.OneToOneField(
        Notice, verbose_name="сообщение", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "смена почты"
        verbose_name_plural = "смены почты"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=True, stopped_at__isnull=True),
                name="person_changes_one_address_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="address_change_expires_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(stopped_at__isnull=True),
                name="address_change_is_confirmed_or_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.email}"
