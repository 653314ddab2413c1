"""Where people work outside the institution, by days."""

from django.db import models

from centers.models.organization import Organization
from centers.models.person import Person
from centers.models.rules import OnePlaceAtATime
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet


class Employment(Dated):
    """Somebody's post in an organisation of the region; it gives no right in the portal."""

    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="employments")
    organization = models.ForeignKey(
        Organization, verbose_name="организация", on_delete=models.PROTECT, related_name="employments"
    )
    title = models.CharField("должность, как в письме", max_length=300)

    rules = (OnePlaceAtATime(),)
    recorded = Recorded(part_of="person", name=("title",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "место работы"
        verbose_name_plural = "места работы"
        constraints = [
            *Dated.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organization}"
