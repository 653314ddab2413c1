"""What coordinators and those who come are told of an event, and what goes into their calendars."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.attendance import attendance, registrations
from events.coordinators import hand_overs
from events.models import CalendarEntry
from events.plan import plan
from events.telling import nightly
from rcro_portal.models import Notice
from tests.events.telling.mails import CHANGED_AT, DAY, HOUR, comes, entry, invited, sent, words
from tests.factories.centers import CenterFactory, PersonFactory, UserFactory, coordinator
from tests.factories.events import EventFactory, announced
from tests.factories.moments import ANNOUNCED_AT, STARTS_AT, tomsk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:'maxsplit' is passed:DeprecationWarning"),
]


def test_announcement_goes_once_to_those_who_coordinate_centres_with_the_status() -> None:
    user = invited()
    coordinator(CenterFactory(status=None))
    event = EventFactory(topic="О наставничестве", audience="координаторы РВЦИ", place="Томск, Татарская, 16")
    plan.announce(event=event, by=event.planned_by, at=ANNOUNCED_AT)
    (message,) = sent(ANNOUNCED_AT)
    assert (message["To"], message["Subject"]) == (user.email, "Приглашаем: вебинар «О наставничестве», 12.03.2026")
    assert "Приглашаем на вебинар «О наставничестве»: 12 марта 2026 г., 15:00." in words(message).replace("\xa0", " ")
    assert "Томск, Татарская, 16" in words(message)
    assert "List-Unsubscribe" not in message
    assert sent(ANNOUNCED_AT + HOUR) == []


def test_draft_is_silent() -> None:
    invited()
    event = EventFactory()
    plan.change(event=event, by=event.planned_by, at=ANNOUNCED_AT, starts_at=STARTS_AT + DAY)
    plan.cancel(event=event, note="Не нужно.", by=event.planned_by, at=ANNOUNCED_AT)
    assert not Notice.objects.exists()
    assert not CalendarEntry.objects.exists()


def test_whoever_registers_gets_the_entry_and_every_change_of_it() -> None:
    user = invited()
    event = announced(link="https://meet.example/1")
    sent(ANNOUNCED_AT)
    comes(event, user)
    (confirmed,) = sent(ANNOUNCED_AT + HOUR)
    assert confirmed["Subject"].startswith("Участие заявлено: вебинар «Открытая лаборатория")
    assert "https://meet.example/1" in words(confirmed)
    method, uid, sequence, begins = entry(confirmed)
    assert (method, sequence, begins) == ("REQUEST", 0, STARTS_AT)
    # What brings nobody elsewhere raises nothing and is not told.
    plan.change(event=event, by=event.planned_by, at=CHANGED_AT, purpose="другое")
    assert sent(CHANGED_AT) == []
    plan.change(event=event, by=event.planned_by, at=CHANGED_AT, starts_at=STARTS_AT + DAY)
    (changed,) = sent(CHANGED_AT)
    assert "Изменилось (время)" in words(changed)
    assert entry(changed) == ("REQUEST", uid, 1, STARTS_AT + DAY)
    plan.change(event=event, by=event.planned_by, at=CHANGED_AT + HOUR, link="https://meet.example/2")
    assert entry(sent(CHANGED_AT + HOUR)[0])[:3] == ("REQUEST", uid, 2)
    plan.cancel(event=event, note="Нет света.", by=event.planned_by, at=CHANGED_AT + 2 * HOUR)
    (cancelled,) = sent(CHANGED_AT + 2 * HOUR)
    assert "Причина: Нет света." in words(cancelled)
    assert entry(cancelled)[:3] == ("CANCEL", uid, 3)
    assert sent(STARTS_AT) == []


def test_changes_of_a_night_are_one_mail_in_the_morning() -> None:
    user = invited()
    event = announced()
    comes(event, user)
    sent(ANNOUNCED_AT + HOUR)
    night = tomsk(2, 12, 22)
    plan.change(event=event, by=event.planned_by, at=night, starts_at=STARTS_AT + DAY)
    plan.change(event=event, by=event.planned_by, at=night + HOUR, place="Томск, Татарская, 16")
    assert sent(night + HOUR) == []
    (message,) = sent(tomsk(2, 13, 8))
    assert "Изменилось (время, место)" in words(message)
    assert entry(message)[2] == 2


def test_moved_event_moves_its_reminder_and_a_cancelled_one_takes_it_back() -> None:
    user = invited()
    event = announced()
    comes(event, user)
    reminder = Notice.objects.get(reason="event_reminder")
    # The event is on Thursday, 12 March: reminded of on Wednesday; moved to Monday, on the Friday before.
    assert reminder.send_after == tomsk(3, 11, 8)
    plan.change(event=event, by=event.planned_by, at=CHANGED_AT, starts_at=tomsk(3, 16, 15))
    reminder.refresh_from_db()
    assert (reminder.status, reminder.send_after) == ("queued", tomsk(3, 13, 8))
    plan.cancel(event=event, note="Нет света.", by=event.planned_by, at=CHANGED_AT + HOUR)
    reminder.refresh_from_db()
    assert (reminder.status, reminder.error) == ("taken_back", "Мероприятие отменено.")


def test_reminder_says_where_to_go() -> None:
    user = invited()
    event = announced(link="https://meet.example/1")
    comes(event, user)
    sent(ANNOUNCED_AT + HOUR)
    (message,) = sent(tomsk(3, 11, 8))
    assert message["To"] == user.email
    assert "https://meet.example/1" in words(message)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_whoever_comes_after_all_has_an_invitation_later_than_its_withdrawal() -> None:
    """The event is the same, so its number is: programs go by the moment of the text."""
    user = invited()
    event = announced()
    row, texts = comes(event, user), sent(ANNOUNCED_AT + HOUR)[-1:]
    registrations.withdraw(row=row, why="Болею.", by=user, at=CHANGED_AT)
    texts += sent(CHANGED_AT)
    comes(event, user, CHANGED_AT + HOUR)
    texts += sent(CHANGED_AT + HOUR)
    assert [(entry(one)[0], entry(one)[2]) for one in texts] == [("REQUEST", 0), ("CANCEL", 0), ("REQUEST", 0)]
    parts = [part for one in texts for part in one.walk() if part.get_content_type() == "text/calendar"]
    moments = [re.search(r"DTSTAMP:(\w+)", part.get_content())[1] for part in parts]
    assert moments == sorted(set(moments))


def test_waiting_list_is_told_of_the_seat() -> None:
    first, second = invited(), invited()
    event = announced(seats=1)
    row = comes(event, first)
    comes(event, second)
    told_to = {one["To"]: one for one in sent(ANNOUNCED_AT + HOUR) if "Приглашаем" not in words(one)}
    assert told_to[second.email]["Subject"].startswith("Лист ожидания: ")
    assert "text/calendar" not in [part.get_content_type() for part in told_to[second.email].walk()]
    registrations.withdraw(row=row, why="Болею.", by=first, at=CHANGED_AT)
    told_to = {one["To"]: one for one in sent(CHANGED_AT)}
    assert "Освободилось место" in words(told_to[second.email])
    assert entry(told_to[second.email])[0] == "REQUEST"
    assert "Причина: Болею." in words(told_to[first.email])
    assert entry(told_to[first.email])[0] == "CANCEL"
    assert [row.email for row in Notice.objects.filter(reason="event_reminder").planned()] == [second.email]


def test_who_was_there_is_thanked_on_the_next_working_day_and_the_others_are_not() -> None:
    event = announced(starts_at=tomsk(3, 13, 15))  # a Friday
    here, there, later = (PersonFactory(email=f"p{n}@school.example") for n in range(3))
    by = event.planned_by
    attendance.mark_guest(event=event, person=here, by=by, at=tomsk(3, 13, 16))
    attendance.mark_guest(event=event, person=there, by=by, at=tomsk(3, 13, 16))
    attendance.unmark(event=event, person=there, by=by, at=tomsk(3, 13, 17))
    event.materials.create(title="Запись вебинара", link="https://video.example/1")
    event.materials.create(title="Смета", link="https://video.example/2", openness="staff")
    nightly.follow(at=tomsk(3, 14, 0, 10))
    assert sent(tomsk(3, 14, 9)) == []
    (message,) = sent(tomsk(3, 16, 8))
    assert message["To"] == here.email
    assert "«Запись вебинара»" in words(message)
    assert "Смета" not in words(message)
    # A list that came three days later: whoever it adds is thanked then, the others are not again.
    attendance.mark_guest(event=event, person=later, by=by, at=tomsk(3, 18, 18))
    nightly.follow(at=tomsk(3, 19, 0, 10))
    assert [one["To"] for one in sent(tomsk(3, 19, 8))] == [later.email]


def test_queries_of_an_announcement_do_not_grow_with_the_centres() -> None:
    def counted(number: int) -> int:
        for _ in range(number):
            invited()
        event = EventFactory()
        with CaptureQueriesContext(connection) as queries:
            plan.announce(event=event, by=event.planned_by, at=ANNOUNCED_AT)
        return len(queries)

    assert counted(1) == counted(12)


def test_whoever_takes_the_centre_over_comes_in_place_of_the_former() -> None:
    former = invited()
    event = announced()
    comes(event, former)
    sent(ANNOUNCED_AT + HOUR)
    post = former.person.coordinated.get()
    successor = UserFactory()
    said = {"center": post.center, "to": successor.person, "by": event.planned_by, "at": CHANGED_AT}
    hand_overs.hand_over(on=CHANGED_AT.date(), **said)
    told_to = {one["To"]: one for one in sent(CHANGED_AT) if "Участие" in one["Subject"]}
    assert (entry(told_to[former.email])[0], entry(told_to[successor.email])[0]) == ("CANCEL", "REQUEST")
    assert entry(told_to[former.email])[1:3] == entry(told_to[successor.email])[1:3]
    assert [row.email for row in Notice.objects.filter(reason="event_reminder").planned()] == [successor.email]


def test_announcement_that_waits_is_taken_back_once_the_event_is_held() -> None:
    """The mail server was down since then: nobody is invited to what is over."""
    user = invited()
    event = announced()
    comes(event, user)
    attendance.mark_guest(event=event, person=PersonFactory(), by=event.planned_by, at=STARTS_AT)
    rows = Notice.objects.filter(reason__in=["event_announced", "event_registered", "event_reminder"])
    assert set(rows.values_list("status", "error")) == {("taken_back", "Мероприятие состоялось.")}
