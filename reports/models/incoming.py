"""Official letters that came in: a school's own number and day, and the letter that they answer."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from centers.models import Department, Organization, Person, User
from events.models import Commitment
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.transitions import Transition
from reports.models.letter import Letter

if TYPE_CHECKING:
    import datetime


class IncomingStatus(models.TextChoices):
    REGISTERED = "registered", "Ждёт резолюции"
    IN_WORK = "in_work", "В работе"
    ANSWERED = "answered", "Дан ответ"
    CLOSED = "closed", "Закрыто"


class IncomingQuerySet(SearchQuerySet):
    def awaiting_resolution(self) -> Self:
        return self.filter(status=IncomingStatus.REGISTERED)

    def in_work(self) -> Self:
        return self.filter(status=IncomingStatus.IN_WORK)

    def overdue(self, day: "datetime.date") -> Self:
        return self.in_work().filter(due_on__lt=day)


class IncomingLetter(models.Model):
    """An official reply or request (входящее письмо), tied to what it answers, with whoever is to answer it by when."""

    TRANSITIONS = {
        IncomingStatus.REGISTERED: (IncomingStatus.IN_WORK, IncomingStatus.ANSWERED, IncomingStatus.CLOSED),
        IncomingStatus.IN_WORK: (IncomingStatus.ANSWERED, IncomingStatus.CLOSED),
        IncomingStatus.ANSWERED: (IncomingStatus.REGISTERED,),
        IncomingStatus.CLOSED: (IncomingStatus.REGISTERED,),
    }

    status = models.CharField("состояние", max_length=20, choices=IncomingStatus, default=IncomingStatus.REGISTERED)
    number = models.CharField("вх. №", max_length=50, blank=True)
    received_on = models.DateField("получено")
    sender = models.ForeignKey(
        Organization, verbose_name="отправитель", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sender_name = models.CharField("отправитель, как в письме", max_length=300)
    their_number = models.CharField("исх. № отправителя", max_length=50, blank=True)
    their_on = models.DateField("от", null=True, blank=True)
    subject = models.CharField("о чём", max_length=300)
    file_name = models.CharField("имя файла", max_length=150, blank=True)
    digest = models.CharField("sha256", max_length=64, blank=True)
    size = models.PositiveIntegerField("размер, байт", default=0)
    media_type = models.CharField("тип", max_length=100, blank=True)
    replies_to = models.ForeignKey(
        Letter,
        verbose_name="на наше письмо",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The resolution: written together, over again where the director writes another one.
    executor = models.ForeignKey(
        Person, verbose_name="исполнитель", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name="отдел", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolution = models.TextField("резолюция", blank=True)
    due_on = models.DateField("срок", null=True, blank=True)
    registered_by = models.ForeignKey(User, verbose_name="кем внесено", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("когда внесено")
    search_key = SearchKeyField("sender_name", "subject", "their_number", "number")
    sort_key = SortKeyField("sender_name")

    recorded = Recorded(personal=("sender_name",), untold=("digest", "media_type"), name=("subject",))
    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = "входящее письмо"
        verbose_name_plural = "входящие письма"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=IncomingStatus.values), name="incoming_status_is_known"),
            models.CheckConstraint(
                condition=Q(executor__isnull=True, department__isnull=True, resolution="", due_on__isnull=True)
                | Q(executor__isnull=False, department__isnull=False, due_on__isnull=False) & ~Q(resolution=""),
                name="resolution_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status=IncomingStatus.IN_WORK) | Q(executor__isnull=False),
                name="incoming_letter_in_work_has_its_resolution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_name}: № {self.their_number or 'б/н'}"


class IncomingTransition(Transition):
    incoming = models.ForeignKey(
        IncomingLetter, on_delete=models.PROTECT, related_name="transitions", verbose_name="входящее письмо"
    )

    class Meta:
        verbose_name = "шаг входящего письма"
        verbose_name_plural = "шаги входящих писем"

    def __str__(self) -> str:
        return f"{self.incoming_id}: {self.before} → {self.after}"
