"""The periods for which centres write technical assignments: a school year or a calendar year."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from centers.models import Department
from events.models.assignment_rules import AssignmentPeriodOfAYearAtMost, OneAssignmentPeriodAtATime
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet


class AssignmentPeriodQuerySet(DatedQuerySet):
    def nearest(self, day: datetime.date) -> Any:
        """The one in force that day, else the last that has begun, else the first to come, if there is any."""
        begun = self.filter(since__lte=day).order_by("-since").first()
        return begun or self.order_by("since").first()

    def newest_first(self) -> Self:
        return self.order_by("-since", "-pk")


class AssignmentPeriod(Dated):
    """Период технических заданий. Each centre with the status writes one assignment for it."""

    title = models.CharField("название", max_length=150, unique=True, help_text="Например: 2026/27 учебный год.")
    due_on = models.DateField("сдать до", help_text="Последний день, когда центры направляют задания на согласование.")
    department = models.ForeignKey(
        Department, verbose_name="отдел, который согласует", on_delete=models.PROTECT, related_name="+"
    )

    rules = (OneAssignmentPeriodAtATime(), AssignmentPeriodOfAYearAtMost())
    recorded = Recorded(name=("title",))
    objects = AssignmentPeriodQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "период технических заданий"
        verbose_name_plural = "периоды технических заданий"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=False),
                name="period_of_assignments_has_an_end",
                violation_error_message="Назовите последний день периода.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def months(self) -> list[datetime.date]:
        """The first days of its months, in order."""
        assert self.until
        first, found = self.since.replace(day=1), []
        while first <= self.until:
            found.append(first)
            first = (first + datetime.timedelta(days=31)).replace(day=1)
        return found
