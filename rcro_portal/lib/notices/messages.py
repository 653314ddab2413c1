"""A row that stands for one message to one address, and its states.

``queued → sending → sent``; back to ``queued`` where the message has not left; ``failed`` where it was refused for
good; ``unknown`` where it may have left; ``sent → bounced`` where it came back.
"""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class MessageStatus(models.TextChoices):
    QUEUED = "queued", "В очереди"
    SENDING = "sending", "Отправляется"
    SENT = "sent", "Доставлено"
    FAILED = "failed", "Не доставлено"
    UNKNOWN = "unknown", "Неизвестно"
    BOUNCED = "bounced", "Вернулось"


# Of those that are planned ahead: facts changed before it left.
TAKEN_BACK = "taken_back"
LEFT = (MessageStatus.SENT, MessageStatus.BOUNCED)
NOT_REACHED = (MessageStatus.FAILED, MessageStatus.BOUNCED)
DOUBTFUL = (*NOT_REACHED, MessageStatus.UNKNOWN)


class MessageQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        return self.filter(status=MessageStatus.QUEUED, send_after__lte=now)

    def broken_off(self, now: datetime.datetime) -> Self:
        """Claimed by a worker that never came back: the message may have gone or not."""
        return self.filter(status=MessageStatus.SENDING, lease_until__lt=now)

    def on_their_way(self, now: datetime.datetime) -> Self:
        """In the hands of a worker that may still come back."""
        return self.filter(status=MessageStatus.SENDING, lease_until__gte=now)

    def doubtful(self) -> Self:
        """For a person to look at."""
        return self.filter(status__in=DOUBTFUL)

    def not_reached(self) -> Self:
        """Surely not there; of an unknown one nobody knows."""
        return self.filter(status__in=NOT_REACHED)

    def claim(self, now: datetime.datetime) -> datetime.datetime | None:
        """The lease under which the caller alone has the one due row; None where it is not due, or another has it."""
        lease = now + datetime.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
        claimed = self.due(now).update(
            status=MessageStatus.SENDING, lease_until=lease, attempts=F("attempts") + 1, **self.noted_at_claim(now)
        )
        return lease if claimed else None

    def noted_at_claim(self, now: datetime.datetime) -> dict[str, Any]:  # noqa: ARG002
        """What a table writes down beside the claim."""
        return {}


class Message(models.Model):
    """``message_id`` is that of the sending under way: a bounce is believed by it."""

    email = models.EmailField("адрес", blank=True)
    status = models.CharField("состояние", max_length=20, choices=MessageStatus, default=MessageStatus.QUEUED)
    message_id = models.CharField("Message-ID", max_length=150, unique=True)
    send_after = models.DateTimeField("не раньше")
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    error = models.TextField("почему не доставлено", blank=True)
    sent_at = models.DateTimeField("отправлено", null=True)
    bounced_at = models.DateTimeField("вернулось", null=True)

    class Meta:
        abstract = True


def says_when_it_left(name: str) -> models.CheckConstraint:
    """A message that has left says when, and no other does."""
    left = Q(status__in=LEFT, sent_at__isnull=False) | ~Q(status__in=LEFT) & Q(sent_at__isnull=True)
    return models.CheckConstraint(condition=left, name=name)


def says_when_it_came_back(name: str) -> models.CheckConstraint:
    back = MessageStatus.BOUNCED
    came = Q(status=back, bounced_at__isnull=False) | ~Q(status=back) & Q(bounced_at__isnull=True)
    return models.CheckConstraint(condition=came, name=name)
