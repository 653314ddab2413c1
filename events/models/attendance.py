"""Who registered for an event and who was there."""

from typing import Self

from django.db import models
from django.db.models import Q

from centers.models import Center, Person, User
from events.models.event import Event


class Capacity(models.TextChoices):
    """In what capacity somebody takes part."""

    COORDINATOR = "coordinator", "координатор РВЦИ"
    REPRESENTATIVE = "representative", "представитель вместо координатора"
    SPEAKER = "speaker", "выступающий"
    GUEST = "guest", "гость"


class Presence(models.TextChoices):
    REGISTERED = "registered", "заявлен на участие"
    PRESENT = "present", "участвует"
    ABSENT = "absent", "отсутствует"


class AttendanceQuerySet(models.QuerySet):
    def present(self) -> Self:
        return self.filter(presence=Presence.PRESENT)

    def coordinators(self) -> Self:
        return self.filter(capacity=Capacity.COORDINATOR)


class Attendance(models.Model):
    event = models.ForeignKey(Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="attendances")
    center = models.ForeignKey(
        Center, verbose_name="РВЦИ", null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    capacity = models.CharField("в качестве", max_length=20, choices=Capacity)
    presence = models.CharField("участие", max_length=20, choices=Presence)
    marked_by = models.ForeignKey(User, verbose_name="отметка", on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField("отмечено")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "участие"
        verbose_name_plural = "участие"
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="person_attends_an_event_once"),
            models.CheckConstraint(
                condition=~Q(capacity__in=[Capacity.COORDINATOR, Capacity.REPRESENTATIVE]) | Q(center__isnull=False),
                name="who_stands_for_a_center_names_it",
            ),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="presence_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person.surname_first}: {self.get_presence_display()}"
