"""What a decision asks of each organisation that owes it (поручение), mostly a centre, and what it answered."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from centers.models import Center, Department, Organization, Person, User
from events.models.outcome import Amends, Asks, Outcome
from rcro_portal.lib import russian
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.transitions import Transition

if TYPE_CHECKING:
    import datetime


class CommitmentStatus(models.TextChoices):
    OPEN = "open", "Не начато"
    IN_REVIEW = "in_review", "На проверке"
    ACCEPTED = "accepted", "Принято"
    RETURNED = "returned", "Возвращено"
    WITHDRAWN = "withdrawn", "Снято"


# Whoever owes it has something to do.
TO_DO = (CommitmentStatus.OPEN, CommitmentStatus.RETURNED)


class ChangeKind(models.TextChoices):
    """What a letter does to one commitment; the labels stand before its words on pages and in mails."""

    GIVEN = "given", "Новое поручение"
    MOVED = "moved", "Срок перенесён"
    CHANGED = "changed", "Поручение изменено"
    KEPT = "kept", "Без изменений"
    WITHDRAWN = "withdrawn", "Снято"


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user: User, day: "datetime.date") -> Self:
        """A coordinator sees those of the centres coordinated that day; staff of the institution see all."""
        if user.roles - {"coordinator"}:
            return self.all()
        return self.coordinated_by(user, day)

    def coordinated_by(self, user: User, day: "datetime.date") -> Self:
        """Owed by the centres that this person coordinates on that day."""
        centers = Center.objects.coordinated_by(user.person, day)
        return self.filter(organization__in=centers.values("organization"))

    def standing(self) -> Self:
        """What is owed or was done; not what a later letter took back."""
        return self.exclude(status=CommitmentStatus.WITHDRAWN)

    def to_do(self) -> Self:
        """Waits for whoever owes it."""
        return self.filter(status__in=TO_DO)

    def in_review(self) -> Self:
        """Waits for the methodist."""
        return self.filter(status=CommitmentStatus.IN_REVIEW)

    def with_urgency(self) -> Self:
        """``urgency``: 0 waits for whoever owes it, 1 for the methodist, 2 is done or taken back."""
        waits = {CommitmentStatus.OPEN: 0, CommitmentStatus.RETURNED: 0, CommitmentStatus.IN_REVIEW: 1}
        cases = [models.When(status=status, then=models.Value(place)) for status, place in waits.items()]
        return self.annotate(urgency=models.Case(*cases, default=models.Value(2)))

    def overdue(self, day: "datetime.date") -> Self:
        return self.to_do().filter(due_on__lt=day)

    def alike(self, commitment: "Commitment") -> Self:
        """Everybody's by the same decision."""
        return self.filter(decision_key=commitment.decision_key)

    def unfinished(self) -> Self:
        """Still owed, though an answer may wait for its review."""
        return self.exclude(status__in=[CommitmentStatus.ACCEPTED, CommitmentStatus.WITHDRAWN])

    def held(self) -> Self:
        """Lock them, in one order for no deadlock: what an answer or a letter changes meanwhile waits."""
        for pk in self.order_by("pk").values_list("pk", flat=True):
            self.model._default_manager.filter(pk=pk).update(position=F("position"))
        return self.all()


class Commitment(models.Model):
    """Opened by the letter that is sent. A letter that replaces it opens anew what it words anew, and withdraws what it
    leaves out; what was accepted before it was left out stays accepted.
    """

    TRANSITIONS = {
        CommitmentStatus.OPEN: (CommitmentStatus.IN_REVIEW, CommitmentStatus.ACCEPTED, CommitmentStatus.WITHDRAWN),
        CommitmentStatus.IN_REVIEW: (
            CommitmentStatus.ACCEPTED,
            CommitmentStatus.RETURNED,
            CommitmentStatus.OPEN,
            CommitmentStatus.WITHDRAWN,
        ),
        CommitmentStatus.RETURNED: (CommitmentStatus.IN_REVIEW, CommitmentStatus.OPEN, CommitmentStatus.WITHDRAWN),
        CommitmentStatus.ACCEPTED: (CommitmentStatus.OPEN,),
        CommitmentStatus.WITHDRAWN: (CommitmentStatus.OPEN,),
    }

    # None: a letter gave it that no outcome writes.
    outcome = models.ForeignKey(
        Outcome, verbose_name="итоги", null=True, on_delete=models.PROTECT, related_name="commitments"
    )
    subject_line = models.CharField("заголовок письма", max_length=300, blank=True)
    department = models.ForeignKey(Department, verbose_name="отдел", on_delete=models.PROTECT, related_name="+")
    # Whoever prepared the letter, or took it over from them: asks for it, moves its term.
    setter = models.ForeignKey(Person, verbose_name="кто поручил", on_delete=models.PROTECT, related_name="+")
    # Of the decision's row: the row itself is the editor's, and may be rewritten for the next letter.
    decision_key = models.UUIDField("знак решения", editable=False)
    position = models.PositiveSmallIntegerField("порядок", default=1)
    organization = models.ForeignKey(
        Organization, verbose_name="кто исполняет", on_delete=models.PROTECT, related_name="commitments"
    )
    status = models.CharField("состояние", max_length=20, choices=CommitmentStatus, default=CommitmentStatus.OPEN)
    # Copied from the decision as it was signed.
    text = models.TextField("что сделать")
    asks = models.CharField("что считать исполнением", max_length=20, choices=Asks)
    amends = models.CharField("что изменить в техническом задании", max_length=20, choices=Amends, blank=True)
    starts_on = models.DateField("с какого дня", null=True, blank=True)
    due_on = models.DateField("срок")
    # The letter's own, where the term was moved since: what is printed stays as it was.
    letter_due_on = models.DateField("срок по письму, если перенесён", null=True, blank=True, editable=False)
    # When it was given in these words; a letter that words it anew gives it anew.
    opened_at = models.DateTimeField("поручено")
    acknowledged_at = models.DateTimeField("ознакомление", null=True, blank=True)
    # Of the entry in calendars: how often words or term became others, and when they last did.
    sequence = models.PositiveIntegerField("номер изменения", default=0, editable=False)
    changed_at = models.DateTimeField("изменено", null=True, editable=False)

    recorded = Recorded(untold=("decision_key", "sequence", "changed_at"), name=("text",))
    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "поручение"
        verbose_name_plural = "поручения"
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "decision_key", "organization"], name="organization_owes_a_decision_once"
            ),
            # A letter's decisions have keys that no other letter's have, but those that replace it.
            models.UniqueConstraint(
                fields=["decision_key", "organization"],
                condition=Q(outcome__isnull=True),
                name="organization_owes_a_decision_of_a_letter_once",
            ),
            models.CheckConstraint(condition=Q(status__in=CommitmentStatus.values), name="commitment_status_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=[CommitmentStatus.OPEN, CommitmentStatus.WITHDRAWN])
                | Q(acknowledged_at__isnull=False),
                name="answering_acknowledges",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=False, subject_line="") | Q(outcome__isnull=True) & ~Q(subject_line=""),
                name="commitment_is_of_an_outcome_or_says_its_letter",
            ),
            models.CheckConstraint(
                condition=Q(letter_due_on__isnull=True) | Q(letter_due_on__lt=F("due_on")),
                name="moved_term_is_later_than_the_letters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.text[:60]}"

    @property
    def center(self) -> Center | None:
        """The organisation as a centre; none where it never held the status."""
        return getattr(self.organization, "center", None)

    @property
    def asks_for_assignment(self) -> bool:
        """Done by a new agreed version of the centre's technical assignment; who is no centre answers as ever."""
        return self.asks == Asks.ASSIGNMENT and self.center is not None

    @property
    def topic(self) -> str:
        """Of the event, or of the letter that gave it by itself."""
        return self.outcome.event.topic if self.outcome else self.subject_line

    @property
    def said_due_on(self) -> "datetime.date":
        """The last day as the letters say it."""
        return self.letter_due_on or self.due_on

    @property
    def term(self) -> str:
        """«05.10.2020», «03.05.2027–14.05.2027»."""
        return russian.short_span(self.starts_on or self.due_on, self.due_on)

    @property
    def period(self) -> str:
        """«с 3 по 14 мая 2027 г.»; nothing where only the last day is said."""
        return russian.long_span(self.starts_on, self.due_on) if self.starts_on else ""


class CommitmentTransition(Transition):
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="transitions", verbose_name="поручение"
    )

    class Meta:
        db_table = "events_commitmentstep"
        # When it was first answered, without a look at the rows: plots ask it of thousands.
        indexes = [models.Index(fields=["commitment", "after", "at"], name="step_of_a_commitment")]
        verbose_name = "шаг поручения"
        verbose_name_plural = "шаги поручений"

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.before} → {self.after}"


class AnswerWay(models.TextChoices):
    PORTAL = "portal", "в портале"
    TELEPHONE = "telephone", "по телефону"
    MAIL = "mail", "по почте"


class Answer(models.Model):
    """An answer of whoever owes it; a methodist may enter one that came by telephone or mail."""

    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", on_delete=models.PROTECT, related_name="answers"
    )
    text = models.TextField("ответ")
    way = models.CharField("как получен", max_length=20, choices=AnswerWay, default=AnswerWay.PORTAL)
    # Of one that did not come through the portal: who gave it to whoever entered it, and on what day.
    said_by = models.CharField("кто сообщил", max_length=200, blank=True)
    said_on = models.DateField("когда сообщили", null=True, blank=True)
    by = models.ForeignKey(User, verbose_name="кто внёс", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    recorded = Recorded(personal=("said_by",), part_of="commitment", name=("text",))

    class Meta:
        verbose_name = "ответ"
        verbose_name_plural = "ответы"
        constraints = [
            models.CheckConstraint(
                condition=~Q(way=AnswerWay.PORTAL) | Q(said_by="", said_on__isnull=True),
                name="answer_in_the_portal_was_said_by_nobody_else",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AnswerFile(models.Model):
    """A file that came with an answer; its bytes lie in the store under their digest."""

    answer = models.ForeignKey(Answer, verbose_name="ответ", on_delete=models.PROTECT, related_name="files")
    name = models.CharField("имя файла", max_length=150)
    digest = models.CharField("sha256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")

    recorded = Recorded(untold=("digest",), part_of="answer", name=("name",))

    class Meta:
        verbose_name = "файл ответа"
        verbose_name_plural = "файлы ответов"

    def __str__(self) -> str:
        return self.name
