"""Figures of events: people counted once and participations summed, who was missing, what was held by kind."""

import datetime

import pytest

from events.models import Event, ParticipantCount
from events.models.attendance import Capacity, Presence
from events.models.event import EventKind, EventStatus
from events.models.outcome import TalkAct
from reports import figures
from tests.factories.centers import CenterFactory, PersonFactory
from tests.factories.events import AttendanceFactory, EventFactory, OutcomeFactory, TalkFactory
from tests.factories.moments import TOMSK

pytestmark = pytest.mark.django_db
PERIOD = {"since": "2026-01-01", "until": "2026-03-31"}
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)
DAY = datetime.timedelta(days=1)


def held(day: datetime.date, hour: int = 12, **fields: object) -> Event:
    starts_at = datetime.datetime.combine(day, datetime.time(hour), TOMSK)
    return EventFactory(**{"starts_at": starts_at, "status": EventStatus.HELD, **fields})


def test_center_that_sent_anybody_was_present_and_the_others_were_absent() -> None:
    event = held(FIRST)
    by_coordinator, by_representative, absent, registered = (CenterFactory() for _ in range(4))
    CenterFactory(status=None)
    AttendanceFactory(event=event, center=by_coordinator)
    AttendanceFactory(event=event, center=by_representative, capacity=Capacity.REPRESENTATIVE)
    AttendanceFactory(event=event, center=by_representative, capacity=Capacity.GUEST)
    AttendanceFactory(event=event, center=absent, presence=Presence.ABSENT)
    AttendanceFactory(event=event, center=registered, presence=Presence.REGISTERED)
    AttendanceFactory(event=event, center=None, capacity=Capacity.SPEAKER)
    AttendanceFactory(event=held(FIRST), center=absent)
    asked = {"event": event.pk}
    assert figures.count("present_centers", asked) == (2, [by_coordinator.pk, by_representative.pk])
    assert figures.count("absent_centers", asked) == (2, [absent.pk, registered.pk])


def test_speaker_of_two_talks_counts_once_and_answers_are_no_talk() -> None:
    outcome = OutcomeFactory()
    speaker = PersonFactory()
    TalkFactory(outcome=outcome, speaker=speaker, act=TalkAct.OPENED)
    TalkFactory(outcome=outcome, speaker=speaker, act=TalkAct.REPORTED)
    TalkFactory(outcome=outcome, act=TalkAct.ANSWERED)
    TalkFactory()
    assert figures.count("speakers", {"event": outcome.event_id}) == (1, [speaker.pk])


def test_events_of_a_period_by_kind() -> None:
    webinar = held(FIRST, 0)
    methods = held(LAST, 23, kind=EventKind.METHODS_SEMINAR)
    panorama = held(LAST, kind=EventKind.PANORAMA_SEMINAR)
    opened = held(LAST, kind=EventKind.OPEN_EVENT)
    meeting = held(LAST, kind=EventKind.MEETING)
    for outside in ((FIRST - DAY, 23), (LAST + DAY, 0)):
        held(*outside)
    for status in (EventStatus.CANCELLED, EventStatus.ANNOUNCED, EventStatus.DRAFT):
        held(FIRST, status=status)
    keys = [webinar.pk, methods.pk, panorama.pk, opened.pk, meeting.pk]
    assert figures.count("events_held", PERIOD) == (5, keys)
    assert figures.count("webinars_held", PERIOD) == (1, [webinar.pk])
    assert figures.count("seminars_held", PERIOD) == (2, [methods.pk, panorama.pk])
    assert figures.count("open_events_held", PERIOD) == (1, [opened.pk])


def test_people_once_beside_their_participations() -> None:
    often = PersonFactory()
    center = CenterFactory()
    there = {"person": often, "center": center}
    first, again = AttendanceFactory(event=held(FIRST), **there), AttendanceFactory(event=held(LAST), **there)
    other = AttendanceFactory(event=first.event, center=None, capacity=Capacity.GUEST)
    AttendanceFactory(event=first.event, presence=Presence.ABSENT)
    AttendanceFactory(event=held(LAST + DAY))
    AttendanceFactory(event=held(LAST, status=EventStatus.CANCELLED))
    assert figures.count("people_at_events", PERIOD) == (2, [often.pk, other.person_id])
    assert figures.count("participations", PERIOD) == (3, [first.pk, again.pk, other.pk])
    assert figures.count("centers_at_events", PERIOD) == (1, [center.pk])
    assert [figures.QUERIES[code].sums_counts for code in ("people_at_events", "participations")] == [False, True]


def test_participants_of_a_category_by_name_and_by_number() -> None:
    event = held(FIRST)
    named = AttendanceFactory(event=event, center=None, capacity=Capacity.PARTICIPANT, category="educator")
    parent = AttendanceFactory(event=event, center=None, capacity=Capacity.PARTICIPANT, category="parent")
    AttendanceFactory(event=event, category="educator", presence=Presence.ABSENT)
    AttendanceFactory(category="educator")
    lines = [
        ParticipantCount.objects.create(event=event, category="educator", post=post, count=count)
        for post, count in (("учитель физики", 12), ("", 30))
    ]
    for category, count in (("pupil", 58), ("team", 14), ("parent", 21)):
        ParticipantCount.objects.create(event=event, category=category, count=count)
    asked = {"event": event.pk}
    assert figures.count("educators_named", asked) == (1, [named.pk])
    assert figures.count("educators_counted", asked) == (42, [line.pk for line in lines])
    assert figures.count("parents_named", asked) == (1, [parent.pk])
    numbers = [figures.count(f"{one}_counted", asked)[0] for one in ("pupils", "teams", "parents")]
    assert numbers == [58, 14, 21]
    rows = figures.QUERIES["educators_counted"].named([line.pk for line in lines])
    assert [(row.label, row.number) for row in rows] == [("педагоги", 30), ("педагоги, учитель физики", 12)]
