"""What the portal wrote to a person, or means to, and who may read that."""

import datetime

from django.db.models import Q, QuerySet

from centers import permissions, powers
from centers.models import Person, User
from rcro_portal.lib.notices.messages import LEFT, TAKEN_BACK, MessageStatus
from rcro_portal.models import Notice


def of(person: Person) -> QuerySet[Notice]:
    """To their account, and before they had one to their address."""
    mine = Q(user__person=person)
    if person.email:
        mine |= Q(user=None, email__iexact=person.email)
    return Notice.objects.filter(mine)


def may_read(reader: User, person: Person, held: frozenset[int] | None = None) -> bool:
    """One's own; the staff those of people of the region, the administrator everybody's.

    ``held`` is what ``powers.held`` said of the person, where it was asked already.
    """
    if reader.person_id == person.pk or "administrator" in reader.roles:
        return True
    works_here = powers.works_here(person) if held is None else powers.GIVEN in held
    return permissions.is_office(reader) and not works_here


def state(notice: Notice, now: datetime.datetime) -> tuple[str, str]:
    """The status and what it means to whom it was written: what waits for its day is planned."""
    if notice.status == MessageStatus.QUEUED and notice.send_after > now:
        return notice.status, "Запланировано"
    if notice.status == TAKEN_BACK:
        return notice.status, "Не понадобилось"
    return notice.status, "Отправлено" if notice.status == LEFT[0] else notice.get_status_display()
