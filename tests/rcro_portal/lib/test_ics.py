"""Entries of calendars, read by another reader than the one that wrote them."""

import datetime
from dataclasses import replace

import ics as another_reader
import pytest

from rcro_portal.lib import ics
from tests.factories.moments import STARTS_AT, TOMSK, tomsk

# The other reader's own: it asks for the clocks by an argument that Python will take by its name alone.
pytestmark = pytest.mark.filterwarnings("ignore:'maxsplit' is passed:DeprecationWarning")
ENTRY = ics.Entry(
    uid="d2b9d1f0-1c1e-4a86-9b7e-3f1f6a9d5a11",
    summary="Вебинар «Открытая лаборатория: как школьники собирают приборы сами и что из этого выходит»",
    starts=STARTS_AT,
    ends=STARTS_AT + datetime.timedelta(minutes=90),
    sequence=2,
    location="Томск, ул. Татарская, 16",
    description="Вебинар; вход, ссылка\nи вопросы",
    url="https://rvci.example/events/1/",
    changed_at=tomsk(2, 10, 12),
    organizer=ics.Somebody("portal@rvci.example", "Отдел развития, РЦРО"),
    attendee=ics.Somebody("vetrova@school.example", "Ветрова Мадина"),
)


def lines(data: bytes) -> list[str]:
    """Unfolded."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_another_reader_reads_what_was_written() -> None:
    (event,) = another_reader.Calendar(ics.invitation(ENTRY, ics.REQUEST).decode()).events
    assert (event.uid, event.name, event.location) == (ENTRY.uid, ENTRY.summary, ENTRY.location)
    assert (event.begin.datetime, event.end.datetime) == (ENTRY.starts, ENTRY.ends)
    assert (event.description, event.url, event.status) == (ENTRY.description, ENTRY.url, "CONFIRMED")
    assert (event.organizer.email, event.organizer.common_name) == ENTRY.organizer
    assert [(one.email, one.common_name, one.partstat) for one in event.attendees] == [(*ENTRY.attendee, "ACCEPTED")]


def test_zone_is_named_and_brought_along() -> None:
    written = lines(ics.invitation(replace(ENTRY, starts=STARTS_AT.astimezone(datetime.UTC)), ics.REQUEST))
    assert "DTSTART;TZID=Asia/Tomsk:20260312T150000" in written
    assert "DTEND;TZID=Asia/Tomsk:20260312T163000" in written
    assert written.count("BEGIN:VTIMEZONE") == written.count("TZID:Asia/Tomsk") == 1
    assert not [line for line in written if line.startswith("RDATE")]


@pytest.mark.parametrize(("year", "offset"), [(2015, 6), (2026, 7)])
def test_clocks_of_tomsk_are_those_of_the_year(year: int, offset: int) -> None:
    starts = datetime.datetime(year, 3, 12, 15, tzinfo=TOMSK)
    (event,) = another_reader.Calendar(ics.feed([replace(ENTRY, starts=starts, ends=None)], name="x").decode()).events
    assert event.begin.datetime == datetime.datetime(year, 3, 12, 15 - offset, tzinfo=datetime.UTC)


def test_there_is_one_uid_a_sequence_and_a_method() -> None:
    written = lines(ics.invitation(ENTRY, ics.REQUEST))
    assert sorted(line for line in written if line.startswith(("UID", "SEQUENCE", "METHOD", "STATUS"))) == [
        "METHOD:REQUEST",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        f"UID:{ENTRY.uid}",
    ]
    cancelled = lines(ics.invitation(ENTRY, ics.CANCEL))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", f"UID:{ENTRY.uid}"} <= set(cancelled)


def test_long_lines_are_folded_between_letters() -> None:
    data = ics.invitation(ENTRY, ics.REQUEST)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    # Each line is whole UTF-8 by itself, and what is joined again is what was said.
    assert [line.decode() for line in data.split(b"\r\n")]
    assert f"SUMMARY:{ENTRY.summary}" in lines(data)


def test_whole_days_end_with_their_last_day_and_want_no_zone() -> None:
    day = datetime.date(2026, 4, 6)
    data = ics.feed([replace(ENTRY, starts=day, ends=day)], name="Поручения")
    assert {"DTSTART;VALUE=DATE:20260406", "DTEND;VALUE=DATE:20260407", "TRANSP:TRANSPARENT"} <= set(lines(data))
    assert b"VTIMEZONE" not in data
    (event,) = another_reader.Calendar(data.decode()).events
    assert event.all_day is True


def test_empty_feed_is_a_calendar() -> None:
    assert another_reader.Calendar(ics.feed([], name="Портал сети РВЦИ").decode()).events == set()
