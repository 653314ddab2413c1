"""What the portal told of the invented years: written down as sent at its time, for nobody was there to send it."""

from django.db.models import F
from django.utils import timezone

from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.models import Notice


def settle() -> None:
    due = Notice.objects.due(timezone.now())
    due.update(status=MessageStatus.SENT, sent_at=F("send_after"), claimed_at=F("send_after"), attempts=1)
