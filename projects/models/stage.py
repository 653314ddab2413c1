"""Stages of a network project: their terms, how far each has come and what came of it."""

import datetime
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from projects.models.project import NetworkProject
from projects.models.rules import StageWithinTheProject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet

DONE = 100


class StageQuerySet(DatedQuerySet):
    def standing(self) -> Self:
        """Not dropped."""
        return self.filter(is_dropped=False)

    def overdue_on(self, day: datetime.date) -> Self:
        """The term is over and something is left to do."""
        return self.standing().filter(until__lt=day, progress__lt=DONE)


class ProjectStage(Dated):
    """Its state is not stored: it follows from progress and term, so that neither can contradict it."""

    project = models.ForeignKey(NetworkProject, on_delete=models.CASCADE, related_name="stages", verbose_name="проект")
    title = models.CharField("этап", max_length=300)
    until = models.DateField("по")
    progress = models.PositiveSmallIntegerField("выполнено, %", default=0, validators=[MaxValueValidator(DONE)])
    is_dropped = models.BooleanField("отменён", default=False)
    result = models.TextField("что получилось", blank=True)

    rules = (StageWithinTheProject(),)
    recorded = Recorded(part_of="project", name=("title",))
    objects = StageQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "этап проекта"
        verbose_name_plural = "этапы проекта"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(progress__lte=DONE),
                name="stage_is_done_at_one_hundred_percent",
                violation_error_message="Выполнено не больше 100 %.",
            ),
            models.UniqueConstraint(
                fields=["project", "title", "since"],
                name="stage_begins_in_a_project_once",
                violation_error_message="Такой этап с этого дня уже внесён.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def state_on(self, day: datetime.date) -> tuple[str, str]:
        """The tone and the words of its state on the day."""
        if self.is_dropped:
            return "neutral", "Отменён"
        if self.progress == DONE:
            return "good", "Выполнен"
        if self.until < day:
            return "bad", "Просрочен"
        return ("calm", "Идёт") if self.progress or self.since <= day else ("neutral", "Не начат")
