"""Who approves a letter, in which order, and what each of them said."""

from django.db import models
from django.db.models import Q

from centers.models import Department, Person, User
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.validity import Dated, DatedQuerySet
from reports.models.letter import LetterKind
from reports.models.snapshot import Snapshot


class ApprovalRoute(Dated):
    """The approvals that letters of a kind and a department need. The narrowest route in force applies."""

    name = models.CharField("название", max_length=150)
    kind = models.CharField(
        "вид писем", max_length=20, choices=LetterKind, blank=True, help_text="не выбран: письма всех видов"
    )
    department = models.ForeignKey(
        Department,
        verbose_name="отдел",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="не выбран: письма всех отделов",
    )

    recorded = Recorded(name=("name",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "маршрут согласования"
        verbose_name_plural = "маршруты согласования"

    def __str__(self) -> str:
        return self.name


class RouteStage(models.Model):
    """One approval of a route; those of the same order are asked for at once.

    Whose: a named person's, the head's of a named department, or (neither) the head's of the letter's own.
    """

    route = models.ForeignKey(ApprovalRoute, verbose_name="маршрут", on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField("очередь")
    title = models.CharField("кто согласует", max_length=150)
    department = models.ForeignKey(
        Department,
        verbose_name="начальник отдела",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="не выбран ни отдел, ни сотрудник: начальник отдела, готовившего письмо",
    )
    person = models.ForeignKey(
        Person, verbose_name="сотрудник", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    gives_powers = True
    recorded = Recorded(part_of="route", name=("title",))

    class Meta:
        verbose_name = "этап согласования"
        verbose_name_plural = "этапы согласования"
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=True) | Q(person__isnull=True), name="stage_is_of_a_head_or_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Deputy(Dated):
    """Who approves in another person's place, from when to when, by which act (замещение)."""

    person = models.ForeignKey(Person, verbose_name="кого замещает", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, verbose_name="кто замещает", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField("основание", max_length=300)

    gives_powers = True
    recorded = Recorded(name=("basis",))
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "замещение"
        verbose_name_plural = "замещения"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(person=models.F("deputy")), name="nobody_deputises_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} за {self.person}, с {self.since:%d.%m.%Y}"


class ApprovalRequest(models.Model):
    """An approval that this content needs, as its route had it at the filing."""

    snapshot = models.ForeignKey(Snapshot, verbose_name="содержание", on_delete=models.PROTECT, related_name="requests")
    order = models.PositiveSmallIntegerField("очередь")
    title = models.CharField("кто согласует", max_length=150)
    department = models.ForeignKey(
        Department, verbose_name="начальник отдела", null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, verbose_name="сотрудник", null=True, on_delete=models.PROTECT, related_name="+")

    gives_powers = True

    class Meta:
        db_table = "reports_visarequest"
        verbose_name = "запрос визы"
        verbose_name_plural = "запросы виз"
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=True, person__isnull=False)
                | Q(department__isnull=False, person__isnull=True),
                name="visa_is_asked_of_a_head_or_of_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class ApprovalKind(models.TextChoices):
    APPROVED = "approved", "Согласовано"
    REMARKS = "remarks", "Согласовано с замечаниями"
    RETURNED = "returned", "Возвращено с замечаниями"
    SKIPPED = "skipped", "Виза не требуется"


class Approval(models.Model):
    """What one approver said of the very content that was read; a new snapshot has none. Never changed."""

    snapshot = models.ForeignKey(
        Snapshot, verbose_name="содержание", on_delete=models.PROTECT, related_name="approvals"
    )
    request = models.OneToOneField(
        ApprovalRequest, verbose_name="запрос", null=True, on_delete=models.PROTECT, related_name="approval"
    )
    kind = models.CharField("виза", max_length=20, choices=ApprovalKind)
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("имя, как в листе", max_length=150, blank=True)
    post = models.CharField("должность, как в листе", max_length=300, blank=True)
    instead_of = models.ForeignKey(
        Person, verbose_name="вместо кого", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("когда")
    note = models.TextField("замечания", blank=True)

    stays_when_merged = True

    class Meta:
        verbose_name = "виза"
        verbose_name_plural = "визы"
        constraints = [models.UniqueConstraint(fields=["snapshot", "by"], name="content_is_approved_once_by_a_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.by}"
