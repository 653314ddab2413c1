"""The journal of outgoing letters: a counter per year and a row for every number."""

from django.db import models
from django.db.models import F, Q

from centers.models import User


class OutgoingRegister(models.Model):
    """A journal (журнал исходящих)."""

    code = models.SlugField("код", unique=True)
    name = models.CharField("название", max_length=150)

    class Meta:
        verbose_name = "журнал"
        verbose_name_plural = "журналы"

    def __str__(self) -> str:
        return self.name


class RegisterYear(models.Model):
    """The counter of one year. Only ``numbering.take`` raises it."""

    register = models.ForeignKey(
        OutgoingRegister, on_delete=models.PROTECT, related_name="years", verbose_name="журнал"
    )
    year = models.PositiveSmallIntegerField("год")
    first_sequence = models.PositiveIntegerField("первый номер в портале", default=1)
    last_sequence = models.PositiveIntegerField("последний выданный номер", default=0)
    last_on = models.DateField("дата последнего номера", null=True, blank=True)
    opening_note = models.CharField("почему не с первого", max_length=300, blank=True)

    class Meta:
        verbose_name = "год журнала"
        verbose_name_plural = "годы журналов"
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="register_counts_a_year_once"),
            models.CheckConstraint(
                condition=Q(last_sequence__gte=F("first_sequence") - 1), name="register_never_counts_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register}, {self.year}"


class EntryStatus(models.TextChoices):
    REGISTERED = "registered", "Зарегистрирован"
    ANNULLED = "annulled", "Аннулирован"


class RegisterEntry(models.Model):
    """A number, its day and what became of it. Rows are only added; an annulled number is never used again."""

    register = models.ForeignKey(
        OutgoingRegister, on_delete=models.PROTECT, related_name="entries", verbose_name="журнал"
    )
    year = models.PositiveSmallIntegerField("год")
    sequence = models.PositiveIntegerField("порядковый номер")
    suffix = models.CharField("суффикс", max_length=10, blank=True)
    number = models.CharField("номер, как в письме", max_length=50)
    registered_on = models.DateField("дата")
    status = models.CharField("состояние", max_length=20, choices=EntryStatus, default=EntryStatus.REGISTERED)
    letter = models.ForeignKey(
        "reports.Letter", verbose_name="письмо", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    addressee = models.CharField("кому", max_length=300)
    subject_line = models.CharField("о чём", max_length=300)
    prepared_by = models.CharField("исполнитель", max_length=150)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто взял номер")
    annulled_at = models.DateTimeField("аннулирован", null=True)
    annulled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кем")
    annulled_reason = models.TextField("причина", blank=True)

    class Meta:
        verbose_name = "строка журнала"
        verbose_name_plural = "строки журнала"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "sequence", "suffix"], name="number_is_given_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(status=EntryStatus.REGISTERED),
                name="letter_has_one_number_that_counts",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=EntryStatus.ANNULLED, annulled_at__isnull=False, annulled_by__isnull=False)
                    & ~Q(annulled_reason="")
                )
                | Q(
                    status=EntryStatus.REGISTERED,
                    annulled_at__isnull=True,
                    annulled_by__isnull=True,
                    annulled_reason="",
                ),
                name="annulled_number_says_who_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.registered_on:%d.%m.%Y}"
