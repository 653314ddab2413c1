"""Prep sessions (смены): events with subjects, grades, lecturers and their degrees."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from centers.models import Municipality, User
from events.models import Event
from events.models.event import EventStatus
from olympiad.models.season import Season, Subject
from rcro_portal.lib.changes.declared import Recorded

if TYPE_CHECKING:
    import datetime


class SessionKind(models.TextChoices):
    INTENSIVE = "intensive", "смена-интенсив"
    PROFILE_SESSION = "profile_session", "профильная смена"
    PROJECT_SESSION = "project_session", "проектная смена"
    TRAINING = "training", "тренинг"


class PrepSessionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(event__in=Event.objects.visible_to(user))

    def not_cancelled(self) -> Self:
        return self.exclude(event__status=EventStatus.CANCELLED)

    def begun_between(self, since: "datetime.date", until: "datetime.date") -> Self:
        """Sessions that were held and began in the period, both days included (dates in Asia/Tomsk)."""
        return self.not_cancelled().filter(event__starts_at__date__gte=since, event__starts_at__date__lte=until)


class PrepSession(models.Model):
    """Counts are people of this session; somebody who came to two sessions counts twice over both."""

    event = models.OneToOneField(
        Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="prep_session"
    )
    season = models.ForeignKey(Season, verbose_name="сезон", on_delete=models.PROTECT, related_name="sessions")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="где проходит",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
        help_text="Пусто: смена онлайн.",
    )
    kind = models.CharField("вид смены", max_length=20, choices=SessionKind)
    subjects = models.ManyToManyField(Subject, verbose_name="предметы", blank=True, related_name="sessions")
    grades = models.CharField("классы", max_length=50, blank=True)
    pupils = models.PositiveIntegerField("обучающихся", default=0)
    educators = models.PositiveIntegerField("педагогов", default=0)
    lecturers = models.PositiveIntegerField("преподавателей", default=0)
    doctors = models.PositiveIntegerField("из них докторов наук", default=0)
    candidates = models.PositiveIntegerField("из них кандидатов наук", default=0)

    recorded = Recorded(part_of="event", name=("event__topic",))
    objects = PrepSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "смена"
        verbose_name_plural = "смены"
        constraints = [
            models.CheckConstraint(
                condition=Q(lecturers__gte=F("doctors") + F("candidates")), name="degrees_do_not_exceed_lecturers"
            )
        ]

    def __str__(self) -> str:
        return self.event.topic
