"""Whoever has the code of an event marks themself, or who came instead; the code can be closed and made anew."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from centers.models import User
from events.attendance import check_ins
from events.attendance import log as attendance_log
from events.models import CheckInCode, Event
from tests import clock
from tests.factories import letters
from tests.factories.centers import coordinator, staff
from tests.factories.events import announced, held
from tests.factories.moments import HELD_AT, STARTS_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
STAND_IN = {"surname": "Чайкина", "given_name": "Вера", "gender": "f"}


@pytest.fixture
def event() -> Event:
    """Of today: whoever may mark themself is asked of the page's own day."""
    return announced(starts_at=clock.now())


@pytest.fixture
def code(event: Event) -> CheckInCode:
    return check_ins.open_anew(event=event, by=staff("methodist"), at=clock.now())


def entered(user: User, code: str, **fields: str) -> tuple[int, str]:
    client = Client()
    client.force_login(user)
    answer = client.post("/here/", {"code": code, **fields})
    return answer.status_code, "" if answer.status_code == 302 else answer.content.decode()


def present(event: Event) -> list[tuple[str, str]]:
    rows = event.attendances.present().order_by("pk")
    return [(row.person.surname, row.capacity) for row in rows]


def test_coordinator_marks_themself_and_who_came_instead(event: Event, code: CheckInCode) -> None:
    """The trace says who, when and by which code; entered twice it changes nothing."""
    first, second = coordinator(person__surname="Зимина"), coordinator(person__surname="Котова")
    assert entered(first, code.shown)[0] == 302
    assert entered(first, code.code)[0] == 302
    assert entered(second, code.code, **STAND_IN)[0] == 302
    assert present(event) == [("Зимина", "coordinator"), ("Чайкина", "representative")]
    told = [(row.by, row.why) for row in attendance_log.attendance_changes(event)]
    assert told == [(second, f"Отметка по коду {code.shown}"), (first, f"Отметка по коду {code.shown}")]
    assert Event.objects.get().status == "held"


def test_code_that_was_closed_or_made_anew_is_nobodys(event: Event, code: CheckInCode) -> None:
    user, by = coordinator(), staff("head")
    anew = check_ins.open_anew(event=event, by=by, at=clock.now(), instead_of=str(code.pk))
    assert check_ins.open_anew(event=event, by=by, at=clock.now(), instead_of=str(code.pk)) == anew
    assert (CheckInCode.objects.living().get(), anew.code != code.code) == (anew, True)
    assert "Такого кода сейчас нет" in entered(user, code.code)[1]
    assert check_ins.close(event=event, by=by, at=clock.now())
    assert not check_ins.close(event=event, by=by, at=clock.now())
    assert "Такого кода сейчас нет" in entered(user, anew.code)[1]
    with refused(check_ins.WrongCode):
        check_ins.check_in(
            code=anew, center=user.person.coordinated.get().center, person=user.person, by=user, at=clock.now()
        )


def test_guesses_are_limited(code: CheckInCode) -> None:
    user, wrong = coordinator(), f"{(int(code.code) + 1) % 1_000_000:06}"
    assert [entered(user, wrong)[0] for _ in range(6)] == [422] * 5 + [429]
    assert entered(coordinator(), code.code)[0] == 302


def test_code_ends_when_a_letter_has_counted(office: Office) -> None:
    filed = letters.in_review(office).outcome.event
    with refused(check_ins.CountedAlready):
        check_ins.open_anew(event=filed, by=filed.planned_by, at=HELD_AT)
    late = CheckInCode.objects.create(event=filed, code="111222", opened_by=filed.planned_by, opened_at=STARTS_AT)
    assert "Итоги мероприятия уже направлены в письме" in entered(coordinator(), late.code)[1]


def test_one_living_code_of_an_event_and_of_its_figures(event: Event, code: CheckInCode) -> None:
    for fields in ({"event": event, "code": "000001"}, {"event": held(), "code": code.code}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckInCode.objects.create(opened_by=code.opened_by, opened_at=HELD_AT, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInCode.objects.filter(pk=code.pk).update(closed_at=HELD_AT)


def test_code_is_shown_large_with_its_qr(event: Event, client: Client) -> None:
    client.force_login(staff("methodist"))
    path = f"/events/{event.pk}/attendance/code/"
    assert "Кода сейчас нет" in client.get(path).content.decode()
    page = client.post(f"{path}open/", follow=True).content.decode()
    code = CheckInCode.objects.get()
    assert f'<p class="check-in__code">{code.shown}</p>' in page
    assert re.search(r'<svg class="check-in__qr" viewBox="0 0 (\d+) \1"', page)
    assert "Код закрыт" in client.post(f"{path}close/", follow=True).content.decode()


def test_center_without_status_on_that_day_is_told_so() -> None:
    early = announced(starts_at=tomsk(1, 15, 15, year=2019))
    code = check_ins.open_anew(event=early, by=staff("methodist"), at=clock.now())
    assert "не было статуса РВЦИ" in entered(coordinator(), code.code)[1]
    assert present(early) == []


def test_name_of_a_stand_in_is_whole(code: CheckInCode) -> None:
    status, page = entered(coordinator(), code.code, surname="Чайкина")
    assert (status, page.count("Обязательное поле.")) == (422, 2)


def test_nobody_is_taken_from_another_center(event: Event, code: CheckInCode) -> None:
    """A name known to the portal that stands for others, or came in another capacity, is no stand-in of ours."""
    ours, theirs = coordinator(person__surname="Зимина"), coordinator(person__surname="Котова")
    named = {"surname": "Котова", "given_name": theirs.person.given_name, "gender": "f"}
    named["patronymic"] = theirs.person.patronymic
    assert "за другой РВЦИ" in entered(ours, code.code, **named)[1]
    assert entered(theirs, code.code, **STAND_IN)[0] == 302
    assert "за другой РВЦИ" in entered(ours, code.code, **STAND_IN)[1]
    assert present(event) == [("Чайкина", "representative")]
    assert event.attendances.get().center == theirs.person.coordinated.get().center
