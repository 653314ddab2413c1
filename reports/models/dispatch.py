"""One message to one recipient: a row with a state of its own."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from centers.models import Center, Person, User
from events.models import Commitment
from rcro_portal.lib.notices.messages import (
    Message,
    MessageQuerySet,
    MessageStatus,
    says_when_it_came_back,
    says_when_it_left,
)
from reports.models.letter import Letter, LetterStatus, LetterTransition
from reports.models.manuscript import Addressee

if TYPE_CHECKING:
    import datetime


class RecipientQuerySet(MessageQuerySet):
    def mended(self) -> Self:
        """It went, to another address than the record gave."""
        return self.filter(status=MessageStatus.SENT, mended_from__isnull=False).exclude(email=F("mended_from"))

    def of_reader(self, user: User, day: "datetime.date") -> Self:
        """Meant for this person, or for a centre that they coordinate that day."""
        centers = Center.objects.coordinated_by(user.person, day)
        named = Q(addressee__person=user.person_id) | Q(addressee__organization__center__in=centers)
        return self.filter(Q(center__in=centers) | named)

    def acknowledged(self) -> Self:
        """Whose reader confirmed it."""
        return self.with_reading().filter(is_read=True)

    def with_reading(self) -> Self:
        """Adds ``is_read``: its reader confirmed it; whoever answered one of the letter's decisions has read it."""
        answered = Commitment.objects.filter(
            Q(organization=OuterRef("center__organization")) | Q(organization=OuterRef("addressee__organization")),
            outcome=OuterRef("letter__outcome"),
            # Of two letters of one outcome an answer was given to the one that had come by then.
            acknowledged_at__gte=OuterRef("sent"),
        )
        sent = LetterTransition.objects.filter(letter=OuterRef("letter"), after=LetterStatus.SENT).values("at")[:1]
        rows = self.annotate(sent=Subquery(sent))
        return rows.annotate(is_read=Q(acknowledged_at__isnull=False) | Exists(answered))


class Recipient(Message):
    """Made by the step to «Отправлено»; the portal itself sends nothing twice."""

    letter = models.ForeignKey(Letter, verbose_name="письмо", on_delete=models.PROTECT, related_name="recipients")
    # One of both: a centre, or an addressee whom the letter names.
    center = models.ForeignKey(Center, verbose_name="РВЦИ", null=True, on_delete=models.PROTECT, related_name="+")
    addressee = models.OneToOneField(
        Addressee, verbose_name="адресат", null=True, on_delete=models.PROTECT, related_name="recipient"
    )
    person = models.ForeignKey(Person, verbose_name="кому", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("имя", max_length=300)
    # What the record gave, where a person mended it at the message: empty where it gave none, null where nobody did.
    mended_from = models.EmailField("адрес до исправления", blank=True, null=True)
    token = models.CharField("ключ ссылки", max_length=64, unique=True)
    opened_at = models.DateTimeField("открыто", null=True)
    acknowledged_at = models.DateTimeField("ознакомление подтверждено", null=True)
    acknowledged_by = models.ForeignKey(
        User, verbose_name="кем подтверждено", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = "получатель"
        verbose_name_plural = "получатели"
        constraints = [
            models.UniqueConstraint(fields=["letter", "center"], name="center_receives_a_letter_once"),
            says_when_it_left("sent_message_says_when"),
            says_when_it_came_back("bounced_message_says_when"),
            models.CheckConstraint(
                condition=Q(center__isnull=False, addressee__isnull=True)
                | Q(center__isnull=True, addressee__isnull=False),
                name="recipient_is_a_center_or_an_addressee",
            ),
            models.CheckConstraint(condition=Q(status__in=MessageStatus.values), name="recipient_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_status_display()}"

    @property
    def is_mended(self) -> bool:
        """What ``mended`` says of one row."""
        return self.status == MessageStatus.SENT and self.mended_from not in (None, self.email)

    @property
    def organization_id(self) -> int | None:
        """The organisation that gets it; none where a person does."""
        if self.center:
            return self.center.organization_id
        return self.addressee.organization_id if self.addressee else None
