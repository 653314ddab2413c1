"""Technical assignments (техническое задание): what a centre will do in a period, as its coordinator writes it."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from centers.models import Center, User
from events.models.assignment_period import AssignmentPeriod
from events.models.commitment import Commitment
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.drafts.models import DraftText, Revision
from rcro_portal.lib.transitions import Transition
from rcro_portal.lib.written_days import NOMINATIVES


class AssignmentStatus(models.TextChoices):
    DRAFT = "draft", "Черновик"
    SUBMITTED = "in_review", "На согласовании"
    RETURNED = "returned", "Возвращено"
    AGREED = "accepted", "Согласовано"
    AMENDED = "changed", "Вносятся изменения"


# Its coordinator writes it.
WRITTEN_IN = (AssignmentStatus.DRAFT, AssignmentStatus.RETURNED, AssignmentStatus.AMENDED)


class TechnicalAssignmentQuerySet(models.QuerySet):
    def visible_to(self, user: User, day: datetime.date) -> Self:
        """A coordinator sees those of the centres coordinated that day; staff of the institution see all."""
        if user.roles - {"coordinator"}:
            return self.all()
        return self.coordinated_by(user, day)

    def coordinated_by(self, user: User, day: datetime.date) -> Self:
        return self.filter(center__in=Center.objects.coordinated_by(user.person, day))

    def submitted(self) -> Self:
        """Waits for the methodist."""
        return self.filter(status=AssignmentStatus.SUBMITTED)

    def written(self) -> Self:
        """Waits for the coordinator."""
        return self.filter(status__in=WRITTEN_IN)


class TechnicalAssignment(DraftText):
    """One of a centre in a period. Every submission makes a version; ``agreed`` is the one in force."""

    TRANSITIONS = {
        AssignmentStatus.DRAFT: (AssignmentStatus.SUBMITTED,),
        AssignmentStatus.SUBMITTED: (
            AssignmentStatus.AGREED,
            AssignmentStatus.RETURNED,
            AssignmentStatus.DRAFT,
            AssignmentStatus.AMENDED,
        ),
        AssignmentStatus.RETURNED: (AssignmentStatus.SUBMITTED,),
        AssignmentStatus.AGREED: (AssignmentStatus.AMENDED,),
        AssignmentStatus.AMENDED: (AssignmentStatus.SUBMITTED,),
    }

    center = models.ForeignKey(Center, verbose_name="РВЦИ", on_delete=models.PROTECT, related_name="assignments")
    period = models.ForeignKey(
        AssignmentPeriod, verbose_name="период", on_delete=models.PROTECT, related_name="assignments"
    )
    status = models.CharField("состояние", max_length=20, choices=AssignmentStatus, default=AssignmentStatus.DRAFT)
    moved_at = models.DateTimeField("в этом состоянии с")
    agreed = models.ForeignKey(
        "events.AssignmentVersion",
        verbose_name="согласованная редакция",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    recorded = Recorded(
        # Revisions keep the text, save by save.
        without=("version", "edited_by", "edited_at"),
        untold=("moved_at",),
        name=("center__organization__short_name", "period__title"),
    )
    objects = TechnicalAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "техническое задание"
        verbose_name_plural = "технические задания"
        constraints = [
            models.UniqueConstraint(fields=["center", "period"], name="center_has_one_assignment_in_a_period"),
            models.CheckConstraint(condition=Q(status__in=AssignmentStatus.values), name="assignment_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status__in=[AssignmentStatus.AGREED, AssignmentStatus.AMENDED]) | Q(agreed__isnull=False),
                name="agreed_assignment_has_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.center}, {self.period}"


class AssignmentTransition(Transition):
    assignment = models.ForeignKey(
        TechnicalAssignment, on_delete=models.PROTECT, related_name="transitions", verbose_name="техническое задание"
    )

    class Meta:
        verbose_name = "шаг технического задания"
        verbose_name_plural = "шаги технических заданий"

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.before} → {self.after}"


class AssignmentRow(models.Model):
    """A row of the editor: rewritten by every save, its ``key`` stays, so that remarks and differences find it."""

    key = models.UUIDField("знак строки", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("порядок")

    class Meta:
        abstract = True


class AssignmentGoal(AssignmentRow):
    assignment = models.ForeignKey(TechnicalAssignment, on_delete=models.CASCADE, related_name="goals")
    text = models.TextField("цель")

    class Meta:
        verbose_name = "цель технического задания"
        verbose_name_plural = "цели технических заданий"

    def __str__(self) -> str:
        return self.text[:60]


class AssignmentEvent(AssignmentRow):
    """An open educational event that the centre is going to hold; what is missing, its submission asks for."""

    MONTHS = list(enumerate(NOMINATIVES, 1))

    assignment = models.ForeignKey(TechnicalAssignment, on_delete=models.CASCADE, related_name="events")
    title = models.CharField("название", max_length=300)
    form = models.CharField("форма", max_length=150, blank=True)
    audience = models.CharField("для кого", max_length=300, blank=True)
    month = models.PositiveSmallIntegerField("месяц", null=True, blank=True, choices=MONTHS)
    expected = models.PositiveIntegerField("сколько участников ожидается", null=True, blank=True)

    class Meta:
        verbose_name = "событие технического задания"
        verbose_name_plural = "события технических заданий"
        constraints = [
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12),
                name="event_of_an_assignment_is_in_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssignmentIndicator(AssignmentRow):
    assignment = models.ForeignKey(TechnicalAssignment, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField("показатель", max_length=300)
    unit = models.CharField("единица", max_length=50, blank=True)
    planned = models.CharField("план", max_length=50, blank=True)

    class Meta:
        verbose_name = "показатель технического задания"
        verbose_name_plural = "показатели технических заданий"

    def __str__(self) -> str:
        return self.name


class AssignmentRevision(Revision):
    assignment = models.ForeignKey(
        TechnicalAssignment, verbose_name="техническое задание", on_delete=models.CASCADE, related_name="revisions"
    )

    class Meta:
        verbose_name = "правка технического задания"
        verbose_name_plural = "правки технических заданий"


class AssignmentVersion(models.Model):
    """What was submitted, as it was: written once. ``fulfils``: the commitments that its agreement is to fulfil."""

    assignment = models.ForeignKey(
        TechnicalAssignment, verbose_name="техническое задание", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField("редакция")
    page = models.JSONField("что в ней")
    by = models.ForeignKey(User, verbose_name="кто направил", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда направлена")
    fulfils = models.ManyToManyField(Commitment, verbose_name="какие поручения исполняет", related_name="fulfilled_by")

    class Meta:
        verbose_name = "редакция технического задания"
        verbose_name_plural = "редакции технических заданий"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="version_of_an_assignment_has_its_number")
        ]

    def __str__(self) -> str:
        return f"Редакция {self.number}"


class AssignmentRemark(models.Model):
    """Said of one row of a version that was given back; of the whole the transition's note speaks."""

    version = models.ForeignKey(
        AssignmentVersion, verbose_name="редакция", on_delete=models.PROTECT, related_name="remarks"
    )
    field = models.CharField("часть", max_length=20)
    key = models.UUIDField("знак строки")
    text = models.TextField("замечание")

    class Meta:
        verbose_name = "замечание к техническому заданию"
        verbose_name_plural = "замечания к техническим заданиям"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="row_of_a_version_has_one_remark"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_on_an_assignment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
