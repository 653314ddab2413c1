"""People: who is put down, who is invited to log in, and how an invitation is taken up."""

import datetime
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q

from centers import account_changes, log_ins, notices, powers, secret_links
from centers.models import ChangeKind, Invitation, Person, PersonMerge, User
from rcro_portal.lib import post, records, sent_forms
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


def note_powers(*, user: User, changed: Collection[str], by: User, at: datetime.datetime) -> None:
    """An account was closed or opened, or made an administrator's or not: say so; the closed one is out at once."""
    if "is_active" in changed:
        log_ins.end_all(user=user)
        kind = ChangeKind.OPENED if user.is_active else ChangeKind.CLOSED
        account_changes.record(user=user, kind=kind, by=by, at=at)
    if "is_administrator" in changed:
        kind = ChangeKind.MADE_ADMINISTRATOR if user.is_administrator else ChangeKind.UNMADE_ADMINISTRATOR
        account_changes.record(user=user, kind=kind, by=by, at=at)


@transaction.atomic
def known_or_new(person: Person) -> Person:
    """The person of exactly that name, if there is one, else this one, saved.

    Of two requests at the same moment the second waits and finds the first one's row. A namesake is put down by the
    administrator, who sees both.
    """
    if person.pk:
        return person
    # Of rows that are not there yet nobody can wait for one: all wait for the row that stands for their kind.
    ContentType.objects.filter(app_label="centers", model="person").update(model=F("model"))
    named = {name: getattr(person, name) for name in ("surname", "given_name", "patronymic")}
    if known := Person.objects.filter(**named).order_by(F("archived_at").desc(nulls_first=True), "pk").first():
        return _kept(known)
    person.save()
    return person


def _kept(person: Person) -> Person:
    """The row into which this one was merged, however often; one that was put away alone comes out of the archive."""
    if merge := PersonMerge.objects.filter(gone=person, undone_at=None).select_related("kept").first():
        return _kept(merge.kept)
    if person.is_archived:
        records.change(person, held={"archived_at": person.archived_at}, archived_at=None, archive_reason="")
    return person
