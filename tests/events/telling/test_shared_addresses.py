"""Colleagues without accounts who have one address, often the school's: each is told of apart, by name."""

import pytest

from centers.models import Person
from events.attendance import registrations
from events.models import Attendance, Event
from events.models.attendance import Capacity
from events.plan import plan
from rcro_portal.models import Notice
from tests.events.telling.mails import CHANGED_AT, HOUR, entry, invited, sent, words
from tests.factories.centers import PersonFactory
from tests.factories.events import announced
from tests.factories.moments import ANNOUNCED_AT, tomsk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:'maxsplit' is passed:DeprecationWarning"),
]
SCHOOL = "school@school.example"
NOW = ANNOUNCED_AT + HOUR


def colleagues() -> tuple[Person, Person]:
    names = ({"surname": "Лугова", "given_name": "Анна"}, {"surname": "Ветрова", "given_name": "Мария"})
    first, second = (PersonFactory(**name, patronymic="Игоревна", email=SCHOOL) for name in names)
    return first, second


def both_come(event: Event) -> list[Attendance]:
    by = invited()
    said = {"center": by.person.coordinated.get().center, "capacity": Capacity.PARTICIPANT}
    return [registrations.register(event=event, person=one, by=by, at=NOW, **said) for one in colleagues()]


def test_each_is_confirmed_by_name_though_registered_in_one_moment() -> None:
    both_come(announced())
    confirmed = [one for one in sent(NOW) if one["To"] == SCHOOL]
    said = [words(one).replace("\xa0", " ") for one in confirmed]
    named = ["Участник: Ветрова Мария Игоревна." in one for one in said]
    assert sorted(named) == [False, True]
    assert sorted("Участник: Лугова Анна Игоревна." in one for one in said) == [False, True]


def test_whoever_withdraws_takes_nothing_from_the_other() -> None:
    event = announced()
    first, second = both_come(event)
    by = event.planned_by
    # Nothing has left yet: of the first it is taken back, of the second it goes.
    registrations.withdraw(row=first, why="Болеет.", by=by, at=NOW, by_staff=True)
    told = {one["Subject"].partition(":")[0]: one for one in sent(NOW) if one["To"] == SCHOOL}
    assert sorted(told) == ["Участие заявлено", "Участие отменено"]
    assert "Участник: Ветрова Мария Игоревна." in words(told["Участие заявлено"])
    assert "Участник: Лугова Анна Игоревна." in words(told["Участие отменено"])
    assert "Причина: Болеет." in words(told["Участие отменено"])
    # The entry of the shared calendar stays: the other one comes.
    assert entry(told["Участие заявлено"])[0] == "REQUEST"
    assert "text/calendar" not in [part.get_content_type() for part in told["Участие отменено"].walk()]
    (reminder,) = sent(tomsk(3, 11, 8))
    assert "Напоминаем: вебинар" in words(reminder)
    registrations.withdraw(row=second, why="Болеет.", by=by, at=tomsk(3, 11, 9), by_staff=True)
    (last,) = sent(tomsk(3, 11, 9))
    assert entry(last)[0] == "CANCEL"


def test_one_mail_of_a_change_goes_to_the_address() -> None:
    event = announced()
    both_come(event)
    sent(NOW)
    plan.change(event=event, by=event.planned_by, at=CHANGED_AT, place="Томск, Татарская, 16")
    assert [one["To"] for one in sent(CHANGED_AT)] == [SCHOOL]
    assert Notice.objects.filter(reason="event_changed", email=SCHOOL).count() == 1
