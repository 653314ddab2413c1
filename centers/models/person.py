"""People, the departments of the institution and who holds which post there, by date."""

from django.db import models
from django.db.models import Q

from centers.models.rules import OnePostAtATime
from rcro_portal.lib import russian
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.phones import PhonesField
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.validity import Dated, DatedQuerySet


class Gender(models.TextChoices):
    MASCULINE = "m", "мужской"
    FEMININE = "f", "женский"


class PersonQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    pass


class Person(Archivable):
    """Whoever speaks, coordinates, signs or attends; only some of them log in.

    A row that was merged into another one stays in the archive: history and letters of that time name it.
    """

    surname = models.CharField("фамилия", max_length=150)
    given_name = models.CharField("имя", max_length=150)
    patronymic = models.CharField("отчество", max_length=150, blank=True)
    gender = models.CharField("пол", max_length=1, choices=Gender)
    email = models.EmailField("электронная почта", blank=True)
    phone = PhonesField("телефон", max_length=200, blank=True)
    search_key = SearchKeyField("surname", "given_name", "patronymic")
    sort_key = SortKeyField("surname", "given_name", "patronymic")

    recorded = Recorded(
        personal=("surname", "given_name", "patronymic", "gender", "email", "phone"),
        name=("surname", "given_name", "patronymic"),
    )
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        constraints = [*Archivable.Meta.constraints]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))

    @property
    def name_and_patronymic(self) -> str:
        """As one speaks of or to them: «Мадина Олеговна»; without a patronymic in full, «Амина Каримова»."""
        if russian.is_initial(self.given_name):
            return self.initials_first
        return f"{self.given_name} {self.patronymic or self.surname}"

    @property
    def initials_first(self) -> str:
        """As in the signature of a letter: «Н.П. Лыжина»."""
        return russian.initials_first(self.surname, self.given_name, self.patronymic)

    @property
    def surname_first(self) -> str:
        """As in lists and addresses: «Лыжина Н.П.»."""
        return russian.surname_first(self.surname, self.given_name, self.patronymic)


class Department(models.Model):
    name = models.CharField("название", max_length=150, unique=True)
    name_genitive = models.CharField("родительный падеж", max_length=150, help_text="«отдела …»")
    name_instrumental = models.CharField("творительный падеж", max_length=150, help_text="проведён «отделом …»")

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "отдел"
        verbose_name_plural = "отделы"

    def __str__(self) -> str:
        return self.name


class Duty(models.TextChoices):
    """What a post gives the right to do in the portal."""

    METHODIST = "methodist", "методист"
    HEAD = "head", "начальник отдела"
    CLERK = "clerk", "делопроизводитель"
    DIRECTOR = "director", "директор"


class StaffPost(Dated):
    """Who works where, as what and since when."""

    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, verbose_name="отдел", on_delete=models.PROTECT, related_name="posts")
    duty = models.CharField("обязанность", max_length=20, choices=Duty)
    title = models.CharField("должность, как в письме", max_length=300)

    gives_powers = True
    rules = (OnePostAtATime(),)
    recorded = Recorded(part_of="person", name=("title",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "должность"
        verbose_name_plural = "должности"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "department", "duty"],
                condition=Q(until__isnull=True),
                name="person_holds_a_post_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.surname_first}, {self.title}"
