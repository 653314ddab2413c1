"""People: who is invited to log in, and how an invitation is taken up."""

import datetime
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from centers.models import Invitation, Person, User
from rcro_portal import post
from rcro_portal.refusals import Refusal

INVITATION_LASTS = datetime.timedelta(days=14)


class AlreadyInPortal(Refusal):
    words = "У этого человека уже есть вход в портал, либо этот адрес занят."


class InvitationIsOver(Refusal):
    words = "Приглашение уже использовано или срок его истёк. Попросите методиста сети прислать новое."


def invite(
    *, person: Person, email: str, by: User | None, at: datetime.datetime, administrator: bool = False
) -> Invitation:
    """Mail the person a link that makes an account; older invitations of theirs end.

    Raises AlreadyInPortal; or a PostError, after which a message that has not left leaves no invitation behind.
    """
    invitation, link = prepare(person=person, email=email, by=by, at=at, administrator=administrator)
    try:
        mail(invitation=invitation, link=link)
    except (post.Refused, post.NotNow):
        invitation.delete()
        raise
    return invitation


@transaction.atomic
def prepare(
    *, person: Person, email: str, by: User | None, at: datetime.datetime, administrator: bool = False
) -> tuple[Invitation, str]:
    """The invitation and its link, not mailed yet; the link is kept nowhere else. Raises AlreadyInPortal."""
    email = post.normal_address(email)
    if User.objects.filter(person=person).exists() or User.objects.filter(email=email).exists():
        raise AlreadyInPortal
    Invitation.objects.pending(at).filter(person=person, invited_at__lt=at).update(expires_at=at)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=email,
        secret_digest=_digest(secret),
        invited_by=by,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
        makes_administrator=administrator,
    )
    return invitation, settings.BASE_URL + reverse("centers:invitation-accept", args=[secret])


def mail(*, invitation: Invitation, link: str) -> None:
    """Raises a PostError where the message did not go."""
    context = {"invitation": invitation, "url": link, "label": "Задать пароль и войти"}
    post.send(
        to=invitation.email,
        subject="Приглашение в портал сети РВЦИ",
        text=render_to_string("mail/invitation.txt", context),
        html=render_to_string("mail/invitation.html", context),
        message_id=f"<invitation-{invitation.pk}-{invitation.secret_digest[:16]}@{settings.MAIL_DOMAIN}>",
    )


def invitation_of(secret: str, now: datetime.datetime) -> Invitation:
    """The living invitation that the link belongs to. Raises InvitationIsOver."""
    living = Invitation.objects.pending(now).select_related("person")
    invitation = living.filter(secret_digest=_digest(secret)).first()
    if invitation is None:
        raise InvitationIsOver
    return invitation


@transaction.atomic
def accept(*, secret: str, password: str, at: datetime.datetime) -> User:
    """Make the account; the address counts as confirmed, since the link was read there. Raises InvitationIsOver."""
    invitation = invitation_of(secret, at)
    if Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(accepted_at=at) != 1:
        raise InvitationIsOver
    if User.objects.filter(Q(person=invitation.person) | Q(email=invitation.email)).exists():
        raise AlreadyInPortal
    user = User.objects.create_user(
        invitation.email, invitation.person, password, is_administrator=invitation.makes_administrator
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
