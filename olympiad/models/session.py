"""Prep sessions (смены): events with subjects, grades, partners, lecturers with their degrees, and counts of people."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from centers.models import Municipality, Organization, Person, User
from events.models import Event
from events.models.event import EventStatus
from olympiad.models.rules import NamedAreCounted, PupilsAreCounted
from olympiad.models.season import Season, Subject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.rules import Ruled
from rcro_portal.lib.whole_days import within


class SessionKind(models.TextChoices):
    INTENSIVE = "intensive", "смена-интенсив"
    PROFILE_SESSION = "profile_session", "профильная смена"
    PROJECT_SESSION = "project_session", "проектная смена"
    TRAINING = "training", "тренинг"
    ONLINE_LESSONS = "online_lessons", "онлайн-занятия"


class PrepSessionQuerySet(ArchivableQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(event__in=Event.objects.visible_to(user))

    def not_cancelled(self) -> Self:
        """What lists and figures of today count: neither called off nor put away."""
        return self.kept().exclude(event__status=EventStatus.CANCELLED)

    def begun_between(self, since: datetime.date, until: datetime.date) -> Self:
        """Sessions that were held and began in the period, both days included (dates in Asia/Tomsk)."""
        return self.not_cancelled().filter(within("event__starts_at", since, until))

    def of_grade(self, grade: int) -> Self:
        return self.filter(first_grade__lte=grade, last_grade__gte=grade)


class PrepSession(Ruled, Archivable):
    """Counts are people of this session: somebody who came to two sessions counts twice over both.

    ``new_pupils``, ``new_educators``: those of them who came to no earlier session of the season, so that their sum
    over a season counts people; null where nobody has said. ``quota``: for how many pupils it was planned.
    """

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
    first_grade = models.PositiveSmallIntegerField("с класса", null=True, blank=True)
    last_grade = models.PositiveSmallIntegerField("по класс", null=True, blank=True)
    quota = models.PositiveIntegerField("квота обучающихся", null=True, blank=True)
    partners = models.ManyToManyField(Organization, through="SessionPartner", related_name="partnered_sessions")
    pupils = models.PositiveIntegerField("обучающихся", default=0)
    new_pupils = models.PositiveIntegerField("из них впервые в сезоне", null=True, blank=True)
    educators = models.PositiveIntegerField("педагогов", default=0)
    new_educators = models.PositiveIntegerField("из них впервые в сезоне", null=True, blank=True)
    lecturers = models.PositiveIntegerField("преподавателей", default=0)
    doctors = models.PositiveIntegerField("из них докторов наук", default=0)
    candidates = models.PositiveIntegerField("из них кандидатов наук", default=0)

    rules = (NamedAreCounted(), PupilsAreCounted())
    recorded = Recorded(name=("event__topic",))
    objects = PrepSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "смена"
        verbose_name_plural = "смены"
        constraints = [
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(lecturers__gte=F("doctors") + F("candidates")),
                name="degrees_do_not_exceed_lecturers",
                violation_error_message="Докторов и кандидатов наук вместе больше, чем преподавателей.",
            ),
            models.CheckConstraint(
                condition=Q(new_pupils=None) | Q(new_pupils__lte=F("pupils")),
                name="pupils_who_are_new_are_among_the_pupils",
                violation_error_message="Впервые в сезоне – больше, чем всего обучающихся.",
            ),
            models.CheckConstraint(
                condition=Q(new_educators=None) | Q(new_educators__lte=F("educators")),
                name="educators_who_are_new_are_among_the_educators",
                violation_error_message="Впервые в сезоне – больше, чем всего педагогов.",
            ),
            models.CheckConstraint(
                condition=Q(first_grade=None, last_grade=None)
                | Q(first_grade__gte=1, last_grade__lte=11, first_grade__lte=F("last_grade")),
                name="grades_of_a_session_are_a_schools",
                violation_error_message="Классы – от 1 до 11, первый не больше последнего; один класс внесите дважды.",
            ),
        ]

    def __str__(self) -> str:
        return self.event.topic

    @property
    def grades(self) -> str:
        """«9–11», «11»; nothing where nobody has said."""
        ends = dict.fromkeys((self.first_grade, self.last_grade))
        return "–".join(str(grade) for grade in ends if grade is not None)


class SessionPartner(models.Model):
    session = models.ForeignKey(
        PrepSession, verbose_name="смена", on_delete=models.CASCADE, related_name="partner_rows"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="организация", on_delete=models.PROTECT, related_name="+"
    )

    recorded = Recorded(part_of="session", name=("organization__short_name",))

    class Meta:
        verbose_name = "партнёр смены"
        verbose_name_plural = "партнёры смены"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organization"],
                name="partner_joins_a_session_once",
                violation_error_message="Эта организация уже партнёр смены.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.session}"


class SessionLecturer(models.Model):
    """Who lectures, by name; the degree is the person's own, as held on the first day of the session."""

    session = models.ForeignKey(
        PrepSession, verbose_name="смена", on_delete=models.CASCADE, related_name="lecturer_rows"
    )
    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="lectured")
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.CharField("должность и место работы", max_length=300, blank=True)

    recorded = Recorded(part_of="session", name=("person__surname",))

    class Meta:
        verbose_name = "преподаватель смены"
        verbose_name_plural = "преподаватели смены"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="lecturer_is_named_once_in_a_session",
                violation_error_message="Этот преподаватель в списке смены уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"
