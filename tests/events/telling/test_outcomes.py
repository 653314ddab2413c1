"""An event past its day without an outcome has a term; whoever put it down is reminded until the outcome is filed."""

import datetime

import pytest
from django.core import mail

from centers.models import CalendarYear, User
from events.models import Event
from events.models.event import EventStatus
from events.outcomes import outcomes
from events.telling import nightly
from events.telling import outcomes as telling_outcomes
from rcro_portal.lib.notices import telling
from rcro_portal.models import Notice
from tests.factories.centers import staff
from tests.factories.events import EventFactory, OutcomeFactory, announced, held
from tests.factories.moments import tomsk

pytestmark = pytest.mark.django_db


def planned() -> list[tuple[str, str, datetime.datetime]]:
    rows = Notice.objects.filter(reason="outcome_overdue").planned().order_by("send_after", "email")
    return [(row.fact.partition(" ")[0], row.email, row.send_after) for row in rows]


def of(methodist: User, **fields: object) -> Event:
    department = methodist.person.posts.get().department
    return held(department=department, planned_by=methodist, **fields)


def test_outcome_is_due_five_working_days_after_the_event() -> None:
    calendar = CalendarYear.objects.calendar()
    assert telling_outcomes.due_on(EventFactory(), calendar) == datetime.date(2026, 3, 19)
    before_new_year = EventFactory(starts_at=tomsk(12, 29, 15))
    assert telling_outcomes.due_on(before_new_year, calendar) == datetime.date(2027, 1, 14)


def test_whoever_put_it_down_is_reminded_and_a_colleague_where_they_left() -> None:
    methodist = staff("methodist")
    colleague = staff("head", methodist.person.posts.get().department)
    of(methodist)
    moments = [tomsk(3, 16, 8), tomsk(3, 18, 8), tomsk(3, 20, 8), tomsk(3, 26, 8)]
    assert [(email, moment) for _, email, moment in planned()] == [(methodist.email, moment) for moment in moments]
    assert telling.tell_due(now=tomsk(3, 20, 8)) == 1
    assert "Не внесены итоги вебинара" in mail.outbox[-1].body
    # Nobody had sent the two before it: one says it all.
    assert mail.outbox[-1].body.count("Не внесены итоги") == 1
    assert "просрочено на 1 день" in mail.outbox[-1].body
    methodist.person.posts.update(until=datetime.date(2026, 3, 24))
    nightly.follow(at=tomsk(3, 25, 0, 10))
    assert planned() == [("after-5", colleague.email, tomsk(3, 26, 8))]


def test_filed_outcome_ends_it_and_a_recalled_one_begins_it_again() -> None:
    methodist = staff("methodist")
    outcome = OutcomeFactory(event=of(methodist))
    outcomes.lock(outcome=outcome, by=methodist, at=tomsk(3, 13, 10))
    assert planned() == []
    outcomes.unlock(outcome=outcome, by=methodist, at=tomsk(3, 17, 10), note="Ошибка.")
    assert [moment for _, _, moment in planned()] == [tomsk(3, 18, 8), tomsk(3, 20, 8), tomsk(3, 26, 8)]


def test_event_that_nobody_marked_is_reminded_of_and_a_cancelled_one_is_not() -> None:
    methodist = staff("methodist")
    department = methodist.person.posts.get().department
    event = announced(department=department, planned_by=methodist)
    assert len(planned()) == 4
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CANCELLED)
    assert telling.tell_due(now=tomsk(3, 16, 8)) == 0
    row = Notice.objects.get(fact__startswith="before-3")
    assert (row.status, row.error) == ("taken_back", "Мероприятие отменено или перенесено.")
