"""How far the mailbox of bounces was read, and why it cannot be."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    import datetime


class MailboxReading(models.Model):
    """One mailbox. ``last_number`` is the UID of the last message read; whether people have opened one says nothing."""

    mailbox = models.CharField("ящик", max_length=400, unique=True)
    numbering = models.PositiveBigIntegerField("нумерация (UIDVALIDITY)", default=0)
    last_number = models.PositiveBigIntegerField("прочитано до (UID)", default=0)
    read_at = models.DateTimeField("прочитан", null=True)
    trouble = models.TextField("почему не читается", blank=True)
    troubled_at = models.DateTimeField("не читается с", null=True)

    class Meta:
        verbose_name = "чтение ящика уведомлений"
        verbose_name_plural = "чтение ящика уведомлений"
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="", troubled_at__isnull=True) | ~Q(trouble="") & Q(troubled_at__isnull=False),
                name="mailbox_trouble_says_since_when",
            )
        ]

    def __str__(self) -> str:
        return str(self.mailbox)

    @classmethod
    def of_mailbox(cls, mailbox: str) -> Self:
        return cls.objects.get_or_create(mailbox=mailbox)[0]

    def begin(self, numbering: int) -> int:
        """The number after which to read: from the beginning where the server has numbered its messages anew."""
        if self.numbering != numbering:
            self.numbering, self.last_number = numbering, 0
            self.save(update_fields=["numbering", "last_number"])
        return self.last_number

    def move_to(self, number: int) -> None:
        self.last_number = number
        self.save(update_fields=["last_number"])

    def went_well(self, at: "datetime.datetime") -> None:
        self.read_at, self.trouble, self.troubled_at = at, "", None
        self.save(update_fields=["read_at", "trouble", "troubled_at"])

    def failed(self, words: str, at: "datetime.datetime") -> None:
        """Since the first of the failures that follow each other."""
        self.trouble, self.troubled_at = words, self.troubled_at or at
        self.save(update_fields=["trouble", "troubled_at"])
