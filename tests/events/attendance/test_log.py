"""Marks keep their history, and after the outcome is filed none changes without its reason."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from events.attendance import attendance, registrations, ticks
from events.attendance import log as attendance_log
from events.models import Attendance, AttendanceChange, Event
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, CoordinatorFactory, PersonFactory, coordinator, staff
from tests.factories.events import announced, held
from tests.factories.moments import ANNOUNCED_AT, HELD_AT
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WHY = "По протоколу площадки координатор не подключался."


def told(event: Event) -> list[tuple[object, ...]]:
    return [(row.act, row.was, row.became, row.by, row.why) for row in attendance_log.attendance_changes(event)]


def test_every_change_of_a_mark_is_a_row() -> None:
    event, methodist, center = announced(), staff("methodist"), CenterFactory()
    user = coordinator(center)
    registrations.register(event=event, center=center, person=user.person, by=user, at=ANNOUNCED_AT)
    attendance.mark(event=event, center=center, person=user.person, by=methodist, at=HELD_AT)
    attendance.unmark(event=event, person=user.person, by=methodist, at=HELD_AT + DAY)
    attendance.mark_representative(event=event, center=center, person=user.person, by=methodist, at=HELD_AT + 2 * DAY)
    assert told(event) == [
        ("update", "отсутствует", "участвует (представитель вместо координатора)", methodist, ""),
        ("update", "участвует (координатор РВЦИ)", "отсутствует", methodist, ""),
        ("update", "заявлен на участие", "участвует (координатор РВЦИ)", methodist, ""),
        ("insert", "отметки не было", "заявлен на участие", user, ""),
    ]
    row, last = Attendance.objects.get(), attendance_log.attendance_changes(event)[0]
    assert (last.table, last.record, last.at) == ("events_attendance", row.pk, HELD_AT + 2 * DAY)
    assert (last.before["presence"], last.after["person_id"]) == ("absent", user.person_id)
    assert last.about == f"{user.person.surname_first}, {center}"


def test_speaker_is_written_too() -> None:
    event, methodist, person = held(), staff("methodist"), PersonFactory()
    attendance.mark_speaker(event=event, person=person, by=methodist, at=HELD_AT)
    assert told(event) == [("insert", "отметки не было", "участвует (выступающий)", methodist, "")]


def test_names_stay_as_they_were() -> None:
    event, post = held(), CoordinatorFactory()
    attendance.mark(event=event, center=post.center, person=post.person, by=event.planned_by, at=HELD_AT)
    before = attendance_log.attendance_changes(event)[0].about
    type(post.person).objects.filter(pk=post.person_id).update(surname="Новая")
    assert attendance_log.attendance_changes(event)[0].about == before


@pytest.mark.parametrize("act", ["update", "delete"])
def test_history_is_only_added_to(act: str) -> None:
    event, post = held(), CoordinatorFactory()
    attendance.mark(event=event, center=post.center, person=post.person, by=event.planned_by, at=HELD_AT)
    rows = AttendanceChange.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(why="другая") if act == "update" else rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.all().delete()


# -- After filing -------------------------------------------------------------------------------------


@pytest.fixture
def filed(office: Office) -> Event:
    """Two came, as coordinator and as representative; the letter speaks of it."""
    letter = walked.in_review(office)
    return letter.outcome.event


@pytest.fixture
def here(filed: Event) -> Attendance:
    """Somebody whose mark was set before the history asked why."""
    post = CoordinatorFactory()
    said = {"event": filed, "center": post.center, "person": post.person, "by": filed.planned_by}
    attendance.mark(**said, at=HELD_AT, why="Подключился с чужого адреса.")
    return Attendance.objects.get(person=post.person)


def test_change_without_its_reason_is_refused(filed: Event, here: Attendance) -> None:
    center, person, by = CenterFactory(), PersonFactory(), filed.planned_by
    for why in ("", "  \n"):
        said = {"event": filed, "by": by, "at": HELD_AT, "why": why}
        with refused(attendance_log.NoReason):
            attendance.unmark(person=here.person, **said)
        with refused(attendance_log.NoReason):
            attendance.mark(center=center, person=person, **said)
        with refused(attendance_log.NoReason):
            attendance.mark_representative(center=center, person=person, **said)
        with refused(attendance_log.NoReason):
            attendance.mark_speaker(person=person, **said)


def test_change_with_its_reason_is_kept(filed: Event, here: Attendance) -> None:
    attendance.unmark(event=filed, person=here.person, by=filed.planned_by, at=HELD_AT, why=f" {WHY}\n")
    assert told(filed)[0] == ("update", "участвует (координатор РВЦИ)", "отсутствует", filed.planned_by, WHY)


def test_letter_given_back_asks_no_more(office: Office) -> None:
    letter = walked.in_review(office)
    event = letter.outcome.event
    assert attendance_log.is_filed(event)
    letter_back(letter, office)
    assert not attendance_log.is_filed(event)


def letter_back(letter: object, office: Office) -> None:
    from reports.letters import letters

    letters.give_back(letter=letter, by=office.head, at=HELD_AT + 30 * DAY, note="Уточните состав.")


# -- The pages ----------------------------------------------------------------------------------------


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


def test_tick_leads_to_the_question(filed: Event, here: Attendance, methodist: Client) -> None:
    page = methodist.get(f"/events/{filed.pk}/attendance/").content.decode()
    assert "портал спросит причину" in page
    assert f'action="/events/{filed.pk}/attendance/change/"' in page
    assert "data-ticks" not in page
    question = methodist.get(f"/events/{filed.pk}/attendance/change/?person={here.person_id}").content.decode()
    assert re.search(r'Причина <span\s+class="field__required"', question)
    for words in (here.person.surname_first, str(here.center), "Снять отметку", 'name="why"'):
        assert words in question


def test_mark_is_taken_off_with_its_reason(filed: Event, here: Attendance, methodist: Client) -> None:
    path = f"/events/{filed.pk}/attendance/unmark/"
    with nothing_changes():
        answer = methodist.post(path, {"person": here.person_id, "why": " "})
    assert answer.status_code == 422
    assert "Укажите причину: итоги уже направлены в письме." in answer.content.decode()
    assert methodist.post(path, {"person": here.person_id, "why": WHY}).status_code == 302
    history = methodist.get(f"/events/{filed.pk}/attendance/history/").content.decode()
    assert WHY in history
    assert "участвует (координатор РВЦИ)" in history
    assert (
        f'href="/events/{filed.pk}/attendance/history/"'
        in methodist.get(f"/events/{filed.pk}/attendance/").content.decode()
    )


def test_mark_is_set_with_its_reason(filed: Event, methodist: Client) -> None:
    post = CoordinatorFactory()
    question = methodist.get(f"/events/{filed.pk}/attendance/change/?center={post.center_id}").content.decode()
    assert "Отметить участие" in question
    path = f"/events/{filed.pk}/attendance/mark/"
    assert methodist.post(path, {"center": post.center_id}).status_code == 422
    assert methodist.post(path, {"center": post.center_id, "why": WHY}).status_code == 302
    assert told(filed)[0][2:] == ("участвует (координатор РВЦИ)", AttendanceChange.objects.latest("pk").by, WHY)


def test_press_on_a_page_that_was_open_before_is_refused(filed: Event, here: Attendance, methodist: Client) -> None:
    mark = ticks.marks(filed)[here.center_id]
    sent = {"tick": f"{here.center_id}:0:{mark.version}"}
    with nothing_changes():
        answer = methodist.post(f"/events/{filed.pk}/attendance/ticks/", sent)
    assert answer.status_code == 409
    assert "Откройте список участников заново" in answer.content.decode()


def test_representative_wants_a_reason_in_the_form(filed: Event, methodist: Client) -> None:
    fields = {"surname": "Осина", "given_name": "Инна", "gender": "f", "center": CoordinatorFactory().center_id}
    path = f"/events/{filed.pk}/attendance/represent/"
    with nothing_changes():
        assert methodist.post(path, fields).status_code == 422
    assert methodist.post(path, {**fields, "why": WHY}).status_code == 302
    assert told(filed)[0][4] == WHY


def test_question_about_nobody(filed: Event, methodist: Client) -> None:
    for asked in ("", "?person=0", "?center=x", f"?center={CenterFactory().pk}"):
        assert methodist.get(f"/events/{filed.pk}/attendance/change/{asked}").status_code == 409


def test_history_that_is_empty(methodist: Client) -> None:
    assert "Отметок ещё не ставили" in methodist.get(f"/events/{held().pk}/attendance/history/").content.decode()
