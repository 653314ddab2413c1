"""A letter that is written freely: its text, to whom it goes, its figures, appendices and revisions."""

from django.db import models
from django.db.models import Q

from centers.models import Organization, Person
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.drafts.models import DraftText, Enclosure, QuotedFigure, Revision
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from reports.models.letter import Letter


class DistributionList(Archivable):
    """A saved list of organisations and people that letters go to (указатель рассылки)."""

    name = models.CharField("название", max_length=150, unique=True)
    addressee = models.TextField("адресат на бланке", help_text="в дательном падеже: «Руководителям …»")
    organizations = models.ManyToManyField(Organization, verbose_name="организации", related_name="+", blank=True)
    people = models.ManyToManyField(Person, verbose_name="люди", related_name="+", blank=True)

    recorded = Recorded(name=("name",))
    objects = ArchivableQuerySet.as_manager()

    class Meta:
        verbose_name = "указатель рассылки"
        verbose_name_plural = "указатели рассылки"
        constraints = [*Archivable.Meta.constraints]

    def __str__(self) -> str:
        return self.name


class Audience(models.TextChoices):
    """To whom a letter goes."""

    CENTERS = "centers", "всем РВЦИ"
    CHOSEN = "chosen", "выбранным адресатам"
    LIST = "list", "по указателю рассылки"


class Manuscript(DraftText):
    """The text of a letter that no outcome writes; edited while the letter is a draft."""

    letter = models.OneToOneField(Letter, verbose_name="письмо", on_delete=models.CASCADE, related_name="manuscript")
    audience = models.CharField("кому направить", max_length=20, choices=Audience, default=Audience.CENTERS)
    distribution_list = models.ForeignKey(
        DistributionList,
        verbose_name="указатель рассылки",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    addressee = models.TextField("адресат", blank=True)
    salutation = models.CharField("обращение", max_length=300, blank=True)
    body = models.TextField("текст", blank=True)
    closing = models.CharField("заключительная фраза", max_length=150, blank=True)
    reply_to_number = models.CharField("на №", max_length=50, blank=True)
    reply_to_on = models.DateField("от", null=True, blank=True)

    class Meta:
        verbose_name = "текст письма"
        verbose_name_plural = "тексты писем"
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="audience_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, версия {self.version}"


class Addressee(models.Model):
    """One addressee as printed, in the dative, and where the message goes."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.CASCADE, related_name="addressees")
    position = models.PositiveSmallIntegerField("порядок")
    organization = models.ForeignKey(
        Organization, verbose_name="организация", null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, verbose_name="лицо", null=True, on_delete=models.PROTECT, related_name="+")
    lines = models.TextField("на бланке, в дательном падеже")
    email = models.EmailField("адрес почты", blank=True)

    class Meta:
        verbose_name = "адресат"
        verbose_name_plural = "адресаты"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organization"],
                condition=Q(person__isnull=True),
                name="letter_names_an_organization_once",
            ),
            models.UniqueConstraint(fields=["letter", "person"], name="letter_names_a_person_once"),
        ]

    def __str__(self) -> str:
        return self.lines.replace("\n", ", ")


class LetterFigure(QuotedFigure):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.CASCADE, related_name="figures")

    class Meta:
        verbose_name = "показатель в тексте письма"
        verbose_name_plural = "показатели в текстах писем"
        constraints = [
            *QuotedFigure.Meta.constraints,
            models.UniqueConstraint(fields=["letter", "name"], name="figure_of_a_letter_has_a_name_of_its_own"),
        ]


class LetterAppendix(Enclosure):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.CASCADE, related_name="appendices")

    class Meta:
        verbose_name = "приложение к письму"
        verbose_name_plural = "приложения к письмам"


class LetterRevision(Revision):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.CASCADE, related_name="revisions")

    class Meta:
        verbose_name = "редакция письма"
        verbose_name_plural = "редакции писем"
