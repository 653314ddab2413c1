"""Stages of a network project: their terms, how far each has come and what came of it."""

import datetime
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

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

    def outside_their_projects(self) -> Self:
        """Begun before the project or lasting longer than it."""
        return self.filter(Q(since__lt=F("project__since")) | Q(until__gt=F("project__until")))


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
            models.CheckConstraint(condition=Q(progress__lte=DONE), name="stage_is_done_at_one_hundred_percent"),
            models.UniqueConstraint(fields=["project", "title", "since"], name="stage_begins_in_a_project_once"),
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
        return ("wait", "Идёт") if self.progress or self.since <= day else ("neutral", "Не начат")


def outside(project: NetworkProject, since: datetime.date, until: datetime.date) -> dict[str, Any]:
    """What is wrong with a stage's term beside its project's, by the columns of the stage; nothing where it fits."""
    found = {}
    if since < project.since:
        found["since"] = f"Проект начат {project.since:%d.%m.%Y}: этап не может начаться раньше."
    if project.until and until > project.until:
        found["until"] = f"Проект идёт до {project.until:%d.%m.%Y}: этап не может кончиться позже."
    return found
