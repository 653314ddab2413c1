"""Addresses mended at a message that then went: offered to the record that gave the former one.

Letters take their addresses from the person or the organisation; what was mended at one message alone would be wrong
again in the next letter.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from centers import contacts
from centers import permissions as records_permissions
from centers.models import Center, Organization, Person, User
from rcro_portal.lib.refusals import WrongStep, require
from reports.models import Recipient

LOGS_IN = "У человека есть вход в портал. Попросите администратора сменить ему почту на новую: её подтвердят по ссылке."
OWN = "Это ваша почта для входа. Её сменит другой администратор: себе её не меняют."
OF_CENTER = "Попросите методиста сети, координатора центра или администратора исправить адрес в карточке центра."
OF_COORDINATOR = "Попросите методиста сети или администратора запомнить новый адрес: кнопка есть на этой странице."
OF_OTHERS = "Попросите администратора запомнить новый адрес: кнопка есть на этой странице."


@dataclass(frozen=True)
class Offer:
    """To one who looks: ``may`` is a button, ``account`` leads the administrator on, else ``ask`` says whom to ask."""

    recipient: Recipient
    record: Organization | Person
    whose: str
    may: bool
    account: User | None
    ask: str


def offers(rows: Iterable[Recipient], user: User, day: datetime.date) -> list[Offer]:
    """What the letter's page shows of its recipients."""
    found = (address_offer(recipient, user, day) for recipient in rows if recipient.is_mended)
    return [offer for offer in found if offer]


def address_offer(recipient: Recipient, user: User, day: datetime.date) -> Offer | None:
    """Nothing where no record gave the former address, or where it has another one by now."""
    record = _record(recipient)
    if record is None:
        return None
    account = _account(record, but=recipient.email)
    may = account is None and records_permissions.may_mend_email(user, record, day)
    leads = account if account and records_permissions.may_change_access(user, account) else None
    ask = "" if may or leads else _whom_to_ask(recipient, record, account, user)
    return Offer(recipient, record, _whose(recipient, record), may, leads, ask)


def keep(*, recipient: Recipient, by: User, day: datetime.date) -> Offer:
    """«Запомнить»: the record takes the address. Raises WrongStep, Forbidden, Moved."""
    mended = Recipient.objects.mended().filter(pk=recipient.pk).first()
    offer = address_offer(mended, by, day) if mended else None
    if offer is None:
        raise WrongStep
    require(offer.may, offer.ask or LOGS_IN)
    held = offer.record.email
    contacts.mend(record=offer.record, held=held, email=offer.recipient.email, by=by)
    return offer


def _record(recipient: Recipient) -> Organization | Person | None:
    """The one that still has the former address; of a centre that had none, the centre's own card."""
    known = [recipient.person, _organization(recipient)]
    if recipient.center and not recipient.mended_from:
        known.reverse()
    return next((record for record in known if record and record.email == recipient.mended_from), None)


def _organization(recipient: Recipient) -> Organization | None:
    if recipient.center:
        return recipient.center.organization
    return recipient.addressee.organization if recipient.addressee else None


def _account(record: Organization | Person, but: str) -> User | None:
    """Who logs in, with another address than ``but``; the one they log in with already is no change to a log-in."""
    if isinstance(record, Organization):
        return None
    return User.objects.filter(person=record, is_active=True).exclude(email=but).first()


def _whose(recipient: Recipient, record: Organization | Person) -> str:
    """In the genitive: «адрес центра»."""
    if isinstance(record, Person):
        return "координатора" if recipient.center else "адресата"
    return "центра" if _is_center(record) else "организации"


def _whom_to_ask(recipient: Recipient, record: Organization | Person, account: User | None, user: User) -> str:
    if account:
        return OWN if account == user and records_permissions.may_keep_accounts(user) else LOGS_IN
    if isinstance(record, Organization):
        return OF_CENTER if _is_center(record) else OF_COORDINATOR
    return OF_COORDINATOR if recipient.center else OF_OTHERS


def _is_center(organization: Organization) -> bool:
    return Center.objects.filter(organization=organization).exists()
