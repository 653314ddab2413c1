"""Who is invited to log in, and how an invitation is taken up."""

import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from centers import powers
from centers.accounts import notices, secret_links
from centers.models import Invitation, Person, User
from rcro_portal.lib import post, sent_forms
from rcro_portal.lib.notices import planning, telling
from rcro_portal.lib.refusals import Refusal

INVITATION_LASTS = datetime.timedelta(days=14)


class AlreadyInPortal(Refusal):
    words = "У этого человека уже есть вход в портал, либо этот адрес занят."


class InTheArchive(Refusal):
    words = "Запись этого человека в архиве: верните её оттуда или выберите другую."


class InvitationIsOver(Refusal):
    words = "Приглашение уже использовано или срок его истёк. Попросите методиста сети прислать новое."


def invite(
    *,
    person: Person,
    email: str,
    by: User | None,
    at: datetime.datetime,
    administrator: bool = False,
    key: str = "",
) -> Invitation:
    """Mail the person a link that makes an account; older invitations of theirs end. The same form mails one.

    Raises AlreadyInPortal; or a PostError, after which a message that has not left leaves no invitation behind.
    """
    if by and (sent := sent_forms.made(key, by)):
        return sent

    def make() -> Invitation:
        return prepare(person=person, email=email, by=by, at=at, administrator=administrator)

    invitation, is_new = sent_forms.once(make, key=key, by=by, at=at) if by else (make(), True)
    if not is_new:
        return invitation
    try:
        mail(invitation=invitation, at=at)
    except (post.Refused, post.NotNow):
        sent_forms.take_back(key=key, by=by)
        invitation.delete()
        raise
    return invitation


@transaction.atomic
def prepare(
    *,
    person: Person,
    email: str,
    by: User | None,
    at: datetime.datetime,
    administrator: bool = False,
    here: bool = True,
    not_before: datetime.datetime | None = None,
) -> Invitation:
    """The invitation with its message, not mailed yet; the link is made when it is. Raises AlreadyInPortal.

    ``here``: the caller mails it, else a worker does, ``not_before`` that moment; so long lasts the invitation.
    """
    email = post.normal_address(email)
    if not Person.objects.kept().filter(pk=person.pk).exists():
        raise InTheArchive
    if User.objects.filter(person=person).exists() or User.objects.filter(email=email).exists():
        raise AlreadyInPortal
    Invitation.objects.pending(at).filter(person=person, invited_at__lt=at).update(expires_at=at)
    invitation = Invitation.objects.create(
        person=person,
        email=email,
        secret_digest=secret_links.unknown(),
        invited_by=by,
        invited_at=at,
        expires_at=max(at, not_before or at) + INVITATION_LASTS,
        makes_administrator=administrator,
    )
    invitation.notice = planning.plan(
        reason=notices.INVITATION,
        about=invitation,
        email=email,
        subject="Приглашение в портал сети РВЦИ",
        at=at,
        here=here,
        not_before=not_before,
    )
    invitation.save(update_fields=["notice"])
    return invitation


def withdraw(*, person: Person, because: str, at: datetime.datetime) -> None:
    """What the person was invited by opens nothing any more, and is not mailed where it was not yet."""
    for invitation in Invitation.objects.pending(at).filter(person=person):
        planning.take_back(reason=notices.INVITATION, about=invitation, because=because, at=at)
        Invitation.objects.filter(pk=invitation.pk, invited_at__lt=at).update(expires_at=at)


def mail(*, invitation: Invitation, at: datetime.datetime) -> None:
    """Raises a PostError where the message did not go."""
    telling.tell_here(notice=invitation.notice, at=at)


def invitation_of(secret: str, now: datetime.datetime) -> Invitation:
    """The living invitation that the link belongs to, of nobody in the archive. Raises InvitationIsOver."""
    living = Invitation.objects.pending(now).filter(person__archived_at=None).select_related("person")
    invitation = living.filter(secret_digest=secret_links.digest(secret)).first()
    if invitation is None:
        raise InvitationIsOver
    return invitation


@transaction.atomic
def accept(*, secret: str, password: str, at: datetime.datetime) -> User:
    """Make the account; the address counts as confirmed, since the link was read there. Raises InvitationIsOver."""
    invitation = invitation_of(secret, at)
    if powers.works_here(invitation.person) and not _by_an_administrator(invitation):
        raise InvitationIsOver
    if Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(accepted_at=at) != 1:
        raise InvitationIsOver
    if User.objects.filter(Q(person=invitation.person) | Q(email=invitation.email)).exists():
        raise AlreadyInPortal
    user = User.objects.create_user(
        invitation.email, invitation.person, password, is_administrator=invitation.makes_administrator
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _by_an_administrator(invitation: Invitation) -> bool:
    """A methodist's invitation of before opens no account to whoever has got a post since; one of the server does."""
    by = invitation.invited_by
    return by is None or "administrator" in by.roles
