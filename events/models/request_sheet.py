"""What one centre answers to a request: its sheet, the answers as they were submitted, remarks of the methodist."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from centers.models import Center, User
from events.models.commitment import AnswerWay
from events.models.request import DataQuestion, DataRequest
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.drafts.models import DraftText, Revision
from rcro_portal.lib.transitions import Transition

if TYPE_CHECKING:
    import datetime


class SheetStatus(models.TextChoices):
    OPEN = "open", "Заполняется"
    IN_REVIEW = "in_review", "На проверке"
    ACCEPTED = "accepted", "Принято"
    RETURNED = "returned", "Возвращено"
    EXCUSED = "withdrawn", "Не ждём"


# Waits for the centre.
SILENT = (SheetStatus.OPEN, SheetStatus.RETURNED)


class DataSheetQuerySet(models.QuerySet):
    def visible_to(self, user: User, day: "datetime.date") -> Self:
        """Staff of the institution see all; a coordinator those of the centres coordinated that day."""
        return self.all() if user.roles - {"coordinator"} else self.coordinated_by(user, day)

    def coordinated_by(self, user: User, day: "datetime.date") -> Self:
        return self.filter(center__in=Center.objects.coordinated_by(user.person, day))

    def silent(self) -> Self:
        """The centre has something to do."""
        return self.filter(status__in=SILENT)

    def in_review(self) -> Self:
        return self.filter(status=SheetStatus.IN_REVIEW)

    def accepted(self) -> Self:
        return self.filter(status=SheetStatus.ACCEPTED)

    def overdue(self, day: "datetime.date") -> Self:
        return self.silent().filter(request__due_on__lt=day)

    def with_urgency(self) -> Self:
        """``urgency``: 0 waits for the centre, 1 for the methodist, 2 is done."""
        waits = {SheetStatus.OPEN: 0, SheetStatus.RETURNED: 0, SheetStatus.IN_REVIEW: 1}
        cases = [models.When(status=status, then=models.Value(place)) for status, place in waits.items()]
        return self.annotate(urgency=models.Case(*cases, default=models.Value(2)))


class DataSheet(DraftText):
    """A draft of ``rcro_portal.lib.drafts`` whose form is made of the request's questions.

    ``answers`` is what is typed now, by the keys of questions; ``known`` what the portal knew when it was sent.
    """

    TRANSITIONS = {
        SheetStatus.OPEN: (SheetStatus.IN_REVIEW, SheetStatus.EXCUSED),
        SheetStatus.IN_REVIEW: (SheetStatus.ACCEPTED, SheetStatus.RETURNED, SheetStatus.EXCUSED),
        SheetStatus.RETURNED: (SheetStatus.IN_REVIEW, SheetStatus.EXCUSED),
        SheetStatus.ACCEPTED: (SheetStatus.RETURNED,),
        SheetStatus.EXCUSED: (SheetStatus.OPEN,),
    }

    request = models.ForeignKey(DataRequest, verbose_name="запрос", on_delete=models.PROTECT, related_name="sheets")
    center = models.ForeignKey(Center, verbose_name="РВЦИ", on_delete=models.PROTECT, related_name="data_sheets")
    status = models.CharField("состояние", max_length=20, choices=SheetStatus, default=SheetStatus.OPEN)
    answers = models.JSONField("ответы", default=dict)
    known = models.JSONField("что знал портал", default=dict)
    submitted_at = models.DateTimeField("направлено", null=True, blank=True)
    # Of one that did not come through the portal: how, who said it, on what day.
    way = models.CharField("как получено", max_length=20, choices=AnswerWay, default=AnswerWay.PORTAL)
    said_by = models.CharField("кто сообщил", max_length=200, blank=True)
    said_on = models.DateField("когда сообщили", null=True, blank=True)

    recorded = Recorded(
        personal=("said_by",),
        without=("answers", "known", "version", "edited_by", "edited_at"),
        part_of="request",
        name=("center__organization__short_name",),
    )
    objects = DataSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "сведения центра"
        verbose_name_plural = "сведения центров"
        constraints = [
            models.UniqueConstraint(fields=["request", "center"], name="center_answers_a_request_once"),
            models.CheckConstraint(condition=Q(status__in=SheetStatus.values), name="sheet_status_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=[SheetStatus.OPEN, SheetStatus.EXCUSED]) | Q(submitted_at__isnull=False),
                name="answered_sheet_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(way=AnswerWay.PORTAL) | Q(said_by="", said_on__isnull=True),
                name="sheet_of_the_portal_was_said_by_nobody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.center}: {self.request}"

    @cached_property
    def asked(self) -> list[DataQuestion]:
        """The questions of its request in their order."""
        return list(self.request.questions.order_by("position", "pk"))

    @property
    def is_silent(self) -> bool:
        return self.status in SILENT


class DataSheetTransition(Transition):
    sheet = models.ForeignKey(DataSheet, on_delete=models.PROTECT, related_name="transitions", verbose_name="сведения")

    class Meta:
        verbose_name = "шаг сведений"
        verbose_name_plural = "шаги сведений"

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.before} → {self.after}"


class DataSheetRevision(Revision):
    sheet = models.ForeignKey(DataSheet, on_delete=models.CASCADE, related_name="revisions", verbose_name="сведения")

    class Meta:
        verbose_name = "вариант сведений"
        verbose_name_plural = "варианты сведений"


class DataAnswer(models.Model):
    """One answer as it was submitted last: what tables, figures and the next year's request read.

    ``number`` of a question that asks one, and of a list how many lines it has: these count. ``amount`` of one that
    asks for a number with a fraction: it measures.
    """

    sheet = models.ForeignKey(DataSheet, on_delete=models.PROTECT, related_name="submitted", verbose_name="сведения")
    question = models.ForeignKey(DataQuestion, on_delete=models.PROTECT, related_name="answers", verbose_name="вопрос")
    text = models.TextField("ответ")
    number = models.BigIntegerField("число", null=True, blank=True)
    amount = models.DecimalField("число с долями", max_digits=17, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "ответ на вопрос запроса"
        verbose_name_plural = "ответы на вопросы запросов"
        constraints = [models.UniqueConstraint(fields=["sheet", "question"], name="sheet_answers_a_question_once")]

    def __str__(self) -> str:
        return self.text[:60]


class DataRemark(models.Model):
    """What the methodist said of one answer when the sheet was given back; it stands with that step."""

    step = models.ForeignKey(
        DataSheetTransition, on_delete=models.PROTECT, related_name="remarks", verbose_name="возврат"
    )
    question = models.ForeignKey(DataQuestion, on_delete=models.PROTECT, related_name="+", verbose_name="вопрос")
    text = models.TextField("замечание")

    class Meta:
        verbose_name = "замечание к ответу"
        verbose_name_plural = "замечания к ответам"
        constraints = [
            models.UniqueConstraint(fields=["step", "question"], name="answer_is_remarked_on_once_a_time"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
