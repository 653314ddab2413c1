"""Who teaches at an event without being registered for it: the app that keeps such people says who they are.

Events know of no lecturers: a floor above offers them, as lists are offered filters (``registers.by_link``).
"""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from centers.models import Person
from events.models import Event
from events.telling import whom

type Lecturers = Callable[[Event], QuerySet[Person]]
_offered: list[Lecturers] = []


def offer(lecturers: Lecturers) -> None:
    """For ``ready`` of an app."""
    _offered.append(lecturers)


def addresses(event: Event) -> list[whom.Addressee]:
    """Of those whose address the portal knows."""
    found = (person for each in _offered for person in each(event).select_related("user").order_by("pk"))
    return addresses_of(found)


def addresses_of(people: Iterable[Person]) -> list[whom.Addressee]:
    return list(dict.fromkeys(one for person in people if (one := whom.address(person))))


def is_at(event: Event, email: str) -> bool:
    """Whether somebody of this address still teaches there."""
    theirs = Q(user__email=email) | Q(user=None, email__iexact=email)
    return any(each(event).filter(theirs).exists() for each in _offered)
