"""Lasting programmes of preparation, such as «Центр олимпиадной подготовки» with its online lessons."""

from typing import TYPE_CHECKING, Self

from django.db import models

from olympiad.models.season import Season, Subject
from rcro_portal.lib.changes.declared import Recorded

if TYPE_CHECKING:
    import datetime


class PrepProgramme(models.Model):
    name = models.CharField("название", max_length=300, unique=True)
    founded_on = models.DateField("создана")

    recorded = Recorded(name=("name",))

    class Meta:
        verbose_name = "программа подготовки"
        verbose_name_plural = "программы подготовки"

    def __str__(self) -> str:
        return self.name


class LessonQuerySet(models.QuerySet):
    def begun_between(self, since: "datetime.date", until: "datetime.date") -> Self:
        return self.filter(started_on__gte=since, started_on__lte=until)


class ProgrammeLesson(models.Model):
    """The online lessons of one subject in one season of a programme, with the people who took part."""

    programme = models.ForeignKey(
        PrepProgramme, verbose_name="программа", on_delete=models.PROTECT, related_name="lessons"
    )
    season = models.ForeignKey(Season, verbose_name="сезон", on_delete=models.PROTECT, related_name="lessons")
    subject = models.ForeignKey(Subject, verbose_name="предмет", on_delete=models.PROTECT, related_name="lessons")
    started_on = models.DateField("начало занятий")
    pupils = models.PositiveIntegerField("школьников", default=0)
    school_teachers = models.PositiveIntegerField("учителей", default=0)

    recorded = Recorded(part_of="programme", name=("subject__name",))
    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = "занятия программы"
        verbose_name_plural = "занятия программ"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "season", "subject"], name="subject_is_taught_once_a_season_in_a_programme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.season}"
