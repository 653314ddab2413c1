"""What is printed around a letter's text, who may sign it, and whether one clerk is enough for paper: all by date."""

from django.db import models

from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet


class Edition(models.TextChoices):
    """The edition of the layout standard."""

    R2016 = "2016", "ГОСТ Р 7.0.97-2016"
    R2025 = "2025", "ГОСТ Р 7.0.97-2025"


class Letterhead(Dated):
    """A letterhead (бланк); a letter copies it, so that an old letter keeps its own."""

    edition = models.CharField("стандарт", max_length=4, choices=Edition)
    body_above = models.CharField("вышестоящий орган", max_length=300)
    institution = models.TextField("наименование, по строкам")
    short_name = models.CharField("краткое наименование", max_length=150)
    reference = models.TextField("справочные данные, по строкам")

    recorded = Recorded(name=("short_name",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "бланк"
        verbose_name_plural = "бланки"

    def __str__(self) -> str:
        return f"{self.short_name}, с {self.since:%d.%m.%Y}"


class SigningAuthority(Dated):
    """Who may sign letters, as what, by which act and when (право подписи)."""

    person = models.ForeignKey("centers.Person", verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    post = models.CharField("должность, как в подписи", max_length=150)
    basis = models.CharField("основание", max_length=300)
    attorney_number = models.CharField(
        "номер МЧД", max_length=100, blank=True, help_text="машиночитаемой доверенности, если подписывают по ней"
    )
    key_name = models.SlugField("имя файла ключа", blank=True, help_text="без расширения; лежит в папке ключей сервера")

    gives_powers = True
    recorded = Recorded(name=("post",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "право подписи"
        verbose_name_plural = "права подписи"

    def __str__(self) -> str:
        return f"{self.post} {self.person.surname_first}, с {self.since:%d.%m.%Y}"


class SoleClerk(Dated):
    """The institution has one clerk: while it is in force, who uploaded an original may confirm it too."""

    basis = models.CharField("основание", max_length=300, help_text="Приказ, по которому так заведено: № и дата.")

    recorded = Recorded(name=("basis",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "разрешение одному загружать и подтверждать"
        verbose_name_plural = "подтверждение подлинников одним делопроизводителем"

    def __str__(self) -> str:
        return f"{self.basis}, с {self.since:%d.%m.%Y}"
