"""The letter, its files and transitions."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from centers.models import Center, Department, Person, User
from events.models import Event, Outcome
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.transitions import Transition
from reports.models import headings
from reports.models.letterhead import SigningAuthority
from reports.models.register import RegisterEntry

if TYPE_CHECKING:
    import datetime


class LetterStatus(models.TextChoices):
    DRAFT = "draft", "Черновик"
    REVIEW = "review", "На согласовании"
    APPROVED = "approved", "Согласовано"
    PREPARING = "preparing", "Готовится"
    AWAITING = "awaiting", "На подписи"
    SIGNED = "signed", "Подписано"
    SENT = "sent", "Отправлено"
    ANNULLED = "annulled", "Аннулировано"


NUMBERED = (LetterStatus.PREPARING, LetterStatus.AWAITING, LetterStatus.SIGNED, LetterStatus.SENT)
DRAWN = (LetterStatus.AWAITING, LetterStatus.SIGNED, LetterStatus.SENT)
SIGNED = (LetterStatus.SIGNED, LetterStatus.SENT)


class LetterKind(models.TextChoices):
    OUTCOME = "outcome", "Об итогах"
    ANNOUNCEMENT = "announcement", "О проведении"
    INFORMATION = "information", "Информационное"
    REPLY = "reply", "Ответ"


class Way(models.TextChoices):
    """How a letter is signed; it says which file is the original."""

    KEY = "key", "ключом в портале"
    PAPER = "paper", "на бумаге"
    GOST = "gost", "усиленной подписью вне портала"


class LetterQuerySet(models.QuerySet):
    def living(self) -> Self:
        """Neither annulled nor replaced: of an outcome one, or the one in force and its replacement."""
        return self.filter(replaced_by=None).exclude(status=LetterStatus.ANNULLED)

    def in_force(self) -> Self:
        """Sent, and no later letter was sent in its place."""
        return self.filter(replaced_by=None, status=LetterStatus.SENT)

    def under_way(self) -> Self:
        """Being written, approved, signed; not sent yet."""
        return self.exclude(status__in=[LetterStatus.SENT, LetterStatus.ANNULLED])

    def visible_to(self, user: User, day: "datetime.date") -> Self:
        """Staff see every letter; a coordinator those sent to a centre coordinated that day, or to its organisation."""
        if user.roles - {"coordinator"}:
            return self.all()
        centers = Center.objects.coordinated_by(user.person, day)
        received = Letter.centers.through.objects.filter(center__in=centers)
        named = self.filter(addressees__organization__center__in=centers)
        reached = Q(pk__in=received.values("letter")) | Q(pk__in=named.values("pk"))
        return self.filter(reached, status=LetterStatus.SENT)

    def with_signing_of(self, user: User, day: "datetime.date") -> Self:
        """Adds ``reader_signs``: whether this person holds the signing authority on that day."""
        held = SigningAuthority.objects.in_force_on(day).filter(person=user.person_id)
        return self.annotate(reader_signs=models.Exists(held))

    def due_for_drawing(self, now: "datetime.datetime") -> Self:
        """Waiting for a worker: claimed by none, or by one whose lease ran out."""
        return self.filter(
            Q(draw_lease_until__isnull=True) | Q(draw_lease_until__lt=now),
            status=LetterStatus.PREPARING,
            draw_attempts__lt=Letter.DRAW_ATTEMPTS,
        )

    def due_for_release(self) -> Self:
        """Signed and not sent; what came too late to replace a letter waits for a person, not for a worker."""
        return self.filter(status=LetterStatus.SIGNED, replaces__replaced_by=None)

    def too_late(self) -> Self:
        """Signed in place of a letter that another one has replaced meanwhile."""
        return self.filter(status=LetterStatus.SIGNED, replaces__replaced_by__isnull=False)

    def for_the_director(self) -> Self:
        """«На подпись»: approved ones and those that wait for the signature."""
        return self.filter(status__in=[LetterStatus.APPROVED, LetterStatus.PREPARING, LetterStatus.AWAITING])


class Letter(models.Model):
    TRANSITIONS = {
        LetterStatus.DRAFT: (LetterStatus.REVIEW, LetterStatus.ANNULLED),
        LetterStatus.REVIEW: (LetterStatus.APPROVED, LetterStatus.DRAFT, LetterStatus.ANNULLED),
        LetterStatus.APPROVED: (LetterStatus.PREPARING, LetterStatus.DRAFT, LetterStatus.ANNULLED),
        LetterStatus.PREPARING: (LetterStatus.AWAITING, LetterStatus.ANNULLED),
        LetterStatus.AWAITING: (LetterStatus.SIGNED, LetterStatus.DRAFT, LetterStatus.ANNULLED),
        LetterStatus.SIGNED: (LetterStatus.SENT, LetterStatus.ANNULLED),
        LetterStatus.SENT: (),
        LetterStatus.ANNULLED: (),
    }
    DRAW_ATTEMPTS = 5

    kind = models.CharField("вид", max_length=20, choices=LetterKind, default=LetterKind.OUTCOME)
    outcome = models.ForeignKey(
        Outcome, verbose_name="итоги", null=True, on_delete=models.PROTECT, related_name="letters"
    )
    event = models.ForeignKey(
        Event, verbose_name="мероприятие", null=True, on_delete=models.PROTECT, related_name="announcements"
    )
    answers = models.ForeignKey(
        "reports.IncomingLetter", verbose_name="ответ на", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    replaces = models.ForeignKey(
        "self", verbose_name="взамен письма", null=True, on_delete=models.PROTECT, related_name="replacements"
    )
    replacement_reason = models.TextField("почему заменяется прежнее", blank=True)
    # Written when the replacement is sent.
    replaced_by = models.OneToOneField(
        "self", verbose_name="заменено письмом", null=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(Department, verbose_name="отдел", on_delete=models.PROTECT, related_name="+")
    status = models.CharField("состояние", max_length=20, choices=LetterStatus, default=LetterStatus.DRAFT)
    subject_line = models.CharField("заголовок", max_length=300)
    prepared_by = models.ForeignKey(Person, verbose_name="исполнитель", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(User, verbose_name="направлено", null=True, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("когда направлено", null=True)
    centers = models.ManyToManyField(Center, verbose_name="кому", related_name="letters")
    snapshot = models.OneToOneField(
        "reports.Snapshot", verbose_name="содержание", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Taken together at «К подписанию»; printed by the final PDF.
    entry = models.OneToOneField(
        RegisterEntry, verbose_name="номер и дата", null=True, on_delete=models.PROTECT, related_name="+"
    )
    authority = models.ForeignKey(
        SigningAuthority, verbose_name="право подписи", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signatory_post = models.CharField("должность в подписи", max_length=150, blank=True)
    signatory_name = models.CharField("подписант", max_length=150, blank=True)
    way = models.CharField("способ подписания", max_length=20, choices=Way, default=Way.KEY)
    final = models.OneToOneField(
        "reports.LetterFile", verbose_name="PDF на подпись", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # What full-text search looks through, as printed and in one spelling. Written with the number.
    printed_text = models.TextField("напечатанный текст", blank=True, editable=False)
    printed_key = models.TextField(blank=True, editable=False)
    # «Одобрить, подпишу за компьютером»: said of the PDF that awaits the signature.
    endorsed_at = models.DateTimeField("одобрено", null=True)
    # A worker's claim: whose lease it is, until when by the machine's clock, and how often it was tried.
    draw_lease_until = models.DateTimeField(null=True, editable=False)
    draw_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    draw_error = models.TextField("почему не готово", blank=True, editable=False)

    recorded = Recorded(
        personal=("signatory_name",),
        # The text stands in snapshots, the rest is the worker's.
        without=("printed_text", "printed_key", "draw_lease_until", "draw_attempts", "draw_error"),
        name=("subject_line",),
    )
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="letter_status_is_known"),
            models.UniqueConstraint(
                fields=["outcome"],
                condition=Q(status=LetterStatus.SENT) & Q(replaced_by__isnull=True),
                name="outcome_has_one_letter_in_force",
            ),
            models.UniqueConstraint(
                fields=["outcome"],
                condition=~Q(status__in=[LetterStatus.SENT, LetterStatus.ANNULLED]),
                name="outcome_has_one_letter_under_way",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=NUMBERED,
                    entry__isnull=False,
                    authority__isnull=False,
                )
                & ~Q(signatory_post="")
                & ~Q(signatory_name="")
                | ~Q(status__in=NUMBERED) & Q(entry__isnull=True, authority__isnull=True),
                name="letter_has_number_date_and_signatory_together",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DRAWN, final__isnull=False) | ~Q(status__in=DRAWN) & Q(final__isnull=True),
                name="letter_is_drawn_before_it_waits_for_the_signature",
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=False) | Q(status=LetterStatus.DRAFT),
                name="letter_under_way_has_content",
            ),
            models.CheckConstraint(
                condition=Q(filed_by__isnull=False, filed_at__isnull=False)
                | Q(
                    filed_by__isnull=True,
                    filed_at__isnull=True,
                    status__in=[LetterStatus.DRAFT, LetterStatus.ANNULLED],
                ),
                name="letter_under_way_says_who_filed_it",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True) | Q(kind=LetterKind.OUTCOME), name="letter_of_an_outcome_says_so"
            ),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="kind_of_a_letter_is_known"),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(status=LetterStatus.SENT),
                name="only_a_sent_letter_is_replaced",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_at__isnull=True) | Q(status__in=DRAWN), name="only_a_drawn_letter_is_endorsed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_line} ({self.entry or 'без номера'})"

    @property
    def occasion(self) -> Event | None:
        """The event that the letter speaks of, if any."""
        return self.outcome.event if self.outcome else self.event

    @property
    def heading(self) -> str:
        """«О» alone, as a new letter begins, names nothing."""
        return headings.named(self.subject_line)

    @property
    def title(self) -> str:
        """«Об итогах проведения вебинара «Олимпиадная вертикаль»»: headings of one kind are alike, topics are not."""
        return headings.titled(self.heading, self.occasion.topic if self.occasion else "")

    @property
    def is_stuck(self) -> bool:
        """Every attempt to draw it has failed, and no worker is at it."""
        return self.status == LetterStatus.PREPARING and self.draw_attempts >= self.DRAW_ATTEMPTS

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """A draft that has been filed once was sent back."""
        if self.status == LetterStatus.DRAFT and self.filed_at:
            return "На доработке"
        return LetterStatus(self.status).label

    def scans(self) -> "models.QuerySet[LetterFile]":
        """Scans of the PDF that waits now, the newest first; an older scan shows a number that was annulled since."""
        return self.files.filter(kind=FileKind.SCAN, pk__gt=self.final_id or 0).order_by("-pk")


class FileKind(models.TextChoices):
    FINAL = "final", "PDF на подпись"
    SEALED = "sealed", "подписанный PDF"
    SCAN = "scan", "скан подписанного"
    SIGNATURE = "signature", "файл подписи (.sig)"
    STAMPED = "stamped", "копия с отметкой о подписи"


class LetterFile(models.Model):
    """A file of a letter; its bytes lie in the store under their digest and are never written again."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("вид", max_length=20, choices=FileKind)
    digest = models.CharField("sha256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")
    media_type = models.CharField("тип", max_length=100, default="application/pdf")
    versions = models.JSONField("чем нарисован", default=list)
    made_at = models.DateTimeField("когда")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="кем")

    class Meta:
        verbose_name = "файл письма"
        verbose_name_plural = "файлы писем"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.digest[:12]}"


class LetterTransition(Transition):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="transitions")

    class Meta:
        db_table = "reports_letterstep"
        verbose_name = "шаг письма"
        verbose_name_plural = "шаги писем"

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.before} → {self.after}"
