"""«Подтвердить ознакомление»: a recipient says that the letter was read, in the portal or by the message's link."""

import datetime
from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from centers.models import User
from events.commitments import commitments
from events.models import Commitment
from events.models.commitment import CommitmentStatus
from events.models.outcome import Asks
from rcro_portal.lib.refusals import WrongStep
from reports.models import Letter, Recipient

BY_LINK = "Подтверждено по ссылке из письма"


@transaction.atomic
def confirm(*, recipient: Recipient, by: User | None, at: datetime.datetime) -> bool:
    """Noted once; True if this call did. ``by`` None: by the message's link, without an account.

    Commitments of this letter and recipient that ask for nothing but that are done by it, while the letter is in force.
    """
    unread = Recipient.objects.filter(pk=recipient.pk, acknowledged_at__isnull=True)
    if not unread.update(acknowledged_at=at, acknowledged_by=by):
        return False
    in_force = Letter.objects.in_force().filter(pk=recipient.letter_id)
    # A letter that no outcome writes notes all that it asks, kept or new.
    by_it = Q(outcome__in=in_force.values("outcome")) | Q(pk__in=in_force.values("commitments__commitment"))
    asked = Commitment.objects.filter(
        by_it, organization=recipient.organization_id, asks=Asks.ACKNOWLEDGEMENT, status=CommitmentStatus.OPEN
    )
    for commitment in asked.order_by("pk"):
        # Another request may confirm this one at the same moment.
        with suppress(WrongStep):
            commitments.acknowledge(commitment=commitment, by=by, at=at, note="" if by else BY_LINK)
    return True
