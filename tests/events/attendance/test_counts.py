"""Participants who are counted and not named."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from events.attendance import attendance
from events.attendance import counts as participants
from events.models import Event, ParticipantCount
from rcro_portal.models import RecordChange
from tests.factories.centers import MunicipalityFactory, OrganizationFactory, staff
from tests.factories.events import AttendanceFactory, announced, held
from tests.factories.moments import ANNOUNCED_AT, HELD_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db
COUNTED = {"category": "educator", "post": "", "municipality": None, "number": 30}


def test_counts_stand_by_category_post_and_municipality() -> None:
    """The first holds an event to which no coordinator came; the same line is changed, nought takes it away."""
    event, by, place = announced(), staff("methodist"), MunicipalityFactory()
    for post, municipality, number in (("", None, 58), ("учитель физики", place, 12), ("", None, 60)):
        line = {"category": "educator", "post": post, "municipality": municipality}
        participants.count(event=event, number=number, by=by, at=HELD_AT, **line)
    participants.count(event=event, category="team", post="", municipality=None, number=5, by=by, at=HELD_AT)
    assert participants.totals(event) == [("педагоги", 72), ("команды", 5)]
    assert [(line.post, line.municipality, line.count) for line in participants.lines(event)][:2] == [
        ("", None, 60),
        ("учитель физики", place, 12),
    ]
    assert Event.objects.get().status == "held"
    participants.count(event=event, category="team", post="", municipality=None, number=0, by=by, at=HELD_AT)
    assert participants.totals(event) == [("педагоги", 72)]
    assert RecordChange.objects.of_card(event).filter(table="events_participantcount", by=by).count() == 5


def test_nobody_is_counted_before_the_event() -> None:
    event = announced()
    with refused(attendance.NotHeldYet):
        participants.count(
            event=event, category="pupil", post="", municipality=None, number=1, by=event.planned_by, at=ANNOUNCED_AT
        )


def test_participant_is_named_with_post_and_organization_and_counts_in_the_category() -> None:
    """Whoever stands for a centre stays what they are; pupils have no names here."""
    event, client = held(), Client()
    client.force_login(staff("methodist"))
    address, school = f"/events/{event.pk}/participants/name/", OrganizationFactory()
    sent = {"surname": "Чайкина", "given_name": "Вера", "gender": "f", "post": "учитель физики"}
    sent = {**sent, "organization": school.pk, "category": "educator"}
    assert client.post(address, {**sent, "category": "pupil"}).status_code == 422
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    row = event.attendances.get()
    assert (row.capacity, row.category, row.post, row.organization) == (
        *("participant", "educator", "учитель физики"),
        school,
    )
    participants.count(event=event, **COUNTED, by=row.marked_by, at=HELD_AT)
    assert participants.totals(event) == [("педагоги", 31)]
    there = AttendanceFactory(event=event)
    attendance.mark_participant(
        event=event, person=there.person, by=row.marked_by, at=HELD_AT, category="educator", post="учитель"
    )
    there.refresh_from_db()
    assert (there.capacity, there.category) == ("coordinator", "educator")
    assert "Чайкина Вера" in client.get(f"/events/{event.pk}/participants/").content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"category": "pupil"}, {"category": "x"}, {"category": "team", "count": 0}],
    ids=["twice", "what", "none"],
)
def test_database_keeps_counts_whole(fields: dict[str, object]) -> None:
    event = held()
    ParticipantCount.objects.create(event=event, category="pupil", count=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipantCount.objects.create(event=event, **{"count": 1, **fields})


def test_page_adds_a_line_and_takes_it_away(client: Client) -> None:
    client.force_login(staff("methodist"))
    path = f"/events/{held().pk}/participants/"
    assert "Чисел пока нет" in client.get(path).content.decode()
    page = client.post(path, {"category": "pupil", "number": "58"}, follow=True).content.decode()
    assert "Число участников сохранено." in page
    assert "<dt>обучающиеся</dt>" in page
    assert client.post(path, {"category": "pupil", "number": "-1"}).status_code == 422
    client.post(path, {"category": "pupil", "number": "0"})
    assert not ParticipantCount.objects.exists()
