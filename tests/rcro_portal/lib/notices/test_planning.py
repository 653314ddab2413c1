"""Notices are planned with what they tell, moved and taken back as that changes."""

import datetime
from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from centers.models import Person
from rcro_portal import tasks
from rcro_portal.lib.notices import planning, telling
from rcro_portal.models import Notice
from tests.factories.centers import PersonFactory
from tests.factories.moments import SENT_AT, tomsk
from tests.rcro_portal.lib.notices.invented import DIGESTED, NIGHTLY, PLAIN
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)
TO = {"email": "Vetrova@school.example ", "subject": "Сообщение"}


def test_row_says_to_whom_why_and_when(person: Person) -> None:
    row = planning.plan(reason=PLAIN, about=person, at=SENT_AT, **TO)
    assert (row.email, row.reason, row.about) == ("vetrova@school.example", "plain", f"centers.person:{person.pk}")
    assert (row.planned_at, row.send_after, row.status, row.in_digest) == (SENT_AT, SENT_AT, "queued", False)


def test_one_fact_is_planned_once(person: Person) -> None:
    row = planning.plan(reason=PLAIN, about=person, at=SENT_AT, **TO)
    with nothing_changes():
        assert planning.plan(reason=PLAIN, about=person, at=SENT_AT + WEEK, **TO) == row
    assert planning.plan(reason=PLAIN, about=person, fact="другой", at=SENT_AT, **TO) != row
    assert planning.plan(reason=NIGHTLY, about=person, at=SENT_AT, **TO) != row
    assert planning.plan(reason=PLAIN, about=PersonFactory(), at=SENT_AT, **TO) != row


def test_what_was_sent_is_not_planned_again(person: Person) -> None:
    row = planning.plan(reason=PLAIN, about=person, at=SENT_AT, **TO)
    assert telling.tell(notice_id=row.pk, now=SENT_AT) is True
    with nothing_changes():
        assert planning.plan(reason=PLAIN, about=person, at=SENT_AT + WEEK, **TO) == row


def test_notice_goes_with_the_fact_or_not_at_all(person: Person) -> None:
    @transaction.atomic
    def act() -> None:
        planning.plan(reason=PLAIN, about=person, at=SENT_AT, **TO)
        raise LookupError

    with pytest.raises(LookupError):
        act()
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_worker_is_rung_after_the_commit_by_the_name_that_messages_have(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[Any, ...]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, values, **_: rung.append((name, *values)))
    with transaction.atomic():
        row = planning.plan(reason=PLAIN, about=person, at=SENT_AT, **TO)
        assert rung == []
    assert rung == [("centers.tasks.tell", row.pk)]
    planning.plan(reason=PLAIN, about=person, fact="here", here=True, at=SENT_AT, **TO)
    planning.plan(reason=PLAIN, about=person, fact="ahead", not_before=SENT_AT + WEEK, at=SENT_AT, **TO)
    planning.plan(reason=DIGESTED, about=person, at=SENT_AT, **TO)
    assert len(rung) == 1
    assert current_app.tasks["centers.tasks.tell"].name == tasks.tell.name


@pytest.mark.parametrize(
    ("reason", "leaves"), [(PLAIN, tomsk(3, 20, 8)), (NIGHTLY, tomsk(3, 19, 22)), (DIGESTED, tomsk(3, 20, 8))]
)
def test_night_waits_for_the_morning_where_the_reason_does(
    person: Person, reason: object, leaves: datetime.datetime
) -> None:
    assert planning.plan(reason=reason, about=person, at=tomsk(3, 19, 22), **TO).send_after == leaves


def test_planned_ahead_it_waits(person: Person) -> None:
    row = planning.plan(reason=PLAIN, about=person, not_before=SENT_AT + WEEK, at=SENT_AT, **TO)
    assert telling.tell_due(now=SENT_AT + WEEK - datetime.timedelta(seconds=1)) == 0
    assert telling.tell_due(now=SENT_AT + WEEK) == 1
    row.refresh_from_db()
    assert (row.status, row.claimed_at, row.sent_at) == ("sent", SENT_AT + WEEK, SENT_AT + WEEK)


def test_moved_fact_moves_its_notice(person: Person) -> None:
    row = planning.plan(reason=PLAIN, about=person, fact="за день", not_before=SENT_AT + WEEK, at=SENT_AT, **TO)
    other = planning.plan(reason=PLAIN, about=person, fact="в день", not_before=SENT_AT + WEEK, at=SENT_AT, **TO)
    assert planning.move(reason=PLAIN, about=person, fact="за день", to=SENT_AT + 2 * WEEK) == 1
    assert telling.tell_due(now=SENT_AT + WEEK) == 1
    row.refresh_from_db(), other.refresh_from_db()
    assert (row.status, row.send_after, other.status) == ("queued", SENT_AT + 2 * WEEK, "sent")
    with nothing_changes():
        assert planning.move(reason=PLAIN, about=person, fact="в день", to=SENT_AT + 3 * WEEK) == 0


def test_fact_that_is_none_any_more_takes_its_notices_back(person: Person) -> None:
    rows = [
        planning.plan(reason=reason, about=person, not_before=SENT_AT + WEEK, at=SENT_AT, **TO)
        for reason in (PLAIN, DIGESTED)
    ]
    stays = planning.plan(reason=PLAIN, about=PersonFactory(), not_before=SENT_AT + WEEK, at=SENT_AT, **TO)
    assert planning.take_back(about=person, because="Отменено.", at=SENT_AT) == 2
    assert [Notice.objects.get(pk=row.pk).status for row in (*rows, stays)] == ["taken_back", "taken_back", "queued"]
    row = Notice.objects.get(pk=rows[0].pk)
    assert (row.taken_back_at, row.error, row.sent_at) == (SENT_AT, "Отменено.", None)
    assert telling.tell_due(now=SENT_AT + 2 * WEEK) == 1
    with nothing_changes():
        assert planning.take_back(about=person, because="Ещё раз.", at=SENT_AT + WEEK) == 0
    assert planning.plan(reason=PLAIN, about=person, at=SENT_AT + WEEK, **TO) not in rows
