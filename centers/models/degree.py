"""Scientific degrees of people, by days: who lectures at a session is counted by the degree held then."""

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from centers.models.person import Person
from centers.models.rules import OneDegreeAtATime
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet


class DegreeRank(models.TextChoices):
    """The two of Федеральный закон № 127-ФЗ of 23.08.1996, ст. 4, the higher first."""

    DOCTOR = "doctor", "доктор наук"
    CANDIDATE = "candidate", "кандидат наук"


class Degree(Dated):
    """``since``: the day of the decision; ``science``: «физико-математических», as after «доктор»."""

    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="degrees")
    rank = models.CharField("степень", max_length=20, choices=DegreeRank)
    science = models.CharField("каких наук", max_length=100, blank=True, help_text="Например: физико-математических.")

    rules = (OneDegreeAtATime(),)
    recorded = Recorded(part_of="person", name=("rank",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "учёная степень"
        verbose_name_plural = "учёные степени"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rank__in=DegreeRank.values),
                name="rank_of_a_degree_is_known",
                violation_error_message="Степень – доктор или кандидат наук.",
            ),
        ]

    def __str__(self) -> str:
        """«доктор физико-математических наук»."""
        rank, sciences = self.get_rank_display().split()
        return " ".join(filter(None, (rank, self.science, sciences)))


def highest(degrees: Iterable[Degree], day: datetime.date) -> Degree | None:
    """Of the degrees of one person the highest one held on the day: a doctor is counted as no candidate."""
    held = [degree for degree in degrees if degree.is_in_force_on(day)]
    return min(held, key=lambda degree: (DegreeRank.values.index(degree.rank), degree.since), default=None)
