"""Messages to people that came back: invitations, links to a new address, notices of a changed account."""

import datetime
import secrets

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from centers.models import AddressChange, Invitation, Notice, User
from centers.models.mailed import Mailed

MAILED: tuple[type[Mailed], ...] = (Invitation, AddressChange, Notice)


def message_id(row: Mailed) -> str:
    """A Message-ID for the sending that begins now, remembered before it leaves. Nobody guesses it."""
    row.message_id = f"<{row._meta.model_name}-{row.pk}.{secrets.token_hex(8)}@{settings.MAIL_DOMAIN}>"
    row.save(update_fields=["message_id"])
    return row.message_id


def take(*, message_id: str, words: str, at: datetime.datetime) -> bool:
    """The message with this Message-ID came back for good; True if that changed a row."""
    fresh = {"message_id": message_id, "returned_at__isnull": True}
    return any(
        model._default_manager.filter(**fresh).update(returned_at=at, returned_because=words) for model in MAILED
    )


def invitations(user: User, now: datetime.datetime) -> list[Invitation]:
    """Living ones that never reached anybody: an administrator sees all, who invites what they sent themselves."""
    rows = Invitation.objects.returned(now).visible_to(user)
    if "administrator" not in user.roles:
        rows = rows.filter(invited_by=user)
    return list(rows.select_related("person").order_by("-returned_at"))


def address_changes(now: datetime.datetime) -> list[AddressChange]:
    """Whose link never reached the new address."""
    rows = AddressChange.objects.pending(now).filter(returned_at__isnull=False)
    return list(rows.select_related("user__person").order_by("-returned_at"))


def unreachable() -> list[Notice]:
    """Of each account whose address takes no mail any more the last notice, while nothing later has arrived there."""
    later = Notice.objects.filter(to=OuterRef("to"), pk__gt=OuterRef("pk"), sent_at__isnull=False)
    at_the_address = Notice.objects.filter(to=F("change__user__email"), change__user__is_active=True)
    rows = at_the_address.filter(~Exists(later), returned_at__isnull=False)
    return list(rows.select_related("change__user__person").order_by("-returned_at"))
