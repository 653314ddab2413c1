"""What is done at an event, part by part, and what people get of it: texts, slides, the recording."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from centers.models import Organization, Person
from events.models.event import Event
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.uploads import WithFile


class ProgrammeItem(models.Model):
    """One part of the programme. Who speaks is a person of the register, or two together, an organisation, or words;
    or nobody."""

    event = models.ForeignKey(Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="programme")
    day = models.DateField("день", null=True, blank=True, help_text="Только если мероприятие идёт несколько дней.")
    starts_at = models.TimeField("начало", null=True, blank=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    title = models.CharField("что", max_length=300)
    speaker = models.ForeignKey(
        Person, verbose_name="кто выступает", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    with_speaker = models.ForeignKey(
        Person, verbose_name="вместе с кем", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name="организация",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Если выступает организация, а кто от неё – ещё не известно.",
    )
    others = models.CharField(
        "кто ещё, словами", max_length=300, blank=True, help_text="Гости, которых нет в портале, с должностью."
    )

    recorded = Recorded(personal=("others",), part_of="event", name=("title",))

    class Meta:
        verbose_name = "пункт программы"
        verbose_name_plural = "программа"
        constraints = [
            models.CheckConstraint(
                condition=Q(with_speaker__isnull=True) | Q(speaker__isnull=False) & ~Q(with_speaker=F("speaker")),
                name="two_who_speak_together_are_two",
                violation_error_message="Вместе выступают двое: назовите обоих, и разных.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def people(self) -> list[Person]:
        """Of the register; read with both relations."""
        return [one for one in (self.speaker, self.with_speaker) if one]

    @property
    def hour(self) -> str:
        """«15:00», «02.03.2026, 15:00»."""
        day = f"{self.day:%d.%m.%Y}" if self.day else ""
        return ", ".join(filter(None, (day, f"{self.starts_at:%H:%M}" if self.starts_at else "")))


class Openness(models.TextChoices):
    """Who sees a material, beside the institution's staff."""

    ALL = "all", "все, кто видит мероприятие"
    REGISTERED = "registered", "заявленные и участники"
    STAFF = "staff", "только сотрудники института"


class MaterialQuerySet(models.QuerySet):
    def open_to(self, *, office: bool, comes: bool) -> Self:
        """``comes``: somebody of this person's centre is to come or was there."""
        if office:
            return self.all()
        return self.filter(openness__in=[Openness.ALL, *([Openness.REGISTERED] if comes else [])])

    def added_on(self, day: datetime.date) -> Self:
        """What those who were there have not seen before that day."""
        return self.open_to(office=False, comes=True).filter(added_at__date=day)


class Material(WithFile):
    """A file or a link: a text to read beforehand, slides, the recording."""

    event = models.ForeignKey(Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="materials")
    title = models.CharField("название", max_length=300)
    link = models.URLField("ссылка", max_length=500, blank=True)
    openness = models.CharField("кто видит", max_length=20, choices=Openness, default=Openness.ALL)
    # Of what is older nobody was told apart.
    added_at = models.DateTimeField("когда появилось", null=True, editable=False)

    recorded = Recorded(untold=("digest", "media_type", "added_at"), part_of="event", name=("title",))
    objects = MaterialQuerySet.as_manager()

    class Meta(WithFile.Meta):
        verbose_name = "материал"
        verbose_name_plural = "материалы"
        constraints = [
            *WithFile.Meta.constraints,
            models.CheckConstraint(condition=Q(openness__in=Openness.values), name="openness_of_material_is_known"),
            models.CheckConstraint(
                condition=(Q(link="") & ~Q(digest="")) | (~Q(link="") & Q(digest="")),
                name="material_is_a_file_or_a_link",
                violation_error_message="Нужно одно из двух: файл или ссылка.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
