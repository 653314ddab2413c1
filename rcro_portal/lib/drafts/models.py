"""The rows of a draft: its text, figures that it quotes, enclosures, and the versions it went through.

Abstract; each app has its own tables.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class DraftText(models.Model):
    """A text that an editor saves: its version, and who saved it last."""

    # Raised by every save of the editor: who saves an older version is told, and nobody's text is lost.
    version = models.PositiveIntegerField("версия", default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="изменено", on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("когда изменено")

    class Meta:
        abstract = True

    @property
    def edited(self) -> str:
        """«Белозёрова О.И., 14:05»."""
        return f"{self.edited_by.person.surname_first}, {timezone.localtime(self.edited_at):%H:%M}"


class GrammaticalCase(models.TextChoices):
    NOMINATIVE = "nominative", "кто? что?"
    GENITIVE = "genitive", "кого? чего?"
    DATIVE = "dative", "кому? чему?"
    ACCUSATIVE = "accusative", "кого? что?"
    INSTRUMENTAL = "instrumental", "кем? чем?"
    PREPOSITIONAL = "prepositional", "о ком? о чём?"


class QuotedFigure(models.Model):
    """A figure that a text quotes by its name in double square brackets.

    A query of the registry counts it; one that no query gives («более 350 школьников») is typed and names its source.
    """

    name = models.CharField("название в тексте", max_length=150)
    query = models.CharField("показатель", max_length=50, blank=True)
    parameters = models.JSONField("параметры", default=dict)
    case = models.CharField("падеж", max_length=20, choices=GrammaticalCase, default=GrammaticalCase.NOMINATIVE)
    typed = models.CharField("словами", max_length=300, blank=True)
    source = models.CharField("источник", max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(query="") & Q(typed="", source="") | Q(query="") & ~Q(typed="") & ~Q(source=""),
                name="%(class)s_is_counted_or_says_its_source",
            )
        ]

    def __str__(self) -> str:
        return self.name


# What a copy of a figure takes over.
QUOTED = ("name", "query", "parameters", "case", "typed", "source")

# What a copy of an enclosure takes over.
ENCLOSED = (
    *("position", "title", "file_name", "digest", "size", "media_type"),
    *("sheets", "copies", "pages", "sheets_confirmed"),
)


class Enclosure(models.Model):
    """A file that goes with a letter (приложение); its bytes lie in the store under their digest."""

    position = models.PositiveSmallIntegerField("порядок")
    title = models.CharField("название", max_length=300)
    file_name = models.CharField("имя файла", max_length=150)
    digest = models.CharField("sha256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")
    media_type = models.CharField("тип", max_length=100)
    sheets = models.PositiveSmallIntegerField("листов")
    copies = models.PositiveSmallIntegerField("экземпляров", default=1)
    # The file's own count: pages of a PDF, what the program that wrote a DOCX says; none where the file says nothing.
    pages = models.PositiveSmallIntegerField("страниц в файле", null=True, blank=True)
    sheets_confirmed = models.BooleanField("листы проверены", default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """A text as one save left it: all that its editor holds.

    An ``aside`` is the text of somebody who lost a race: kept to be compared, never current.
    """

    version = models.PositiveIntegerField("версия")
    page = models.JSONField("что было на странице")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    aside = models.BooleanField("в стороне", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"версия {self.version}, {self.at:%d.%m.%Y %H:%M}"
