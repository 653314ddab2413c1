"""Why the portal writes to those who log in, and in what words: accounts, invitations, another address."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from centers.accounts import secret_links
from centers.models import AccountChange, AddressChange, ChangeKind, Invitation
from rcro_portal.lib.notices import planning
from rcro_portal.lib.notices.reasons import Body, Reason
from rcro_portal.lib.notices.sending import NoLongerSo


def _account(notice: Any) -> Body:
    rows = AccountChange.objects.select_related("user__person", "by__person")
    change = rows.get(pk=planning.pk_in(notice.about))
    moved = change.kind == ChangeKind.ADDRESS_CHANGED and notice.email != change.user.email
    gone = moved or change.kind == ChangeKind.CLOSED
    url = "" if gone else settings.BASE_URL + reverse("account_reset_password")
    label = "Задать новый пароль, если это не вы"
    return Body("mail/account_change", {"change": change, "gone": gone, "url": url, "label": label})


def _invitation(notice: Any) -> Body:
    invitation = Invitation.objects.select_related("person").filter(pk=planning.pk_in(notice.about)).first()
    url = invitation and link_of_invitation(invitation, notice.claimed_at)
    if not url:
        raise NoLongerSo("Приглашение отозвано, принято или истекло.")
    return Body("mail/invitation", {"invitation": invitation, "url": url, "label": "Задать пароль и войти"})


def link_of_invitation(invitation: Invitation, now: datetime.datetime) -> str | None:
    """A fresh link; those before it open nothing any more. None where the invitation does not wait."""
    return secret_links.renew(Invitation.objects.pending(now).filter(pk=invitation.pk), "centers:invitation-accept")


def _address(notice: Any) -> Body:
    change = AddressChange.objects.select_related("user__person").get(pk=planning.pk_in(notice.about))
    url = link_of_address_change(change, notice.claimed_at)
    if not url:
        raise NoLongerSo("Смена почты отменена, подтверждена или истекла.")
    return Body("mail/address_change", {"change": change, "url": url, "label": "Подтвердить адрес"})


def link_of_address_change(change: AddressChange, now: datetime.datetime) -> str | None:
    """A fresh link; those before it confirm nothing any more. None where the change does not wait."""
    return secret_links.renew(AddressChange.objects.pending(now).filter(pk=change.pk), "centers:address-confirm")


ACCOUNT = Reason(
    key="account",
    words="Изменился вход в портал: пароль, второй фактор, почта, права",
    whom="Тому, кто с ним входит. Если меняется почта – на прежний адрес и на новый",
    body=_account,
    by_night=True,
    doubled=True,
)
INVITATION = Reason(
    key="invitation",
    words="Приглашение в портал",
    whom="Тому, кого приглашают",
    body=_invitation,
    by_night=True,
)
ADDRESS = Reason(
    key="address",
    words="Ссылка, которая подтверждает новую почту для входа",
    whom="На новый адрес того, кому его меняют",
    body=_address,
    by_night=True,
)
REASONS = (INVITATION, ADDRESS, ACCOUNT)
