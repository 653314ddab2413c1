"""Terms of many commitments moved from their list, and taken back before anybody was written to."""

import datetime
from typing import Any

import pytest
from django.test import Client

from centers.models import User
from events.commitments import terms
from events.commitments.acts import IN_HAND, SETTER
from events.models import Commitment
from rcro_portal.lib.keeping.bulk import TOLD_AFTER, UNDO_WITHIN
from rcro_portal.models import BulkEdit, Notice
from tests import clock
from tests.factories.centers import DepartmentFactory, coordinator, staff
from tests.factories.events import CommitmentFactory
from tests.factories.moments import SENT_AT, tomsk
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
AT = tomsk(3, 26, 11)
DAY, BULK = datetime.date(2026, 4, 20), "/commitments/bulk/"


@pytest.fixture
def rows() -> list[Commitment]:
    """One to be moved, one of another department, one that is answered."""
    row = CommitmentFactory()
    coordinator(row.center)
    others = CommitmentFactory(department=DepartmentFactory(name="отдел олимпиад"))
    return [row, others, CommitmentFactory(status="in_review", acknowledged_at=SENT_AT)]


@pytest.fixture
def methodist(client: Client, rows: list[Commitment]) -> User:
    user = staff("methodist", rows[0].department)
    client.force_login(user)
    return user


def looked_at(client: Client, rows: list[Commitment], **sent: Any) -> tuple[Any, dict[str, Any]]:
    sent = {"row": [row.pk for row in rows], "day": DAY.isoformat(), "why": "Каникулы", "key": "2" * 32, **sent}
    page = client.post(BULK, sent)
    return page, {**sent, "seen": page.context["seen"]}


def coordinates(row: Commitment) -> User:
    return User.objects.get(person__coordinated__center__organization=row.organization)


def terms_now() -> list[tuple[Any, Any]]:
    return list(Commitment.objects.order_by("pk").values_list("due_on", "letter_due_on"))


def test_moved_together_and_taken_back_before_a_mail_leaves(
    client: Client, methodist: User, rows: list[Commitment]
) -> None:
    before = terms_now()
    with clock.standing(AT):
        with nothing_changes():
            page, sent = looked_at(client, rows)
        refusals = {line.row: line.refusal for line in page.context["lines"]}
        assert refusals == dict(zip(rows, ["", SETTER, IN_HAND], strict=True))
        done = client.post(BULK, sent).headers["Location"]
        assert "Изменено: " in client.get(done).text
        row = Commitment.objects.get(pk=rows[0].pk)
        assert (row.due_on, row.letter_due_on) == (DAY, rows[0].due_on)
        assert row.transitions.get().note.endswith("Причина: Каникулы")
        moved = Notice.objects.get(reason="commitment_moved")
        # Taken back at the last moment, it is written before the first mail leaves.
        assert (moved.status, moved.send_after) == ("queued", AT + TOLD_AFTER)
        assert TOLD_AFTER > UNDO_WITHIN
        client.post(BULK, {"undo": BulkEdit.objects.get().pk})
    assert terms_now() == before
    moved.refresh_from_db()
    assert (moved.status, moved.error) == ("taken_back", "Перенос срока отменён.")
    last = Commitment.objects.get(pk=rows[0].pk).transitions.order_by("pk").last()
    assert last is not None
    assert last.note.startswith("Перенос срока отменён: срок снова ")


def test_looking_asks_no_row_by_itself(client: Client, methodist: User, django_assert_num_queries: Any) -> None:
    more = CommitmentFactory.create_batch(3, department=DepartmentFactory(name="отдел проектов"))
    with clock.standing(AT):
        for some in (more[:1], more):
            with django_assert_num_queries(9):
                looked_at(client, some)


def test_an_answer_that_came_meanwhile_keeps_all_as_it_is(
    client: Client, methodist: User, rows: list[Commitment]
) -> None:
    with clock.standing(AT):
        _, sent = looked_at(client, rows[:1])
        client.post(BULK, sent)
        Commitment.objects.filter(pk=rows[0].pk).update(status="in_review", acknowledged_at=AT)
        with nothing_changes():
            assert client.post(BULK, {"undo": BulkEdit.objects.get().pk}).status_code == 409


def test_a_request_is_decided_by_itself(client: Client, methodist: User, rows: list[Commitment]) -> None:
    with clock.standing(AT):
        terms.ask(commitment=rows[0], wanted_on=DAY, reason="Болеет", by=coordinates(rows[0]), at=AT)
        page, _ = looked_at(client, rows[:1])
    assert [line.refusal for line in page.context["lines"]] == [terms.DECIDE_FIRST]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-25", "Этот день уже прошёл."),
        ("2026-04-19", "Ближайший рабочий – 20.04.2026."),
        ("2028-01-10", "Это больше года вперёд."),
        ("", "Обязательное поле."),
    ],
)
def test_a_day_that_is_no_term_is_refused(
    client: Client, methodist: User, rows: list[Commitment], day: str, words: str
) -> None:
    with clock.standing(AT), nothing_changes():
        page, _ = looked_at(client, rows[:1], day=day)
    assert (page.status_code, words in page.text) == (422, True)


def test_a_coordinator_moves_no_terms(client: Client, rows: list[Commitment]) -> None:
    client.force_login(coordinator(rows[1].center))
    assert "tick-cell" not in client.get("/commitments/").text
    assert client.post(BULK, {"row": rows[1].pk, "day": DAY.isoformat(), "why": "Так"}).status_code == 403
