"""The register of outgoing letters: a counter per year, the blocks given to the portal, a row for every number."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from centers.models import Department, User
from rcro_portal.lib import search
from rcro_portal.lib.changes.declared import Recorded

# Offices of the Russian Federation; a register may name a later year of its own.
FIRST_YEAR = 1992


class RegisterMode(models.TextChoices):
    """Who gives the numbers of a register that letters of the whole house share."""

    WHOLE = "whole", "журнал ведёт портал"
    TYPED = "typed", "номер вносит делопроизводитель"
    BLOCK = "block", "порталу выделены номера"
    OWN = "own", "собственный ряд номеров"


class OutgoingRegister(models.Model):
    """A register (журнал исходящих)."""

    code = models.SlugField("код", unique=True)
    name = models.CharField("название", max_length=150)
    mode = models.CharField("порядок нумерации", max_length=20, choices=RegisterMode, default=RegisterMode.WHOLE)
    prefix = models.CharField("перед номером", max_length=20, blank=True)
    suffix = models.CharField("после номера", max_length=20, blank=True)
    first_year = models.PositiveSmallIntegerField(
        "с какого года ведётся",
        default=FIRST_YEAR,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text="Письмо из прежнего журнала не может быть старше: год раньше этого – опечатка.",
    )
    with_file_index = models.BooleanField("с индексом дела", default=False)
    letter_kinds = models.JSONField(
        "виды писем", default=list, blank=True, help_text="пусто: все, для которых нет своего журнала"
    )

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "журнал"
        verbose_name_plural = "журналы"

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> bool:
        """The portal counts these numbers itself, so that each of them has a row."""
        return self.mode in (RegisterMode.WHOLE, RegisterMode.OWN)

    def written(self, sequence: int, *, suffix: str = "", file_item: "FilePlanItem | None" = None) -> str:
        """The number as letters show it: «941», «01-12/941», «И-356», «941а»; a part that is missing is left out."""
        index = f"{file_item.index}/" if self.with_file_index and file_item else ""
        return f"{self.prefix}{index}{sequence}{suffix}{self.suffix}"


class FilePlanItem(models.Model):
    """A case of the year's nomenclature (номенклатура дел): its index may be part of the number."""

    year = models.PositiveSmallIntegerField("год")
    index = models.CharField("индекс", max_length=20)
    title = models.CharField("заголовок дела", max_length=300)
    storage = models.CharField("срок хранения", max_length=100, blank=True)
    department = models.ForeignKey(
        Department, verbose_name="отдел", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    recorded = Recorded(name=("index", "title"))

    class Meta:
        verbose_name = "дело по номенклатуре"
        verbose_name_plural = "номенклатура дел"
        constraints = [models.UniqueConstraint(fields=["year", "index"], name="case_has_its_index_once_a_year")]

    def __str__(self) -> str:
        return f"{self.index} {self.title}"


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

    recorded = Recorded(without=("last_sequence", "last_on"), part_of="register", name=("year",))

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


class NumberBlock(models.Model):
    """A range of an external register given to the portal; only ``numbering.take`` raises ``last_taken``."""

    register = models.ForeignKey(
        OutgoingRegister, on_delete=models.PROTECT, related_name="blocks", verbose_name="журнал"
    )
    year = models.PositiveSmallIntegerField("год")
    first_sequence = models.PositiveIntegerField("с номера")
    last_sequence = models.PositiveIntegerField("по номер")
    last_taken = models.PositiveIntegerField("последний выданный")
    note = models.CharField("кем и когда выделены", max_length=300, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто внёс")
    given_at = models.DateTimeField("когда внесено")

    recorded = Recorded(personal=("note",), without=("last_taken",), part_of="register", name=("first_sequence",))

    class Meta:
        verbose_name = "выделенные номера"
        verbose_name_plural = "выделенные номера"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_sequence__gte=F("first_sequence"), first_sequence__gte=1), name="block_holds_numbers"
            ),
            models.CheckConstraint(
                condition=Q(last_taken__gte=F("first_sequence") - 1, last_taken__lte=F("last_sequence")),
                name="block_gives_its_own_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.first_sequence}–{self.last_sequence}, {self.year}"


class Origin(models.TextChoices):
    """Where a row of the register comes from."""

    PORTAL = "portal", "письмо портала"
    PAPER = "paper", "бумажное письмо"
    IMPORTED = "imported", "из прежнего журнала"
    UNKNOWN = "unknown", "нет сведений"


class EntryStatus(models.TextChoices):
    REGISTERED = "registered", "Зарегистрирован"
    RESERVED = "reserved", "Зарезервирован"
    ANNULLED = "annulled", "Аннулирован"


class RegisterEntryQuerySet(models.QuerySet):
    def registered(self) -> "RegisterEntryQuerySet":
        return self.filter(status=EntryStatus.REGISTERED)

    def unexplained(self) -> "RegisterEntryQuerySet":
        """Numbers of which nobody has said to whom they went."""
        return self.registered().filter(Q(origin=Origin.UNKNOWN) | Q(origin=Origin.PAPER, addressee=""))

    def reserved(self) -> "RegisterEntryQuerySet":
        """Kept for a paper letter to come; a number typed for a letter of the portal is not among them."""
        return self.filter(status=EntryStatus.RESERVED, letter=None)

    def forgotten(self, day: datetime.date) -> "RegisterEntryQuerySet":
        """Reserved, and the term has passed."""
        return self.reserved().filter(reserved_until__lt=day)

    def matching(self, words: str) -> "RegisterEntryQuerySet":
        """Rows that hold what is asked for; the register has no column of search keys."""
        parts = [part for name in SEARCHED for part in (F(name), Value(" "))]
        found = self.alias(words=Concat(*parts, output_field=models.TextField()))
        return search.narrowed(found, words, texts=["words"])


SEARCHED = ("number", "addressee", "subject_line", "prepared_by", "note")


class RegisterEntry(models.Model):
    """A number, its day and what became of it. Rows are only added; an annulled number is never used again."""

    register = models.ForeignKey(
        OutgoingRegister, on_delete=models.PROTECT, related_name="entries", verbose_name="журнал"
    )
    year = models.PositiveSmallIntegerField("год")
    sequence = models.PositiveIntegerField("порядковый номер")
    suffix = models.CharField("суффикс", max_length=20, blank=True)
    number = models.CharField("номер, как в письме", max_length=50)
    registered_on = models.DateField("дата")
    status = models.CharField("состояние", max_length=20, choices=EntryStatus, default=EntryStatus.REGISTERED)
    letter = models.ForeignKey(
        "reports.Letter", verbose_name="письмо", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    origin = models.CharField("происхождение", max_length=20, choices=Origin, default=Origin.PORTAL)
    block = models.ForeignKey(
        NumberBlock, verbose_name="выделенные номера", null=True, on_delete=models.PROTECT, related_name="+"
    )
    file_item = models.ForeignKey(
        FilePlanItem, verbose_name="дело", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    addressee = models.CharField("кому", max_length=300, blank=True)
    subject_line = models.CharField("о чём", max_length=300, blank=True)
    prepared_by = models.CharField("исполнитель", max_length=150, blank=True)
    document_kind = models.CharField("вид документа", max_length=100, blank=True)
    sheets = models.PositiveSmallIntegerField("листов", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("экземпляров", null=True, blank=True)
    note = models.CharField("примечание", max_length=300, blank=True)
    reserved_until = models.DateField("зарезервирован до", null=True, blank=True)
    reserved_reason = models.CharField("для чего зарезервирован", max_length=300, blank=True)
    # By what anybody may check the paper that bears this number: the key, and the address as printed in a QR code.
    check_token = models.CharField("ключ проверки", max_length=64, unique=True, null=True, editable=False)
    check_url = models.CharField("адрес проверки, как напечатан", max_length=200, blank=True, editable=False)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="кто взял номер")
    annulled_at = models.DateTimeField("аннулирован", null=True)
    annulled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кем")
    annulled_reason = models.TextField("причина", blank=True)

    recorded = Recorded(
        # A letter may go to one person, and the note of a row of a former register says who signed.
        personal=("addressee", "prepared_by", "note"),
        without=("check_token", "check_url"),
        name=("number",),
    )
    objects = RegisterEntryQuerySet.as_manager()

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
                    status__in=[EntryStatus.REGISTERED, EntryStatus.RESERVED],
                    annulled_at__isnull=True,
                    annulled_by__isnull=True,
                    annulled_reason="",
                ),
                name="annulled_number_says_who_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(status=EntryStatus.RESERVED),
                name="letter_has_one_number_kept_for_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=EntryStatus.RESERVED) | Q(reserved_until__isnull=False) & ~Q(reserved_reason=""),
                name="reserved_number_says_for_what_and_until_when",
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="origin_of_a_number_is_known"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.registered_on:%d.%m.%Y}"

    @property
    def is_unexplained(self) -> bool:
        """As ``unexplained`` asks the database."""
        silent = self.origin == Origin.UNKNOWN or (self.origin == Origin.PAPER and not self.addressee)
        return self.status == EntryStatus.REGISTERED and silent
