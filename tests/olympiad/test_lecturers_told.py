"""Lecturers of a session hear of it by mail: announced, named later, moved, called off; once of each."""

import pytest

from events.models import Event
from events.plan import plan
from olympiad.kept import LECTURERS
from olympiad.models import PrepSession, SessionLecturer
from rcro_portal.models import Notice
from tests import clock
from tests.events.telling.mails import CHANGED_AT, DAY, HOUR, sent, words
from tests.factories.centers import PersonFactory, staff
from tests.factories.events import EventFactory, announced
from tests.factories.moments import ANNOUNCED_AT, STARTS_AT
from tests.factories.olympiad import PrepSessionFactory, SessionLecturerFactory

pytestmark = pytest.mark.django_db
EMAIL = "docent@uni.example"


def session(event: Event) -> PrepSession:
    return PrepSessionFactory(event=event)


def name(session: PrepSession, email: str = EMAIL) -> SessionLecturer:
    """As a methodist names somebody on the session's page, after it was announced."""
    with clock.standing(ANNOUNCED_AT + HOUR):
        fields = {"session": session, "person": PersonFactory(email=email)}
        return LECTURERS.create(SessionLecturer, by=staff("methodist"), **fields)


def test_announced_moved_and_called_off() -> None:
    event = EventFactory(kind="prep_session", topic="Зимняя смена", place="Томск, Татарская, 16")
    row = SessionLecturerFactory(session=session(event), person__email=EMAIL)
    SessionLecturerFactory(session=row.session, person__email="")
    plan.announce(event=event, by=event.planned_by, at=ANNOUNCED_AT)
    (told,) = sent(ANNOUNCED_AT)
    assert (told["To"], told["Subject"]) == (EMAIL, "Вы преподаёте: смена «Зимняя смена», 12.03.2026")
    assert "Вы названы преподавателем: смена «Зимняя смена»" in words(told)
    assert "Томск, Татарская, 16" in words(told)
    plan.change(event=event, by=event.planned_by, at=CHANGED_AT, starts_at=STARTS_AT + DAY)
    (moved,) = sent(CHANGED_AT)
    assert "Изменилось (время)" in words(moved)
    plan.cancel(event=event, note="Нет света.", by=event.planned_by, at=CHANGED_AT + HOUR)
    (off,) = sent(CHANGED_AT + HOUR)
    assert "Причина: Нет света." in words(off)


def test_named_after_the_announcement_is_told_at_once_and_who_was_told_is_not_told_again() -> None:
    event = announced(kind="prep_session")
    row = name(session(event))
    assert [message["To"] for message in sent(ANNOUNCED_AT + HOUR)] == [EMAIL]
    with clock.standing(CHANGED_AT):
        LECTURERS.change(row, by=staff("methodist"), post="доцент")
        assert sent(CHANGED_AT) == []


def test_who_was_taken_off_before_the_mail_left_gets_none() -> None:
    event = announced(kind="prep_session")
    row = name(session(event))
    row.delete()
    assert sent(ANNOUNCED_AT + DAY) == []
    assert Notice.objects.get(reason="event_lectures").error == "Преподаватель больше не назван."


def test_of_a_draft_and_of_what_is_over_nobody_hears() -> None:
    name(session(EventFactory(kind="prep_session")))
    past = announced(kind="prep_session")
    with clock.standing(STARTS_AT + DAY):
        fields = {"session": session(past), "person": PersonFactory(email=EMAIL)}
        LECTURERS.create(SessionLecturer, by=staff("methodist"), **fields)
    assert not Notice.objects.filter(reason="event_lectures").exists()
