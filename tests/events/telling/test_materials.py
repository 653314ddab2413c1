"""What is added after the thanks: told once for all of a day, to those who were there."""

import datetime
from typing import Any

import pytest

from events.attendance import attendance
from events.models import Event, Material
from events.programme import materials
from events.telling import nightly
from rcro_portal.models import Notice
from tests.events.telling.mails import sent, words
from tests.factories.centers import PersonFactory
from tests.factories.events import announced
from tests.factories.moments import tomsk

pytestmark = pytest.mark.django_db
HELD_ON, THANKED_AT = tomsk(3, 13, 15), tomsk(3, 16, 8)  # a Friday, the Monday after it


def held(*addresses: str) -> Event:
    """Those with these addresses were there and have been thanked."""
    event = announced(starts_at=HELD_ON)
    for address in addresses:
        person = PersonFactory(email=address)
        attendance.mark_guest(event=event, person=person, by=event.planned_by, at=HELD_ON)
    nightly.follow(at=tomsk(3, 14, 0, 10))
    assert len(sent(THANKED_AT)) == len(addresses)
    return event


def added(event: Event, title: str, at: datetime.datetime, **said: Any) -> Material:
    said = {"title": title, "link": "https://video.example/1", "openness": "all", "upload": None} | said
    return materials.create(Material, by=event.planned_by, at=at, event=event, **said)


def test_all_that_is_added_in_a_day_is_one_mail_on_the_next_working_morning() -> None:
    event = held("here@school.example", "there@school.example")
    added(event, "Запись вебинара", tomsk(3, 20, 10))  # a Friday
    added(event, "Презентация", tomsk(3, 20, 17))
    added(event, "Смета", tomsk(3, 20, 17), openness="staff")
    assert sent(tomsk(3, 20, 18)) == sent(tomsk(3, 21, 9)) == []
    told = sent(tomsk(3, 23, 8))
    assert sorted(one["To"] for one in told) == ["here@school.example", "there@school.example"]
    assert "На странице мероприятия: «Запись вебинара», «Презентация»." in words(told[0])
    assert "Смета" not in words(told[0])
    assert sent(tomsk(3, 23, 12)) == sent(tomsk(3, 24, 8)) == []


def test_another_day_is_another_mail_that_names_what_is_new() -> None:
    event = held("here@school.example")
    added(event, "Запись вебинара", tomsk(3, 17, 10))
    assert "«Запись вебинара»" in words(*sent(tomsk(3, 18, 8)))
    added(event, "Презентация", tomsk(3, 18, 10))
    (second,) = sent(tomsk(3, 19, 8))
    assert "«Презентация»" in words(second)
    assert "«Запись вебинара»" not in words(second)


def test_before_the_thanks_they_say_it_themselves() -> None:
    event = announced(starts_at=HELD_ON)
    person = PersonFactory(email="here@school.example")
    attendance.mark_guest(event=event, person=person, by=event.planned_by, at=HELD_ON)
    added(event, "Запись вебинара", tomsk(3, 13, 18))
    (thanks,) = sent(THANKED_AT)
    assert "«Запись вебинара»" in words(thanks)
    assert not Notice.objects.filter(reason="event_materials").exists()


def test_opened_to_those_who_came_or_replaced_it_is_new_and_another_title_is_not() -> None:
    event = held("here@school.example")
    row = added(event, "Запись", tomsk(3, 17, 10), openness="staff")
    by = event.planned_by
    assert sent(tomsk(3, 18, 8)) == []
    materials.change(row, by=by, at=tomsk(3, 18, 10), openness="registered")
    assert "«Запись»" in words(*sent(tomsk(3, 19, 8)))
    materials.change(row, by=by, at=tomsk(3, 19, 10), title="Запись вебинара")
    assert sent(tomsk(3, 20, 8)) == []
    materials.change(row, by=by, at=tomsk(3, 20, 10), link="https://video.example/2")
    assert "«Запись вебинара»" in words(*sent(tomsk(3, 23, 8)))


def test_what_was_taken_away_meanwhile_is_not_told() -> None:
    event = held("here@school.example")
    added(event, "Запись вебинара", tomsk(3, 17, 10)).delete()
    assert sent(tomsk(3, 18, 8)) == []
    assert Notice.objects.get(reason="event_materials").error == "Материалы убраны."


def test_whoever_is_unmarked_meanwhile_is_not_told() -> None:
    event = held("here@school.example")
    added(event, "Запись вебинара", tomsk(3, 17, 10))
    person = event.attendances.get().person
    attendance.unmark(event=event, person=person, by=event.planned_by, at=tomsk(3, 17, 11))
    assert sent(tomsk(3, 18, 8)) == []
    assert Notice.objects.get(reason="event_materials").error == "Отметка об участии снята."
