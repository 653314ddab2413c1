"""Many at once before an event: the last seat is one person's, a seat that becomes free is one person's too."""

import pytest

from events.attendance import registrations
from tests.factories.centers import CenterFactory, PersonFactory, coordinator
from tests.factories.events import announced
from tests.factories.moments import ANNOUNCED_AT
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_last_seat_is_one_persons_and_so_is_a_free_one() -> None:
    event, center = announced(seats=2), CenterFactory()
    by, people = coordinator(center), [PersonFactory() for _ in range(4)]
    said = {"event": event, "center": center, "by": by, "at": ANNOUNCED_AT, "capacity": "participant"}
    first = registrations.register(person=PersonFactory(), **said)
    calls = [lambda person=person: registrations.register(person=person, **said).presence for person in people]
    assert sorted(map(str, at_once(*calls))) == ["registered", "waiting", "waiting", "waiting"]
    other = event.attendances.filter(presence="registered").exclude(pk=first.pk).get()
    ends = at_once(
        *(lambda row=row: registrations.withdraw(row=row, why="", by=by, at=ANNOUNCED_AT) for row in (first, other)),
        lambda: registrations.register(person=PersonFactory(), **said).presence,
    )
    assert ends == [None, None, "waiting"]
    assert registrations.seats_of(event) == (2, 2, 2)
