"""What a plan-schedule says is to be held: its items, who answers for them, and what became of each."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from centers.models import Department, Person
from events.models.event import Event, EventStatus, PlanSchedule
from events.plan_keys import PlanKeyField
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet
from rcro_portal.lib.written_terms import Precision, WrittenTerm


class TermPrecision(models.TextChoices):
    """How exactly the plan says when: codes of ``rcro_portal.lib.written_terms``, and words that name no days."""

    DAY = Precision.DAY.value, "день"
    UNTIL = Precision.UNTIL.value, "не позднее дня"
    PERIOD = Precision.PERIOD.value, "дни"
    MONTH = Precision.MONTH.value, "месяц"
    QUARTER = Precision.QUARTER.value, "квартал"
    YEAR = Precision.YEAR.value, "год"
    WORDS = "words", "без даты"


class PlanState(models.TextChoices):
    """What became of an item by a day; the first that is true. Each code has its colour as a status of pages."""

    HELD = "held", "Проведено"
    CALLED_OFF = "cancelled", "Не состоялось"
    NO_DAY = "calm", "Без даты"
    MOVED = "moved", "Перенесено"
    OVERDUE = "overdue", "Просрочено"
    AHEAD = "planned", "Предстоит"


def _is_held(tied: "models.QuerySet[Event]") -> Q:
    return Q(done_on__isnull=False) | Q(Exists(tied.filter(status=EventStatus.HELD)))


class PlanItemQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    def with_state(self, day: datetime.date, events: "models.QuerySet[Event] | None" = None) -> Self:
        """``state`` on that day, one of ``PlanState``: by the events tied to the item, or by the day it was done.

        ``events``: those that the reader may know of; all of them where nothing is said.
        """
        tied = (Event.objects.all() if events is None else events).filter(plan_item=OuterRef("pk"))
        standing = tied.exclude(status=EventStatus.CANCELLED)
        coming = standing.filter(starts_at__date__gte=day)
        early = coming.filter(starts_at__date__lt=OuterRef("first_on"))
        late = coming.filter(starts_at__date__gt=OuterRef("last_on"))
        is_moved = Exists(late) | Q(~Q(precision=TermPrecision.UNTIL), Exists(early))
        return self.annotate(
            state=Case(
                When(_is_held(tied), then=Value(PlanState.HELD)),
                When(Exists(tied) & ~Exists(standing), then=Value(PlanState.CALLED_OFF)),
                When(first_on__isnull=True, then=Value(PlanState.NO_DAY)),
                When(is_moved, then=Value(PlanState.MOVED)),
                When(last_on__lt=day, then=Value(PlanState.OVERDUE)),
                default=Value(PlanState.AHEAD),
                output_field=models.CharField(),
            )
        )

    def held(self) -> Self:
        """An event of it was held, or it was done without one."""
        return self.filter(_is_held(Event.objects.filter(plan_item=OuterRef("pk"))))

    def of_year(self, year: int) -> Self:
        """Raises ValueError for what is no year of the calendar."""
        return self.filter(schedule__year=datetime.date(year, 1, 1).year)

    def within(self, first: datetime.date, last: datetime.date) -> Self:
        """Planned for at least one day of these."""
        return self.filter(first_on__lte=last, last_on__gte=first)


class PlanItem(Archivable):
    """Пункт плана-графика. When it is due stands as the plan says it, and as the days that this means."""

    schedule = models.ForeignKey(
        PlanSchedule, verbose_name="план-график", on_delete=models.PROTECT, related_name="items"
    )
    section = models.CharField("раздел", max_length=300, blank=True)
    number = models.CharField("№ пункта", max_length=20, blank=True)
    title = models.CharField("мероприятие", max_length=300)
    form = models.CharField("форма", max_length=150, blank=True)
    when_said = models.CharField(
        "срок, как в плане",
        max_length=150,
        help_text="«19.01.2027», «25–29 января», «до 10 февраля», «март», «I квартал», «по мере поступления».",
    )
    first_on = models.DateField("первый день", null=True, blank=True, help_text="Пусто – портал прочтёт дни в сроке.")
    last_on = models.DateField("последний день", null=True, blank=True)
    precision = models.CharField(
        "точность срока", max_length=10, choices=TermPrecision, default=TermPrecision.WORDS, editable=False
    )
    responsible_said = models.CharField("отвечают, кого нет в портале", max_length=300, blank=True)
    audience = models.CharField("для кого", max_length=300, blank=True)
    place = models.CharField("место", max_length=300, blank=True)
    remark = models.TextField("примечание", blank=True)
    done_on = models.DateField(
        "выполнено без мероприятия", null=True, blank=True, help_text="День, когда сделано то, что не мероприятие."
    )
    search_key = SearchKeyField("number", "title", "section")
    sort_key = PlanKeyField("section", "number", "title")

    # Of rows read ``with_state``.
    state: str

    recorded = Recorded(personal=("responsible_said",), name=("number", "title"))
    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = "пункт плана-графика"
        verbose_name_plural = "пункты плана-графика"
        constraints = [
            *Archivable.Meta.constraints,
            models.UniqueConstraint(
                fields=["schedule", "section", "number"],
                condition=~Q(number=""),
                name="number_of_a_plan_item_is_given_once",
                violation_error_message="Пункт с таким номером в этом разделе плана уже есть.",
            ),
            models.CheckConstraint(condition=~Q(when_said=""), name="plan_item_says_when"),
            models.CheckConstraint(
                condition=Q(precision=TermPrecision.WORDS, first_on__isnull=True, last_on__isnull=True)
                | (~Q(precision=TermPrecision.WORDS) & Q(first_on__isnull=False, last_on__gte=F("first_on"))),
                name="plan_item_has_days_unless_only_words",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(condition=Q(precision__in=TermPrecision.values), name="term_precision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def state_label(self) -> str:
        return str(PlanState(self.state).label)

    @staticmethod
    def term_columns(said: str, term: WrittenTerm | None) -> dict[str, object]:
        """The columns of when: what the plan says with the days that were read in it, or with none."""
        if term is None:
            return {"when_said": said, "first_on": None, "last_on": None, "precision": TermPrecision.WORDS}
        return {
            "when_said": said,
            "first_on": term.first,
            "last_on": term.last,
            "precision": TermPrecision(term.precision.value),
        }


class PlanResponsible(models.Model):
    """Who answers for an item: a person or a department that the portal knows."""

    item = models.ForeignKey(PlanItem, verbose_name="пункт", on_delete=models.CASCADE, related_name="responsible")
    person = models.ForeignKey(
        Person, verbose_name="человек", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name="отдел", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    recorded = Recorded(
        part_of="item", name=("person__surname", "person__given_name", "person__patronymic", "department__name")
    )

    class Meta:
        verbose_name = "ответственный"
        verbose_name_plural = "ответственные"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, department__isnull=True)
                | Q(person__isnull=True, department__isnull=False),
                name="a_person_or_a_department_answers",
                violation_error_message="Назовите либо отдел, либо человека.",
            ),
            models.UniqueConstraint(
                fields=["item", "person"],
                name="person_answers_for_an_item_once",
                violation_error_message="Этот человек уже отвечает за пункт.",
            ),
            models.UniqueConstraint(
                fields=["item", "department"],
                name="department_answers_for_an_item_once",
                violation_error_message="Этот отдел уже отвечает за пункт.",
            ),
        ]

    def __str__(self) -> str:
        return self.person.surname_first if self.person else str(self.department)
