"""Certificates of those who were at an event: a counter per year, releases, and one row per person and role."""

import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from centers.models import Center, User
from events.models import Attendance, Event
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.transitions import Transition
from reports.models.letterhead import SigningAuthority

HOURS_AT_MOST = 15  # from sixteen on hours are those of further training, of which no certificate speaks


class CertificateYear(models.Model):
    """The counter of one year's certificates. Only ``certificates.numbering`` raises it."""

    year = models.PositiveSmallIntegerField("год", unique=True)
    last_sequence = models.PositiveIntegerField("последний выданный номер", default=0)
    last_on = models.DateField("дата последнего номера", null=True, blank=True)

    class Meta:
        verbose_name = "год журнала сертификатов"
        verbose_name_plural = "годы журнала сертификатов"

    def __str__(self) -> str:
        return f"Сертификаты, {self.year}"


class CertificateRole(models.TextChoices):
    LISTENER = "listener", "слушатель"
    SPEAKER = "speaker", "докладчик"
    MASTER_CLASS = "master_class", "ведущий мастер-класса"
    JURY = "jury", "член жюри"
    ORGANISER = "organiser", "организатор"


class EventLevel(models.TextChoices):
    """What commissions of attestation ask for."""

    SCHOOL = "school", "уровень образовательной организации"
    MUNICIPAL = "municipal", "муниципальный уровень"
    REGIONAL = "regional", "региональный уровень"
    FEDERAL = "federal", "всероссийский уровень"


class ReleaseStatus(models.TextChoices):
    DRAFT = "draft", "Готовится"
    AWAITING = "awaiting", "Ждёт выпуска"
    DRAWING = "drawing", "Выпускается"
    STOPPED = "stopped", "Остановлен"
    RELEASED = "released", "Выпущен"
    CANCELLED = "cancelled", "Отменён"


UNDER_WAY = (ReleaseStatus.DRAFT, ReleaseStatus.AWAITING)


class ReleaseQuerySet(models.QuerySet):
    def under_way(self) -> Self:
        return self.filter(status__in=UNDER_WAY)


class CertificateRelease(models.Model):
    """Certificates of one event that are prepared and released together. ``printed`` is what all of them say."""

    TRANSITIONS = {
        ReleaseStatus.DRAFT: (ReleaseStatus.AWAITING, ReleaseStatus.CANCELLED),
        ReleaseStatus.AWAITING: (ReleaseStatus.DRAFT, ReleaseStatus.DRAWING, ReleaseStatus.CANCELLED),
        ReleaseStatus.DRAWING: (ReleaseStatus.STOPPED, ReleaseStatus.RELEASED),
        ReleaseStatus.STOPPED: (ReleaseStatus.DRAWING, ReleaseStatus.RELEASED),
        ReleaseStatus.RELEASED: (),
        ReleaseStatus.CANCELLED: (),
    }

    event = models.ForeignKey(
        Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="certificate_releases"
    )
    status = models.CharField("состояние", max_length=20, choices=ReleaseStatus, default=ReleaseStatus.DRAFT)
    level = models.CharField("уровень", max_length=20, choices=EventLevel, default=EventLevel.REGIONAL)
    hours = models.PositiveSmallIntegerField(
        "академических часов",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HOURS_AT_MOST)],
    )
    prepared_by = models.ForeignKey(User, verbose_name="подготовил", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("подготовлен")
    authority = models.ForeignKey(
        SigningAuthority, verbose_name="право подписи", null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField("дата выдачи", null=True)
    printed = models.JSONField("что напечатано", default=list)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "выпуск сертификатов"
        verbose_name_plural = "выпуски сертификатов"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ReleaseStatus.values), name="release_status_is_known"),
            models.CheckConstraint(condition=Q(level__in=EventLevel.values), name="level_of_certificates_is_known"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=1, hours__lte=HOURS_AT_MOST),
                name="certificate_hours_are_no_further_training",
                violation_error_message=f"Часов от 1 до {HOURS_AT_MOST}: больше – это уже не сертификат участия.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[*UNDER_WAY, ReleaseStatus.CANCELLED], authority__isnull=True, issued_on__isnull=True
                )
                | Q(
                    status__in=[ReleaseStatus.DRAWING, ReleaseStatus.STOPPED, ReleaseStatus.RELEASED],
                    authority__isnull=False,
                    issued_on__isnull=False,
                ),
                name="released_certificates_say_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Сертификаты: {self.event}"

    @cached_property
    def draw_error(self) -> str:
        """Why a piece of it could not be drawn; empty where all go well, and where nothing is drawn now."""
        if self.status != ReleaseStatus.DRAWING:
            return ""
        return self.pieces.exclude(error="").order_by("first").values_list("error", flat=True).first() or ""


class ReleaseTransition(Transition):
    release = models.ForeignKey(
        CertificateRelease, verbose_name="выпуск", on_delete=models.PROTECT, related_name="transitions"
    )

    class Meta:
        verbose_name = "шаг выпуска сертификатов"
        verbose_name_plural = "шаги выпусков сертификатов"

    def __str__(self) -> str:
        return f"{self.release_id}: {self.before} → {self.after}"


class CertificateState(models.TextChoices):
    """What follows from a certificate's own columns."""

    PREPARED = "prepared", "Подготовлен"
    NUMBERED = "numbered", "Готовится файл"
    ISSUED = "issued", "Выдан"
    REVOKED = "revoked", "Аннулирован"
    REPLACED = "replaced", "Заменён"


class CertificateQuerySet(SearchQuerySet):
    def numbered(self) -> Self:
        return self.filter(sequence__isnull=False)

    def undrawn(self) -> Self:
        """Has its number and no file yet."""
        return self.numbered().filter(digest="", revoked_at__isnull=True)

    def issued(self) -> Self:
        """Drawn, revoked ones too."""
        return self.exclude(digest="")

    def standing(self) -> Self:
        return self.numbered().filter(revoked_at__isnull=True)

    def in_state(self, state: str) -> Self:
        replaced = Exists(Certificate.objects.filter(replaces=OuterRef("pk"), sequence__isnull=False))
        return {
            CertificateState.PREPARED: self.filter(sequence__isnull=True),
            CertificateState.NUMBERED: self.undrawn(),
            CertificateState.ISSUED: self.issued().filter(revoked_at__isnull=True),
            CertificateState.REVOKED: self.filter(~replaced, revoked_at__isnull=False),
            CertificateState.REPLACED: self.filter(replaced, revoked_at__isnull=False),
        }[CertificateState(state)]

    def visible_to(self, user: User, day: datetime.date) -> Self:
        """The office all; a coordinator those of the own centre's people; anybody their own."""
        if user.roles & {"methodist", "head", "director", "administrator"}:
            return self.all()
        own = Center.objects.coordinated_by(user.person, day)
        theirs = Q(attendance__person=user.person_id) | Q(attendance__center__in=own)
        return self.issued().filter(theirs)


class Certificate(models.Model):
    """One person in one role. What it prints is copied; from its number on that never changes, nor does the row go."""

    release = models.ForeignKey(
        CertificateRelease, verbose_name="выпуск", on_delete=models.PROTECT, related_name="certificates"
    )
    attendance = models.ForeignKey(
        Attendance, verbose_name="участие", on_delete=models.PROTECT, related_name="certificates"
    )
    role = models.CharField("роль", max_length=20, choices=CertificateRole)
    position = models.PositiveIntegerField("порядок в выпуске")
    name = models.CharField("кому, как напечатано", max_length=200)
    place = models.CharField("должность и организация", max_length=300, blank=True)
    talk = models.CharField("тема выступления", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("год", null=True)
    sequence = models.PositiveIntegerField("порядковый номер", null=True)
    number = models.CharField("номер", max_length=50, blank=True)
    token = models.CharField("ключ проверки", max_length=64, unique=True, editable=False)
    digest = models.CharField("sha256", max_length=64, blank=True)
    size = models.PositiveIntegerField("размер, байт", default=0)
    drawn_at = models.DateTimeField("выдан", null=True)
    revoked_at = models.DateTimeField("аннулирован", null=True)
    revoked_by = models.ForeignKey(
        User, verbose_name="кем аннулирован", null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_reason = models.CharField("почему аннулирован", max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", verbose_name="вместо", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    search_key = SearchKeyField("name")
    sort_key = SortKeyField("name")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "сертификат"
        verbose_name_plural = "сертификаты"
        indexes = [models.Index(fields=["release", "position"], name="certificates_of_a_release")]
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="certificate_number_is_given_once"),
            models.UniqueConstraint(
                fields=["release", "attendance", "role"], name="release_names_a_person_in_a_role_once"
            ),
            models.UniqueConstraint(
                fields=["attendance", "role"],
                condition=Q(sequence__isnull=False, revoked_at__isnull=True),
                name="person_has_one_certificate_in_a_role",
            ),
            models.CheckConstraint(condition=Q(role__in=CertificateRole.values), name="certificate_role_is_known"),
            models.CheckConstraint(
                condition=Q(year__isnull=True, sequence__isnull=True, number="")
                | Q(year__isnull=False, sequence__isnull=False) & ~Q(number=""),
                name="certificate_number_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(digest="", drawn_at__isnull=True)
                | Q(drawn_at__isnull=False, sequence__isnull=False) & ~Q(digest=""),
                name="issued_certificate_has_its_number_and_file",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | Q(revoked_at__isnull=False, sequence__isnull=False) & ~Q(revoked_reason=""),
                name="revoked_certificate_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}" if self.number else f"{self.name}, {self.get_role_display()}"

    @property
    def status(self) -> CertificateState:
        """``replaced_by`` is asked for a revoked one alone."""
        if self.revoked_at:
            later = getattr(self, "replaced_by", None)
            return CertificateState.REPLACED if later and later.number else CertificateState.REVOKED
        if self.digest:
            return CertificateState.ISSUED
        return CertificateState.NUMBERED if self.number else CertificateState.PREPARED

    @property
    def is_issued(self) -> bool:
        return bool(self.digest)
