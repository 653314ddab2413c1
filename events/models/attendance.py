"""Who registered for an event and who was there, and every change of that."""

from typing import Self

from django.db import models
from django.db.models import Q

from centers.models import Center, Municipality, Organization, Person, User
from events.models.event import Event
from events.models.participant_count import Category
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.transitions import Act, Change


class Capacity(models.TextChoices):
    """In what capacity somebody takes part."""

    COORDINATOR = "coordinator", "координатор РВЦИ"
    REPRESENTATIVE = "representative", "представитель вместо координатора"
    SPEAKER = "speaker", "выступающий"
    GUEST = "guest", "гость"
    PARTICIPANT = "participant", "участник"


class Presence(models.TextChoices):
    REGISTERED = "registered", "заявлен на участие"
    PRESENT = "present", "участвует"
    ABSENT = "absent", "отсутствует"
    WAITING = "waiting", "в листе ожидания"
    WITHDRAWN = "withdrawn", "участие отозвано"


# Who takes a seat of an event to come.
SEATED = (Presence.REGISTERED, Presence.PRESENT)


class AttendanceQuerySet(models.QuerySet):
    def present(self) -> Self:
        return self.filter(presence=Presence.PRESENT)

    def named(self) -> Self:
        """With who they are, by name."""
        return self.select_related("person", "center__organization").order_by("person__sort_key", "pk")

    def registered(self) -> Self:
        """Who said beforehand that they would come, whether they came or not."""
        return self.filter(registered_at__isnull=False)

    def seated(self) -> Self:
        """Who takes a seat of an event to come."""
        return self.filter(presence__in=SEATED)

    def waiting(self) -> Self:
        """Who wants a seat where there is none, the first first."""
        return self.filter(presence=Presence.WAITING).order_by("waiting_since", "pk")

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
    registered_at = models.DateTimeField("заявлен", null=True, blank=True)
    waiting_since = models.DateTimeField("в листе ожидания с", null=True, blank=True)
    category = models.CharField("категория", max_length=20, choices=Category, blank=True)
    post = models.CharField("должность", max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name="организация", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name="муниципалитет", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    recorded = Recorded(part_of="event")
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
            models.CheckConstraint(
                condition=~Q(presence=Presence.REGISTERED) | Q(registered_at__isnull=False),
                name="who_registered_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(presence=Presence.WAITING) | Q(waiting_since__isnull=False),
                name="who_waits_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(category="") | Q(category__in=[Category.EDUCATOR, Category.PARENT, Category.OTHER]),
                name="pupils_and_teams_are_not_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.surname_first}: {self.get_presence_display()}"

    @property
    def is_present(self) -> bool:
        return self.presence == Presence.PRESENT

    @property
    def is_waiting(self) -> bool:
        return self.presence == Presence.WAITING


class AttendanceChange(Change):
    """One change of one mark. ``about`` names the person and the centre as they were called then."""

    event = models.ForeignKey(
        Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="attendance_changes"
    )
    about = models.CharField("о ком", max_length=1000)

    class Meta:
        verbose_name = "изменение отметки"
        verbose_name_plural = "изменения отметок"
        indexes = [models.Index(fields=["event", "at"], name="attendance_changes_of_an_event")]
        constraints = [
            models.CheckConstraint(
                condition=Q(act=Act.INSERT, before__isnull=True, after__isnull=False)
                | Q(act=Act.UPDATE, before__isnull=False, after__isnull=False)
                | Q(act=Act.DELETE, before__isnull=False, after__isnull=True),
                name="attendance_change_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.was} → {self.became}"

    @property
    def was(self) -> str:
        return _mark(self.before)

    @property
    def became(self) -> str:
        return _mark(self.after)


def _mark(columns: dict[str, str] | None) -> str:
    """«участвует (представитель вместо координатора)»."""
    if columns is None:
        return "отметки не было"
    presence, capacity = Presence(columns["presence"]), Capacity(columns["capacity"])
    return f"{presence.label} ({capacity.label})" if presence == Presence.PRESENT else str(presence.label)
