"""A request for information (запрос сведений): what it asks, of whom, by what day."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from centers.models import Center, Person, User
from events.question_keys import new_key
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.transitions import Transition

if TYPE_CHECKING:
    import datetime


class RequestStatus(models.TextChoices):
    DRAFT = "draft", "Черновик"
    SENT = "sent", "Разослан"


class QuestionKind(models.TextChoices):
    NUMBER = "number", "целое число"
    FRACTION = "fraction", "число с долями: площадь, рубли"
    TEXT = "text", "текст"
    YES_NO = "yes_no", "да или нет"
    CHOICE = "choice", "выбор из списка"
    DATE = "date", "дата"
    LIST = "list", "список: по одному в строке"


# What has a unit and limits, and adds up.
NUMERIC = (QuestionKind.NUMBER, QuestionKind.FRACTION)


class KnownFigure(models.TextChoices):
    """What the portal knows of a centre by itself; how it is found says ``events.requests.known``."""

    PROJECTS = "projects", "сетевых проектов, которые ведёт центр"
    EVENTS = "events", "мероприятий, в которых центр участвовал за год"
    ACHIEVEMENTS = "achievements", "достижений за год"
    COORDINATORS = "coordinators", "координаторы центра"
    HEAD_NAME = "head_name", "руководитель"
    HEAD_TITLE = "head_title", "должность руководителя"
    PHONE = "phone", "телефоны"
    EMAIL = "email", "электронная почта"
    WEBSITE = "website", "сайт"
    POSTAL_ADDRESS = "postal_address", "почтовый адрес"


# Those that are columns of the organisation: an accepted answer may be written there.
ON_THE_CARD = (
    KnownFigure.HEAD_NAME,
    KnownFigure.HEAD_TITLE,
    KnownFigure.PHONE,
    KnownFigure.EMAIL,
    KnownFigure.WEBSITE,
    KnownFigure.POSTAL_ADDRESS,
)


class DataRequestQuerySet(ArchivableQuerySet):
    def drafts(self) -> Self:
        return self.filter(status=RequestStatus.DRAFT)

    def sent(self) -> Self:
        return self.filter(status=RequestStatus.SENT)

    def visible_to(self, user: User, day: "datetime.date") -> Self:
        """Staff of the institution see all; a coordinator what was sent to the centres coordinated that day."""
        if user.roles - {"coordinator"}:
            return self.all()
        centers = Center.objects.coordinated_by(user.person, day)
        return self.sent().filter(pk__in=self.model._default_manager.filter(sheets__center__in=centers).values("pk"))


class DataRequest(Archivable):
    """Its questions stand while it is a draft; sent, they are what every centre answers and change no more.

    A draft that is not wanted goes to the archive; what was sent, never.
    """

    TRANSITIONS = {RequestStatus.DRAFT: (RequestStatus.SENT,), RequestStatus.SENT: ()}

    title = models.CharField("название", max_length=300, help_text="«Сведения о работе РВЦИ за 2026 год»")
    lead = models.TextField("пояснение", blank=True, help_text="Прочтёт координатор над вопросами.")
    as_of = models.DateField("сведения на день", help_text="На этот день портал считает то, что знает сам.")
    due_on = models.DateField("срок ответа")
    status = models.CharField("состояние", max_length=20, choices=RequestStatus, default=RequestStatus.DRAFT)
    # Whose answers stand beside this year's.
    follows = models.ForeignKey(
        "self",
        verbose_name="прошлый запрос",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="next",
    )
    setter = models.ForeignKey(
        Person, verbose_name="кто запрашивает", on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField("разослан", null=True, blank=True, editable=False)

    recorded = Recorded(name=("title",))
    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос сведений"
        verbose_name_plural = "запросы сведений"
        constraints = [
            *Archivable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | Q(status=RequestStatus.DRAFT),
                name="request_in_the_archive_is_a_draft",
            ),
            models.CheckConstraint(condition=Q(status__in=RequestStatus.values), name="request_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.DRAFT, sent_at__isnull=True)
                | Q(status=RequestStatus.SENT, sent_at__isnull=False),
                name="sent_request_says_when",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="request_follows_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sent(self) -> bool:
        return bool(self.status == RequestStatus.SENT)


class DataRequestTransition(Transition):
    request = models.ForeignKey(
        DataRequest, on_delete=models.PROTECT, related_name="transitions", verbose_name="запрос"
    )

    class Meta:
        verbose_name = "шаг запроса"
        verbose_name_plural = "шаги запросов"

    def __str__(self) -> str:
        return f"{self.request_id}: {self.before} → {self.after}"


class DataQuestion(models.Model):
    """``key`` is the same in the next year's request: by it last year's answer is found."""

    request = models.ForeignKey(DataRequest, verbose_name="запрос", on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("порядок", default=1)
    key = models.SlugField("знак вопроса", max_length=20, default=new_key, editable=False)
    section = models.CharField("раздел", max_length=150, blank=True, help_text="Вопросы одного раздела стоят вместе.")
    label = models.CharField("вопрос", max_length=300)
    help_text = models.CharField("пояснение", max_length=300, blank=True)
    kind = models.CharField("вид ответа", max_length=20, choices=QuestionKind, default=QuestionKind.NUMBER)
    unit = models.CharField("единица", max_length=30, blank=True, help_text="Для числа: «чел.», «тыс. ₽».")
    least = models.IntegerField("не меньше", null=True, blank=True)
    most = models.IntegerField("не больше", null=True, blank=True)
    choices = models.TextField("варианты", blank=True, help_text="Для выбора: каждый с новой строки.")
    required = models.BooleanField("без ответа не отправить", default=True)
    known = models.CharField(
        "портал знает сам",
        max_length=20,
        choices=KnownFigure,
        blank=True,
        help_text="Ответ будет заполнен заранее, отличие портал отметит.",
    )
    writes = models.BooleanField(
        "принятый ответ записать в карточку организации",
        default=False,
        help_text="Только для того, что стоит в карточке: телефон, сайт, руководитель.",
    )

    recorded = Recorded(untold=("key", "position"), part_of="request", name=("label",))

    class Meta:
        verbose_name = "вопрос запроса"
        verbose_name_plural = "вопросы запроса"
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="request_asks_a_question_once"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=QuestionKind.CHOICE) | ~Q(choices=""),
                name="question_of_choice_has_choices",
                violation_error_message="Для выбора из списка перечислите варианты.",
            ),
            models.CheckConstraint(
                condition=Q(writes=False) | Q(known__in=ON_THE_CARD, kind=QuestionKind.TEXT),
                name="answer_is_written_where_the_card_has_it",
                violation_error_message="В карточку пишется текст, который в ней есть: телефон, сайт, руководитель.",
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=F("least")),
                name="most_is_not_below_least",
                violation_error_message="«Не больше» меньше, чем «не меньше».",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def said_label(self) -> str:
        """«Педагогов, чел.»."""
        return f"{self.label}, {self.unit}" if self.unit else self.label

    @property
    def options(self) -> list[str]:
        """What one may choose."""
        if self.kind == QuestionKind.YES_NO:
            return ["да", "нет"]
        return [line for line in self.choices.split("\n") if line] if self.kind == QuestionKind.CHOICE else []
