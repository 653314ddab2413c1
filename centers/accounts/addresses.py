"""The one address to log in with: an administrator asks for another one, the link that went there confirms it."""

import datetime
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, QuerySet

from centers.accounts import audit_log, log_ins, notices, secret_links
from centers.models import AddressChange, ChangeKind, Person, User
from rcro_portal.lib import post
from rcro_portal.lib.notices import choosing, planning, telling
from rcro_portal.lib.refusals import Refusal

LASTS = datetime.timedelta(days=3)


class AddressIsTaken(Refusal):
    words = "С этим адресом в портале уже входят. Укажите другой."


class ChangeIsOver(Refusal):
    words = (
        "Смена почты уже подтверждена, отменена, или срок её истёк. Вход остался за прежним адресом, если новый не был "
        "подтверждён. Попросите администратора прислать ссылку ещё раз."
    )


def ask(*, user: User, email: str, by: User | None, at: datetime.datetime) -> AddressChange:
    """Mail a link to the new address and a notice to the present one; an earlier change that waits ends.

    Raises AddressIsTaken; or a PostError, after which a message that has not left leaves no change waiting.
    """
    change = prepare(user=user, email=email, by=by, at=at)
    try:
        mail(change=change, at=at)
    except (post.Refused, post.NotNow):
        stop(user=user, by=by, at=at)
        raise
    return change


@transaction.atomic
def prepare(*, user: User, email: str, by: User | None, at: datetime.datetime) -> AddressChange:
    """The change with its message, not mailed yet; the link is made when it is. Raises AddressIsTaken."""
    email = post.normal_address(email)
    if User.objects.filter(email=email).exists():
        raise AddressIsTaken
    # A form sent twice in one moment: the second waits here, and ends the first one's change.
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _waiting(user).update(stopped_at=at)
    change = AddressChange.objects.create(
        user=user, email=email, secret_digest=secret_links.unknown(), asked_by=by, asked_at=at, expires_at=at + LASTS
    )
    change.notice = planning.plan(
        reason=notices.ADDRESS,
        about=change,
        email=email,
        user=user,
        subject="Подтвердите новую почту для входа в портал сети РВЦИ",
        at=at,
        here=True,
    )
    change.save(update_fields=["notice"])
    note = f"Новый адрес: {email}. Он заменит прежний, когда по нему подтвердят смену."
    audit_log.record(user=user, kind=ChangeKind.ADDRESS_ASKED, by=by, at=at, note=note)
    return change


def mail(*, change: AddressChange, at: datetime.datetime) -> None:
    """Raises a PostError where the message did not go."""
    telling.tell_here(notice=change.notice, at=at)


@transaction.atomic
def stop(*, user: User, by: User | None, at: datetime.datetime) -> None:
    """The change that waits comes to nothing. Raises ChangeIsOver where none waits."""
    if _waiting(user).update(stopped_at=at) != 1:
        raise ChangeIsOver
    audit_log.record(user=user, kind=ChangeKind.ADDRESS_STOPPED, by=by, at=at)


def change_of(secret: str, now: datetime.datetime) -> AddressChange:
    """The living change that the link belongs to. Raises ChangeIsOver."""
    living = AddressChange.objects.pending(now).select_related("user__person")
    change = living.filter(secret_digest=secret_links.digest(secret), user__is_active=True).first()
    if change is None:
        raise ChangeIsOver
    return change


@transaction.atomic
def confirm(*, secret: str, at: datetime.datetime) -> User:
    """From now on the person logs in with the new address alone; every session ends, both addresses are told.

    Raises ChangeIsOver, AddressIsTaken.
    """
    change = change_of(secret, at)
    if _waiting(change.user).filter(pk=change.pk).update(confirmed_at=at) != 1:
        raise ChangeIsOver
    user, old = change.user, change.user.email
    if User.objects.filter(email=change.email).exists():
        raise AddressIsTaken
    _move(user, old, change.email, at)
    log_ins.end_all(user=user)
    note = f"Прежний адрес: {old}. Новый адрес: {change.email}."
    both = (old, change.email)
    audit_log.record(user=user, kind=ChangeKind.ADDRESS_CHANGED, by=change.asked_by, at=at, note=note, to=both)
    return user


def astray() -> Iterator[str]:
    """For the inspection: an address that opens an account beside the account's own."""
    for row in EmailAddress.objects.exclude(email=F("user__email")).select_related("user__person").order_by("pk"):
        yield f"{row.user}: кроме {row.user.email} войти можно и с адресом {row.email}."


def _move(user: User, old: str, new: str, at: datetime.datetime) -> None:
    user.email = new
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=new, verified=True, primary=True)
    choosing.pass_on(old=old, new=new, at=at)
    # Where the person's card named the old one, letters would go on going there.
    Person.objects.filter(pk=user.person_id, email=old).update(email=new)


def _waiting(user: User) -> QuerySet[AddressChange]:
    return AddressChange.objects.filter(user=user, confirmed_at__isnull=True, stopped_at__isnull=True)
