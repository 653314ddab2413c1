"""What was changed about how somebody gets in, whom it was told, and an address that is being changed."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from centers.models.mailed import Mailed
from centers.models.user import User


class ChangeKind(models.TextChoices):
    """The label is read in the account's history and is the subject of the message."""

    PASSWORD_CHANGED = "password", "Пароль изменён"
    PASSWORD_RESET = "password_reset", "Пароль задан заново по ссылке из письма"
    FACTOR_ON = "factor_on", "Второй фактор подключён"
    FACTOR_OFF = "factor_off", "Второй фактор отключён"
    FACTOR_RESET = "factor_reset", "Второй фактор сброшен"
    CODES_MADE = "codes", "Выпущены новые коды восстановления"
    ADDRESS_ASKED = "address_asked", "Начата смена почты для входа"
    ADDRESS_STOPPED = "address_stopped", "Смена почты для входа отменена"
    ADDRESS_CHANGED = "address", "Почта для входа изменена"
    SESSIONS_ENDED = "sessions", "Администратор завершил все сеансы"
    KEY_GUESSED = "key_guessed", "Пароль ключа подписи пять раз не подошёл"
    CLOSED = "closed", "Вход в портал закрыт"
    OPENED = "opened", "Вход в портал открыт"
    MADE_ADMINISTRATOR = "administrator", "Дано право администратора"
    UNMADE_ADMINISTRATOR = "not_administrator", "Снято право администратора"


class AccountChange(models.Model):
    """One act on an account, written once; ``by`` is empty for the server and for whoever followed a link."""

    user = models.ForeignKey(User, verbose_name="чей вход", on_delete=models.PROTECT, related_name="account_changes")
    kind = models.CharField("что", max_length=20, choices=ChangeKind.choices)
    by = models.ForeignKey(User, verbose_name="кто", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    note = models.TextField("примечание", blank=True)

    class Meta:
        verbose_name = "изменение входа"
        verbose_name_plural = "изменения входа"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"


class NoticeQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        return self.filter(sent_at__isnull=True, failure="", next_try_at__lte=now)


class Notice(Mailed):
    """A message to one address about one act: the row is the queue."""

    change = models.ForeignKey(AccountChange, verbose_name="о чём", on_delete=models.PROTECT, related_name="notices")
    to = models.EmailField("на какой адрес")
    next_try_at = models.DateTimeField("отправить не раньше")
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    sent_at = models.DateTimeField("отправлено", null=True)
    failure = models.TextField("почему не отправлено", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta(Mailed.Meta):
        verbose_name = "сообщение об изменении входа"
        verbose_name_plural = "сообщения об изменениях входа"
        constraints = [
            *Mailed.Meta.constraints,
            models.UniqueConstraint(fields=["change", "to"], name="address_is_told_of_a_change_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failure=""), name="notice_that_was_sent_has_not_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change}, {self.to}"


class AddressChangeQuerySet(models.QuerySet):
    def pending(self, now: datetime.datetime) -> Self:
        return self.filter(confirmed_at__isnull=True, stopped_at__isnull=True, expires_at__gt=now)


class AddressChange(Mailed):
    """Another address to log in with: in force once the link that went there was followed."""

    user = models.ForeignKey(User, verbose_name="чей вход", on_delete=models.PROTECT, related_name="address_changes")
    email = models.EmailField("новый адрес")
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кем")
    asked_at = models.DateTimeField("когда")
    expires_at = models.DateTimeField("действует до")
    confirmed_at = models.DateTimeField("подтверждён", null=True)
    stopped_at = models.DateTimeField("отменён", null=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta(Mailed.Meta):
        verbose_name = "смена почты"
        verbose_name_plural = "смены почты"
        constraints = [
            *Mailed.Meta.constraints,
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
