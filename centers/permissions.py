"""Who may do what with centres, people and invitations. What one may not even see, ``visible_to`` leaves out (404)."""

import datetime

from centers import powers
from centers.models import Center, Coordinator, Organization, Person, User

OFFICE = frozenset({"methodist", "head", "clerk", "director", "administrator"})
EDITORS = frozenset({"methodist", "administrator"})


def is_office(user: User) -> bool:
    """Of the institution's own staff, who see every centre whole."""
    return bool(user.roles & OFFICE)


def centers_open_to(user: User, day: datetime.date) -> frozenset[int]:
    """Keys of the centres whose page this user may open: for lists that link to some of their rows."""
    return frozenset(Center.objects.visible_to(user, day).values_list("pk", flat=True))


def may_edit_center(user: User, center: Center, day: datetime.date) -> bool:
    """The card: address, telephone and head; its coordinator keeps it up to date too."""
    if user.roles & EDITORS:
        return True
    return Center.objects.coordinated_by(user.person, day).filter(pk=center.pk).exists()


def may_appoint(user: User) -> bool:
    """Who coordinates which centre from which day."""
    return bool(user.roles & EDITORS)


def may_keep_people(user: User) -> bool:
    """The register of people; of those with an account or powers ``centers.powers`` says who."""
    return bool(user.roles & EDITORS)


def may_keep(user: User) -> bool:
    """Organisations, centres and what stands under their cards."""
    return bool(user.roles & EDITORS)


def may_keep_accounts(user: User) -> bool:
    """See how others get in, end their sessions, reset a second factor, change an address."""
    return "administrator" in user.roles


def may_change_access(by: User, user: User) -> bool:
    """Another address, a second factor taken off; nobody their own, for an open session is not yet its owner."""
    return may_keep_accounts(by) and by != user


def may_invite(user: User) -> bool:
    """Whom: an administrator anybody, a methodist coordinators only."""
    return bool(user.roles & EDITORS)


def may_mend_email(user: User, record: Organization | Person, day: datetime.date) -> bool:
    """Where letters go: whoever edits the centre's card, or may invite the person; all else is the administrator's.

    Of a person who logs in nobody may: their address changes by ``centers.accounts.addresses``.
    """
    if isinstance(record, Organization):
        center = Center.objects.filter(organization=record).first()
        return may_edit_center(user, center, day) if center else may_keep(user)
    if "administrator" in user.roles:
        return True
    if not may_invite(user) or powers.works_here(record):
        return False
    return Coordinator.objects.in_force_on(day).filter(person=record).exists()
