"""Who may do what with centres, people and invitations. What one may not even see, ``visible_to`` leaves out (404)."""

import datetime

from centers.models import Center, User

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


def may_invite(user: User) -> bool:
    """Whom: an administrator anybody, a methodist coordinators only."""
    return bool(user.roles & EDITORS)
