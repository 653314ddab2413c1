"""Messages to people of which the portal knows that they did not arrive, or does not know whether they did."""

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef

from centers.accounts.notices import ACCOUNT
from centers.models import AddressChange, Invitation, User
from rcro_portal.lib.notices.messages import DOUBTFUL, MessageStatus
from rcro_portal.models import Notice


def invitations(user: User, now: datetime.datetime) -> list[Invitation]:
    """Living ones that may never have reached anybody: an administrator sees all, who invites what they sent."""
    rows = Invitation.objects.doubtful(now).visible_to(user)
    if "administrator" not in user.roles:
        rows = rows.filter(invited_by=user)
    return list(rows.select_related("person", "notice").order_by("-notice__claimed_at"))


def address_changes(now: datetime.datetime) -> list[AddressChange]:
    """Whose link may never have reached the new address."""
    rows = AddressChange.objects.pending(now).filter(notice__in=Notice.objects.doubtful())
    return list(rows.select_related("user__person", "notice").order_by("-notice__claimed_at"))


def unreachable() -> list[Any]:
    """Of each account whose address takes no mail any more the last notice, unless it has arrived."""
    told = Notice.objects.filter(reason=ACCOUNT.key)
    later = told.filter(email=OuterRef("email"), pk__gt=OuterRef("pk"), status__in=(MessageStatus.SENT, *DOUBTFUL))
    at_the_address = told.filter(email=F("user__email"), user__is_active=True)
    rows = at_the_address.doubtful().filter(~Exists(later))
    return list(rows.select_related("user__person").order_by("-claimed_at"))
