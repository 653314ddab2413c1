"""A person's calendar by its secret address: theirs alone, of their centre alone, until the address is made anew."""

import datetime

import ics as another_reader
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centers.models import Coordinator, User
from events import feeds
from events.attendance import registrations
from events.commitments import terms
from events.models import CalendarFeed, Event
from tests import clock
from tests.factories.centers import CenterFactory, StatusGrantFactory, coordinator, staff
from tests.factories.events import CommitmentFactory, EventFactory, announced
from tests.factories.moments import ANNOUNCED_AT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:'maxsplit' is passed:DeprecationWarning"),
]
LINK = "https://meet.example/1"


@pytest.fixture
def now() -> datetime.datetime:
    return clock.now()


def invited() -> User:
    return coordinator(StatusGrantFactory().center)


def ahead(now: datetime.datetime, **fields: object) -> Event:
    return announced(starts_at=now + datetime.timedelta(days=10), link=LINK, **fields)


def names(user: User, now: datetime.datetime) -> list[str]:
    calendar = another_reader.Calendar(feeds.read(user, now=now).decode())
    return sorted(event.name for event in calendar.events)


def path(address: str) -> str:
    return address.partition("//")[2].partition("/")[2].join(["/", ""])


def test_coordinator_has_the_events_and_terms_of_the_own_centre_only(now: datetime.datetime) -> None:
    user, other = invited(), invited()
    event = ahead(now, topic="О наставничестве")
    CommitmentFactory(center=user.person.coordinated.get().center, text="составить план", due_on=now.date())
    CommitmentFactory(center=other.person.coordinated.get().center, text="чужое дело", due_on=now.date())
    assert names(user, now) == ["Можно заявиться: вебинар «О наставничестве»", "Срок: составить план"]
    assert LINK not in feeds.read(user, now=now).decode()
    center = other.person.coordinated.get().center
    registrations.register(event=event, center=center, person=other.person, by=other, at=ANNOUNCED_AT)
    assert names(user, now)[0] == "Можно заявиться: вебинар «О наставничестве»"
    assert names(other, now) == ["Вебинар «О наставничестве»", "Срок: чужое дело"]
    assert LINK in feeds.read(other, now=now).decode().replace("\r\n ", "")
    assert other.person.surname not in feeds.read(user, now=now).decode().replace("\r\n ", "")


def test_drafts_and_what_was_held_without_them_are_not_in_it(now: datetime.datetime) -> None:
    user = invited()
    EventFactory(starts_at=now + datetime.timedelta(days=9))
    announced(starts_at=now - datetime.timedelta(days=9))
    Event.objects.filter(starts_at__lt=now).update(status="held")
    assert names(user, now) == []


def test_former_coordinator_and_a_centre_without_status_see_nothing(now: datetime.datetime) -> None:
    user = invited()
    ahead(now)
    CommitmentFactory(center=user.person.coordinated.get().center, due_on=now.date())
    Coordinator.objects.update(until=now.date() - datetime.timedelta(days=1))
    assert names(user, now) == []
    assert names(coordinator(CenterFactory(status=None)), now) == []


def test_staff_have_what_their_department_holds(now: datetime.datetime) -> None:
    event = ahead(now, topic="О наставничестве")
    ahead(now, topic="Другое", department__name="другой отдел")
    assert names(staff("methodist", event.department), now) == ["Вебинар «О наставничестве»"]


def test_address_opens_it_without_logging_in_and_says_when_nothing_changed(
    client: Client, now: datetime.datetime
) -> None:
    user = invited()
    ahead(now)
    secret = path(feeds.make(user=user, at=now))
    answer = client.get(secret)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, max-age=900"
    assert answer["Content-Disposition"] == 'inline; filename="rvci.ics"'
    assert not answer.cookies
    again = client.get(secret, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    CommitmentFactory(center=user.person.coordinated.get().center)
    assert client.get(secret, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_old_address_opens_nothing_nor_does_that_of_a_closed_account(client: Client, now: datetime.datetime) -> None:
    user = invited()
    client.force_login(user)
    first = client.post(reverse("events:calendar-feed")).context["address"]
    second = client.post(reverse("events:calendar-feed")).context["address"]
    client.logout()
    assert [client.get(path(address)).status_code for address in (first, second)] == [404, 200]
    assert second.split("/")[-2] not in str(list(CalendarFeed.objects.values()))
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(path(second)).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    client.force_login(user)
    client.post(reverse("events:calendar-forget"))
    assert client.get(path(second)).status_code == 404


def test_entry_of_a_term_is_raised_when_the_term_moves(now: datetime.datetime) -> None:
    user = invited()
    row = CommitmentFactory(center=user.person.coordinated.get().center, due_on=now.date())

    def entry() -> dict[str, str]:
        return dict(line.partition(":")[::2] for line in feeds.read(user, now=now).decode().splitlines())

    first = entry()
    assert first["SEQUENCE"] == "0"
    by, at = staff("methodist", row.department), now + datetime.timedelta(minutes=5)
    terms.move(commitment=row, to=now.date() + datetime.timedelta(days=7), reason="Просят", by=by, at=at)
    moved = entry()
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], "1")
    assert moved["DTSTAMP"] == f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    assert moved["DTSTART;VALUE=DATE"] == f"{now.date() + datetime.timedelta(days=7):%Y%m%d}"


def test_queries_do_not_grow_with_events_and_terms(now: datetime.datetime) -> None:
    user = invited()
    center = user.person.coordinated.get().center

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            feeds.read(User.objects.get(pk=user.pk), now=now)
        return len(queries)

    ahead(now)
    CommitmentFactory(center=center)
    few = counted()
    for _ in range(5):
        ahead(now)
        CommitmentFactory(center=center)
    assert counted() == few
