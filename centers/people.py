"""People: who is invited to log in, and how an invitation is taken up."""

import datetime
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
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


def invite(*, person: Person, email: str, by: User | None, at: datetime.datetime) -> Invitation:
    """Mail the person a link that makes an account. Raises AlreadyInPortal, or a PostError if the mail did not go."""
    email = post.normal_address(email)
    if User.objects.filter(person=person).exists() or User.objects.filter(email=email).exists():
        raise AlreadyInPortal
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person,
        email=email,
        secret_digest=_digest(secret),
        invited_by=by,
        invited_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    _mail(invitation, secret)
    return invitation


def _mail(invitation: Invitation, secret: str) -> None:
    link = settings.BASE_URL + reverse("centers:invitation-accept", args=[secret])
    context = {"invitation": invitation, "link": link, "base_url": settings.BASE_URL}
    post.send(
        to=invitation.email,
        subject="Приглашение в портал сети РВЦИ",
        text=render_to_string("mail/invitation.txt", context),
        html=render_to_string("mail/invitation.html", context),
        message_id=f"<invitation-{invitation.pk}-{invitation.secret_digest[:16]}@{settings.MAIL_DOMAIN}>",
    )


def invitation_of(secret: str, now: datetime.datetime) -> Invitation:
    """The living invitation that the link belongs to. Raises InvitationIsOver."""
    living = Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=now).select_related("person")
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
    if User.objects.filter(person=invitation.person).exists():
        raise AlreadyInPortal
    user = User.objects.create_user(invitation.email, invitation.person, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
