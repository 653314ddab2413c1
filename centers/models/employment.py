"""Where people work outside the institution, by days."""

from django.db import models
from django.db.models import Q

from centers.models.organization import Organization
from centers.models.person import Person
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet


class Employment(Dated):
    """Somebody's post in an organisation of the region; it gives no right in the portal."""

    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="employments")
    organization = models.ForeignKey(
        Organization, verbose_name="организация", on_delete=models.PROTECT, related_name="employments"
    )
    title = models.CharField("должность, как в письме", max_length=300)

    recorded = Recorded(part_of="person", name=("title",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "место работы"
        verbose_name_plural = "места работы"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "organization", "title"],
                condition=Q(until__isnull=True),
                name="person_works_in_a_place_once_at_a_time",
                violation_error_message="Это место работы уже есть и не прекращено.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organization}"
