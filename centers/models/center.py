"""The status of a centre (РВЦИ) as dated grants, coordinators as dated posts."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from centers.models.organization import Organization, name_on
from centers.models.person import Person
from centers.models.rules import (
    CoordinatorWithinTheStatus,
    OneCoordinatorAtATime,
    OneGrantAtATime,
    StatusOfCoordinators,
)
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet

if TYPE_CHECKING:
    import datetime

    from centers.models.user import User


class CenterQuerySet(models.QuerySet):
    def with_status_on(self, day: "datetime.date") -> Self:
        return self.filter(pk__in=StatusGrant.objects.in_force_on(day).values("center"))

    def with_status_during(self, year: int) -> Self:
        """The status was in force on at least one day of the year."""
        return self.filter(pk__in=StatusGrant.objects.in_force_during(year).values("center"))

    def coordinated_by(self, person: Person, day: "datetime.date") -> Self:
        return self.filter(pk__in=Coordinator.objects.in_force_on(day).filter(person=person).values("center"))

    def with_project_count(self) -> Self:
        """Adds ``project_count``: the network projects that it leads or led, but for those in the archive.

        A subquery and no join: so that counting the rows need not group them.
        """
        led = Center.projects.through.objects.filter(center=OuterRef("pk"), project__archived_at=None)
        counted = led.order_by().values("center").annotate(count=Count("project", distinct=True)).values("count")
        return self.annotate(project_count=Coalesce(Subquery(counted), 0))

    def without_status_on(self, day: "datetime.date") -> Self:
        return self.exclude(pk__in=StatusGrant.objects.in_force_on(day).values("center"))

    def visible_to(self, user: "User", day: "datetime.date") -> Self:
        """Staff of the institution see every centre whole; a coordinator those coordinated that day."""
        if user.roles - {"coordinator"}:
            return self.all()
        return self.coordinated_by(user.person, day)

    def with_status_term(self, day: "datetime.date") -> Self:
        """Adds ``status_since`` and ``status_until`` of the last grant begun by the day, and ``has_status`` on it."""
        grants = StatusGrant.objects.filter(center=models.OuterRef("pk"))
        last = grants.filter(since__lte=day).order_by("-since", "-pk")
        return self.annotate(
            status_since=models.Subquery(last.values("since")[:1]),
            status_until=models.Subquery(last.values("until")[:1]),
            has_status=models.Exists(grants.in_force_on(day)),
        )

    def called_on(self, day: "datetime.date | None") -> Self:
        """Adds ``name_then``: the short name that was in use that day, today's without one."""
        return self.annotate(name_then=name_on(day, "organization__"))

    def matching(self, words: str) -> Self:
        return self.filter(organization__in=Organization.objects.matching(words))


class Center(models.Model):
    """An organisation that holds or ever held the status «Ресурсно-внедренческий центр инноваций» (РВЦИ)."""

    organization = models.OneToOneField(
        Organization, verbose_name="организация", on_delete=models.PROTECT, related_name="center"
    )

    recorded = Recorded(name=("organization__short_name",))
    objects = CenterQuerySet.as_manager()

    class Meta:
        verbose_name = "РВЦИ"
        verbose_name_plural = "РВЦИ"

    def __str__(self) -> str:
        return self.organization.short_name

    def coordinator_on(self, day: "datetime.date") -> Person | None:
        post = self.coordinators.in_force_on(day).select_related("person").first()
        return post.person if post else None


class StatusGrant(Dated):
    """An act that grants the status from a day, and extends, withdraws or lets it lapse by ``until``."""

    center = models.ForeignKey(Center, verbose_name="РВЦИ", on_delete=models.PROTECT, related_name="grants")
    act_number = models.CharField("номер распоряжения", max_length=50)
    act_on = models.DateField("дата распоряжения")

    rules = (OneGrantAtATime(), StatusOfCoordinators())
    recorded = Recorded(part_of="center", name=("act_number",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "присвоение статуса"
        verbose_name_plural = "присвоения статуса"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["center"], condition=Q(until__isnull=True), name="center_holds_the_status_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.center}: распоряжение № {self.act_number} от {self.act_on:%d.%m.%Y}"


class StatusAct(models.TextChoices):
    EXTENDED = "extended", "продлён"
    WITHDRAWN = "withdrawn", "прекращён"


class StatusChange(models.Model):
    """An act that moved the last day of a grant, which holds the day: later it extends, earlier it withdraws."""

    grant = models.ForeignKey(
        StatusGrant, verbose_name="присвоение статуса", on_delete=models.PROTECT, related_name="changes"
    )
    act = models.CharField("что сделано", max_length=20, choices=StatusAct)
    act_number = models.CharField("номер распоряжения", max_length=50)
    act_on = models.DateField("дата распоряжения")
    until = models.DateField("последний день статуса")

    recorded = Recorded(part_of="grant", name=("act_number",))
    objects = models.Manager()

    class Meta:
        verbose_name = "изменение срока статуса"
        verbose_name_plural = "изменения срока статуса"
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "act_number", "act_on"],
                name="act_changes_a_grant_once",
                violation_error_message="Это распоряжение уже внесено.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} распоряжением № {self.act_number} от {self.act_on:%d.%m.%Y}"


class Coordinator(Dated):
    """Who coordinated which centre, when."""

    center = models.ForeignKey(Center, verbose_name="РВЦИ", on_delete=models.PROTECT, related_name="coordinators")
    person = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="coordinated")
    title = models.CharField("должность в организации", max_length=300, blank=True)
    # Of a hand-over: whose term ended by it, and on which day that one would have ended else.
    takes_over = models.ForeignKey(
        "self",
        verbose_name="принимает полномочия от",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    theirs_until = models.DateField("прежний срок", null=True, blank=True, editable=False)

    rules = (OneCoordinatorAtATime(), CoordinatorWithinTheStatus())
    recorded = Recorded(
        untold=("takes_over", "theirs_until"),
        part_of="center",
        name=("person__surname", "person__given_name", "person__patronymic"),
    )
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "координатор РВЦИ"
        verbose_name_plural = "координаторы РВЦИ"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["center"], condition=Q(until__isnull=True), name="center_has_one_coordinator_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.surname_first}, {self.center}"
