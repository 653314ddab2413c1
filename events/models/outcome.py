"""The outcome of an event: who said what, which problems were named, what was decided."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from centers.models import Center, Organization, Person, User
from events.models.event import Event
from rcro_portal.lib import russian
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.drafts.models import DraftText, Enclosure, QuotedFigure, Revision
from rcro_portal.lib.transitions import Transition


class OutcomeStatus(models.TextChoices):
    DRAFT = "draft", "Черновик"
    FILED = "filed", "Направлено"


class OutcomeQuerySet(models.QuerySet):
    def drafts(self) -> Self:
        return self.filter(status=OutcomeStatus.DRAFT)

    def visible_to(self, user: User) -> Self:
        """Outcomes are the institution's own until their letter is sent."""
        return self.all() if user.roles - {"coordinator"} else self.none()


class Outcome(DraftText):
    """One per event. Filed, it is locked until its letter is a draft again."""

    TRANSITIONS = {
        OutcomeStatus.DRAFT: (OutcomeStatus.FILED,),
        OutcomeStatus.FILED: (OutcomeStatus.DRAFT,),
    }

    event = models.OneToOneField(Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="outcome")
    status = models.CharField("состояние", max_length=20, choices=OutcomeStatus, default=OutcomeStatus.DRAFT)
    prepared_by = models.ForeignKey(Person, verbose_name="исполнитель", on_delete=models.PROTECT, related_name="+")
    subject_line = models.CharField("заголовок", max_length=300)
    addressee = models.TextField("адресат")
    salutation = models.CharField("обращение", max_length=300)
    problem_source = models.CharField(
        "где выявлены проблемные зоны", max_length=300, blank=True, help_text="«По итогам …»: в родительном падеже"
    )
    summary = models.TextField("итоги в целом", blank=True)

    recorded = Recorded(
        # Revisions keep them, save by save.
        without=(
            *("subject_line", "addressee", "salutation", "problem_source", "summary"),
            *("version", "edited_by", "edited_at"),
        ),
        part_of="event",
        name=("event__topic",),
    )
    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "итоги"
        verbose_name_plural = "итоги"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=OutcomeStatus.values), name="outcome_status_is_known")
        ]

    def __str__(self) -> str:
        return f"Итоги: {self.event}"


class OutcomeTransition(Transition):
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="transitions", verbose_name="итоги")

    class Meta:
        db_table = "events_outcomestep"
        verbose_name = "шаг итогов"
        verbose_name_plural = "шаги итогов"

    def __str__(self) -> str:
        return f"{self.outcome_id}: {self.before} → {self.after}"


class TalkAct(models.TextChoices):
    """What the speaker did, in nouns, for man and woman alike; the letter's sentence begins accordingly."""

    OPENED = "opened", "открытие мероприятия"
    REPORTED = "reported", "доклад"
    SHARED = "shared", "представление опыта"
    ANSWERED = "answered", "ответы на вопросы"


class Talk(models.Model):
    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="talks")
    position = models.PositiveSmallIntegerField("порядок")
    speaker = models.ForeignKey(Person, verbose_name="кто", on_delete=models.PROTECT, related_name="talks")
    capacity = models.CharField(
        "перед именем", max_length=150, blank=True, help_text="например: Координатор региональной сети РВЦИ"
    )
    post = models.CharField("должность и организация", max_length=300, blank=True)
    act = models.CharField("вид выступления", max_length=20, choices=TalkAct)
    title = models.CharField("тема выступления", max_length=300, blank=True)
    text = models.TextField("содержание", blank=True)

    class Meta:
        verbose_name = "выступление"
        verbose_name_plural = "выступления"
        constraints = [
            models.CheckConstraint(condition=Q(act__in=TalkAct.values), name="act_of_a_talk_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker.surname_first}: {self.title or self.get_act_display()}"


class ProblemArea(models.Model):
    """A problem area (проблемная зона); in the letter they follow the last talk before the answers."""

    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="problem_areas")
    position = models.PositiveSmallIntegerField("порядок")
    text = models.TextField("проблемная зона")

    class Meta:
        verbose_name = "проблемная зона"
        verbose_name_plural = "проблемные зоны"

    def __str__(self) -> str:
        return self.text[:60]


class DecisionKind(models.TextChoices):
    DECISION = "decision", "решение"
    APPEAL = "appeal", "обращение"
    INFORMATION = "information", "к сведению"


class Asks(models.TextChoices):
    """What counts as done."""

    ACKNOWLEDGEMENT = "acknowledgement", "подтвердить ознакомление"
    ANSWER = "answer", "направить ответ"
    ASSIGNMENT = "assignment", "согласовать новую редакцию технического задания"


class Amends(models.TextChoices):
    """Which rows of its technical assignment a centre is to amend; codes are kinds of rows of that editor."""

    GOALS = "goals", "цели"
    EVENTS = "events", "открытые образовательные события"
    INDICATORS = "indicators", "показатели"


class DecisionRow(models.Model):
    """What a text decides, one row of its editor; each app whose texts decide something has a table of its own.

    Rewritten by every save of the editor; its ``key`` stays, so that what is owed by it is found again.
    """

    key = models.UUIDField("знак решения", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("порядок")
    kind = models.CharField("вид", max_length=20, choices=DecisionKind, default=DecisionKind.DECISION)
    text = models.TextField("текст")
    starts_on = models.DateField("с какого дня", null=True, blank=True)
    due_on = models.DateField("срок", null=True, blank=True)
    # As the letter prints them, in the dative; who of them owes an answer in the portal is named in ``owed_by_others``.
    debtors = models.CharField("кто ещё исполняет", max_length=300, blank=True)
    asks = models.CharField("что считать исполнением", max_length=20, choices=Asks, default=Asks.ANSWER)
    amends = models.CharField("что изменить в техническом задании", max_length=20, choices=Amends, blank=True)
    owed_by = models.ManyToManyField(
        Center, verbose_name="кто исполняет", blank=True, related_name="+", help_text="не выбрано: все РВЦИ"
    )
    owed_by_others = models.ManyToManyField(
        Organization, verbose_name="исполняют другие организации", blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        verbose_name = "решение"
        verbose_name_plural = "решения"

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def term(self) -> str:
        """«05.10.2020», «03.05.2027–14.05.2027»; nothing where there is no term."""
        return russian.short_span(self.starts_on or self.due_on, self.due_on) if self.due_on else ""


def decision_rules(text: str = "") -> list[models.BaseConstraint]:
    """The constraints of a table of decisions; ``text`` ends their names where it is not the outcome's."""
    of = f"_{text}" if text else ""
    return [
        models.CheckConstraint(
            condition=Q(due_on__isnull=True) | Q(kind=DecisionKind.DECISION), name=f"only_a_decision_has_a_term{of}"
        ),
        models.CheckConstraint(
            condition=Q(starts_on__isnull=True) | Q(due_on__isnull=False, due_on__gte=F("starts_on")),
            name=f"period_of_a_decision_ends_by_its_term{of}",
        ),
        models.CheckConstraint(
            condition=Q(debtors="") | Q(kind=DecisionKind.DECISION), name=f"only_a_decision_has_debtors{of}"
        ),
        models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name=f"kind_of_a_decision_is_known{of}"),
    ]


class Decision(DecisionRow):
    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="decisions")

    class Meta(DecisionRow.Meta):
        constraints = [
            *decision_rules(),
            models.UniqueConstraint(fields=["outcome", "key"], name="decision_of_an_outcome_has_a_key_of_its_own"),
        ]


class OutcomeFigure(QuotedFigure):
    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="figures")

    class Meta:
        verbose_name = "показатель в итогах"
        verbose_name_plural = "показатели в итогах"
        constraints = [
            *QuotedFigure.Meta.constraints,
            models.UniqueConstraint(fields=["outcome", "name"], name="figure_of_an_outcome_has_a_name_of_its_own"),
        ]


class OutcomeAppendix(Enclosure):
    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="appendices")

    class Meta:
        verbose_name = "приложение к итогам"
        verbose_name_plural = "приложения к итогам"


class Reopening(models.Model):
    """An outcome whose letter was sent is open again for the letter that will replace it.

    The row keeps what the sent letter was written from, and goes when the replacement is sent or given up.
    """

    outcome = models.OneToOneField(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="reopening")
    page = models.JSONField("что было в итогах")
    appendices = models.JSONField("какие были приложения", default=list)
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "возврат итогов в работу"
        verbose_name_plural = "возвраты итогов в работу"

    def __str__(self) -> str:
        return f"{self.outcome}: открыты взамен"


class OutcomeRevision(Revision):
    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.CASCADE, related_name="revisions")

    class Meta:
        verbose_name = "редакция итогов"
        verbose_name_plural = "редакции итогов"
