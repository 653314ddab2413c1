"""Pupils of a prep session by name, for as long as a guardian consents; then the names go and the row still counts.

Federal Law 152-FZ: a consent is a document of its own with a term; to publish a name wants another one (art. 10.1).
"""

import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from centers.models import Center, Organization, User
from events.models import Event
from olympiad.models.session import PrepSession
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.search import SortKeyField
from rcro_portal.lib.uploads import WithFile

# A table with consents is brought in without their scans: so long a name stays without one.
SCAN_WITHIN = datetime.timedelta(days=14)


class WhyNameless(models.TextChoices):
    TERM = "term", "срок согласия вышел"
    WITHDRAWN = "withdrawn", "согласие отозвано"
    NO_SCAN = "no_scan", "файл согласия не приложен"


class PupilQuerySet(models.QuerySet):
    def named_on(self, day: datetime.date) -> Self:
        """Whose name may be known on that day (Asia/Tomsk): a consent holds until the end of its last day."""
        return self.filter(nameless_at__isnull=True, consent_on__lte=day, consent_until__gte=day)

    def visible_to(self, user: User, day: datetime.date) -> Self:
        """Methodists see those of their department's sessions, a coordinator those of the schools coordinated."""
        kept = Q(session__event__department__in=user.departments_on(day, "methodist"))
        schools = Center.objects.coordinated_by(user.person, day).values("organization")
        events = Event.objects.visible_to(user)
        own = Q(organization__in=schools, session__event__in=events) if "coordinator" in user.roles_on(day) else Q()
        return self.named_on(day).filter(kept | own if own else kept)

    def with_scan(self) -> Self:
        """Adds ``has_scan``: whether the consent lies in the store."""
        return self.annotate(has_scan=_scan())

    def without_scan(self) -> Self:
        return self.filter(~_scan())


def _scan() -> Exists:
    return Exists(PupilFile.objects.filter(pupil=OuterRef("pk"), purpose=Purpose.CONSENT, dropped_at=None))


class Pupil(models.Model):
    """Without a name once ``nameless_at``: class and school stay for counts.

    ``new_in_season``: came to no earlier session of the season, as somebody said; null where nobody did. ``namesake``:
    whoever typed it said that this is another child than the one of the same name, class and school.
    """

    session = models.ForeignKey(PrepSession, verbose_name="смена", on_delete=models.PROTECT, related_name="pupil_rows")
    surname = models.CharField("фамилия", max_length=100)
    given_name = models.CharField("имя", max_length=100)
    grade = models.PositiveSmallIntegerField("класс", validators=[MinValueValidator(1), MaxValueValidator(11)])
    organization = models.ForeignKey(Organization, verbose_name="школа", on_delete=models.PROTECT, related_name="+")
    new_in_season = models.BooleanField("впервые в сезоне", null=True, blank=True)
    namesake = models.BooleanField("тёзка", default=False)
    consent_on = models.DateField("согласие дано")
    consent_until = models.DateField("согласие действует по")
    publication_on = models.DateField("согласие на публикацию дано", null=True, blank=True)
    publication_until = models.DateField("согласие на публикацию действует по", null=True, blank=True)
    entered_by = models.ForeignKey(
        User, verbose_name="кто внёс", on_delete=models.PROTECT, related_name="+", editable=False
    )
    entered_at = models.DateTimeField("когда внесено", editable=False)
    nameless_at = models.DateTimeField("без имени с", null=True, blank=True, editable=False)
    nameless_why = models.CharField("почему без имени", max_length=20, choices=WhyNameless, blank=True, editable=False)
    sort_key = SortKeyField("surname", "given_name")

    recorded = Recorded(personal=("surname", "given_name", "grade", "organization"), part_of="session")
    objects = PupilQuerySet.as_manager()

    class Meta:
        verbose_name = "обучающийся смены"
        verbose_name_plural = "обучающиеся смены"
        constraints = [
            models.CheckConstraint(
                condition=(Q(nameless_at=None, nameless_why="") & ~Q(surname="") & ~Q(given_name=""))
                | Q(
                    nameless_at__isnull=False,
                    surname="",
                    given_name="",
                    sort_key="",
                    nameless_why__in=WhyNameless.values,
                ),
                name="pupil_has_a_whole_name_or_none",
            ),
            models.CheckConstraint(
                condition=Q(consent_until__gte=F("consent_on")),
                name="consent_ends_after_it_is_given",
                violation_error_message="Согласие кончается раньше, чем дано.",
            ),
            models.CheckConstraint(
                condition=Q(publication_on=None, publication_until=None)
                | Q(
                    publication_on__isnull=False,
                    publication_until__isnull=False,
                    publication_until__gte=F("publication_on"),
                ),
                name="consent_to_publication_has_its_own_term",
                violation_error_message="У согласия на публикацию нужны оба дня: когда дано и по какой день действует.",
            ),
            models.CheckConstraint(
                condition=Q(grade__gte=1, grade__lte=11),
                name="grade_of_a_pupil_is_a_schools",
                violation_error_message="Класс – от 1 до 11.",
            ),
            models.UniqueConstraint(
                fields=["session", "surname", "given_name", "grade", "organization"],
                condition=Q(namesake=False, nameless_at=None),
                name="pupil_stands_once_in_a_session",
                violation_error_message="Обучающийся с таким именем, классом и школой в смене уже есть. "
                "Если это другой человек, отметьте «Тёзка».",
            ),
        ]

    def __str__(self) -> str:
        """Stands in logs and refusals, where no name belongs."""
        return f"обучающийся № {self.pk}"


class Purpose(models.TextChoices):
    CONSENT = "consent", "Согласие на обработку данных"
    PUBLICATION = "publication", "Согласие на публикацию"


class PupilFile(WithFile):
    """The scan of a consent; its name says nothing of whose it is.

    ``dropped_at``: the file is to go. The row outlives it in the store, so that a worker killed between leaves no file
    that nobody knows.
    """

    pupil = models.ForeignKey(
        Pupil, verbose_name="обучающийся", null=True, on_delete=models.SET_NULL, related_name="files"
    )
    purpose = models.CharField("что это", max_length=20, choices=Purpose)
    dropped_at = models.DateTimeField("удаляется с", null=True)

    class Meta(WithFile.Meta):
        verbose_name = "согласие обучающегося"
        verbose_name_plural = "согласия обучающихся"
        constraints = [
            *WithFile.Meta.constraints,
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=False) | Q(pupil__isnull=False), name="kept_consent_is_of_a_pupil"
            ),
            models.UniqueConstraint(
                fields=["pupil", "purpose"], condition=Q(dropped_at=None), name="pupil_has_one_file_of_a_consent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.pk}"


class LookedAt(models.TextChoices):
    LIST = "list", "список на экране"
    XLSX = "xlsx", "выгрузка XLSX"
    CSV = "csv", "выгрузка CSV"
    RECORD = "record", "запись одного"
    SCAN = "scan", "файл согласия"
    TABLE = "table", "загрузка списка"


class PupilLook(models.Model):
    """Somebody saw names: who, when, of which session, how many. Rows are only added."""

    session = models.ForeignKey(PrepSession, verbose_name="смена", on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    what = models.CharField("что", max_length=20, choices=LookedAt)
    names = models.PositiveIntegerField("сколько имён")

    class Meta:
        verbose_name = "просмотр имён"
        verbose_name_plural = "просмотры имён"
        constraints = [models.CheckConstraint(condition=Q(names__gte=1), name="look_sees_a_name")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.names}"
