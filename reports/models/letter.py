"""The letter, the snapshots of its content, its visas, files and steps."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from centers.models import Center, Department, Person, User
from events.models import Outcome
from rcro_portal.trail import Step
from reports.models.letterhead import SigningAuthority
from reports.models.register import RegisterEntry

if TYPE_CHECKING:
    import datetime


class LetterStatus(models.TextChoices):
    DRAFT = "draft", "На доработке"
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


class Way(models.TextChoices):
    """How a letter is signed; it says which file is the original."""

    KEY = "key", "ключом в портале"
    PAPER = "paper", "на бумаге"


class LetterQuerySet(models.QuerySet):
    def living(self) -> Self:
        return self.exclude(status=LetterStatus.ANNULLED)

    def visible_to(self, user: User, day: "datetime.date") -> Self:
        """Staff of the institution see every letter; a coordinator those sent to a centre coordinated that day."""
        if user.roles - {"coordinator"}:
            return self.all()
        centers = Center.objects.coordinated_by(user.person, day)
        received = Letter.centers.through.objects.filter(center__in=centers)
        return self.filter(status=LetterStatus.SENT, pk__in=received.values("letter"))

    def due_for_drawing(self, now: "datetime.datetime") -> Self:
        """Waiting for a worker: claimed by none, or by one whose lease ran out."""
        return self.filter(
            Q(draw_lease_until__isnull=True) | Q(draw_lease_until__lt=now),
            status=LetterStatus.PREPARING,
            draw_attempts__lt=Letter.DRAW_ATTEMPTS,
        )

    def for_the_director(self) -> Self:
        """«На подпись»: approved ones and those that wait for the signature."""
        return self.filter(status__in=[LetterStatus.APPROVED, LetterStatus.PREPARING, LetterStatus.AWAITING])


class Letter(models.Model):
    STEPS = {
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

    outcome = models.ForeignKey(Outcome, verbose_name="итоги", on_delete=models.PROTECT, related_name="letters")
    department = models.ForeignKey(Department, verbose_name="отдел", on_delete=models.PROTECT, related_name="+")
    status = models.CharField("состояние", max_length=20, choices=LetterStatus, default=LetterStatus.DRAFT)
    subject_line = models.CharField("заголовок", max_length=300)
    prepared_by = models.ForeignKey(Person, verbose_name="исполнитель", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(User, verbose_name="направлено", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("когда направлено")
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
    # A worker's claim: whose lease it is, until when by the machine's clock, and how often it was tried.
    draw_lease_until = models.DateTimeField(null=True, editable=False)
    draw_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    draw_error = models.TextField("почему не готово", blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="letter_status_is_known"),
            models.UniqueConstraint(
                fields=["outcome"],
                condition=~Q(status=LetterStatus.ANNULLED),
                name="outcome_has_one_living_letter",
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
        ]

    def __str__(self) -> str:
        return f"{self.subject_line} ({self.entry or 'без номера'})"

    def scans(self) -> "models.QuerySet[LetterFile]":
        """Scans of the PDF that waits now, the newest first; an older scan shows a number that was annulled since."""
        return self.files.filter(kind=FileKind.SCAN, pk__gt=self.final_id or 0).order_by("-pk")


class Snapshot(models.Model):
    """The content of a letter at one filing: all that it prints but number, date and signatory. Never changed."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="snapshots")
    content = models.JSONField("содержание", help_text="пары «элемент — текст», только списки и строки")
    digest = models.CharField("sha256", max_length=64)
    taken_at = models.DateTimeField("когда")
    taken_by = models.ForeignKey(User, verbose_name="кем", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "снимок содержания"
        verbose_name_plural = "снимки содержания"

    def __str__(self) -> str:
        return f"{self.letter_id}, {self.taken_at:%d.%m.%Y %H:%M}"


class SnapshotFigure(models.Model):
    """A figure frozen at filing: value, query, parameters, the rows counted, the moment (the snapshot's)."""

    snapshot = models.ForeignKey(Snapshot, verbose_name="снимок", on_delete=models.PROTECT, related_name="figures")
    name = models.CharField("название в тексте", max_length=150)
    query = models.CharField("показатель", max_length=50)
    parameters = models.JSONField("параметры")
    value = models.PositiveIntegerField("значение")
    text = models.CharField("как в письме", max_length=300)
    counted = models.JSONField("что посчитано", help_text="ключи посчитанных строк")

    class Meta:
        verbose_name = "показатель письма"
        verbose_name_plural = "показатели письма"
        constraints = [models.UniqueConstraint(fields=["snapshot", "name"], name="figure_is_frozen_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class VisaKind(models.TextChoices):
    APPROVED = "approved", "Согласовано"
    SKIPPED = "skipped", "Виза не требуется"


class Approval(models.Model):
    """A visa, on the very content that was read; a new snapshot has none."""

    snapshot = models.ForeignKey(
        Snapshot, verbose_name="содержание", on_delete=models.PROTECT, related_name="approvals"
    )
    kind = models.CharField("виза", max_length=20, choices=VisaKind)
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    note = models.TextField("примечание", blank=True)

    class Meta:
        verbose_name = "виза"
        verbose_name_plural = "визы"
        constraints = [models.UniqueConstraint(fields=["snapshot", "by"], name="content_is_approved_once_by_a_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.by}"


class FileKind(models.TextChoices):
    FINAL = "final", "PDF на подпись"
    SEALED = "sealed", "подписанный PDF"
    SCAN = "scan", "скан подписанного"


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


class LetterStep(Step):
    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="steps")

    class Meta:
        verbose_name = "шаг письма"
        verbose_name_plural = "шаги писем"

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.before} → {self.after}"
