"""Bad days of the mail server: each message says what became of it, and none goes twice by itself."""

import datetime

import pytest
from django.test import override_settings
from pytest_django import Settings

from reports import dispatch, sweeping
from reports.models import Recipient
from reports.models.dispatch import RecipientStatus
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office
from tests.faults.together import at_once
from tests.smtp import SILENCE, smtp_at, smtp_server

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
MINUTES = [1, 5, 15, 60, 360]
NO_MAIL = {"drawn": 0, "released": 0, "doubtful": 0, "delivered": 0}


@pytest.fixture(autouse=True)
def no_night(settings: Settings) -> None:
    settings.QUIET_HOURS = False


@pytest.fixture
def recipient(office: Office) -> Recipient:
    CoordinatorFactory()
    walked.sent_on_paper(office)
    return Recipient.objects.get()


def delivered(recipient: Recipient, now: datetime.datetime = SENT_AT) -> bool:
    return dispatch.deliver(recipient_id=recipient.pk, at=now, now=now)


def state(recipient: Recipient) -> tuple[str, int, datetime.datetime | None]:
    row = Recipient.objects.get(pk=recipient.pk)
    assert row.lease_until is None
    return row.status, row.attempts, row.sent_at


def later(minutes: int) -> datetime.datetime:
    return SENT_AT + datetime.timedelta(minutes=minutes)


def test_nobody_at_the_port_is_tried_again_ever_later_and_then_given_up(recipient: Recipient) -> None:
    with smtp_server() as server:
        port = server.server_address[1]
    now = SENT_AT
    with override_settings(MAILERS=smtp_at(port)):
        for attempt, minutes in enumerate(MINUTES, 1):
            assert delivered(recipient, now) is False
            assert state(recipient) == (RecipientStatus.QUEUED, attempt, None)
            waits_until = now + datetime.timedelta(minutes=minutes)
            row = Recipient.objects.get()
            assert (row.send_after, row.error.startswith("Почтовый сервер не отвечает: ")) == (waits_until, True)
            assert delivered(recipient, waits_until - datetime.timedelta(seconds=1)) is False
            assert state(recipient) == (RecipientStatus.QUEUED, attempt, None)
            now = waits_until
        assert delivered(recipient, now) is False
    assert state(recipient) == (RecipientStatus.FAILED, 6, None)
    assert sweeping.sweep(now=later(100_000)) == NO_MAIL


@pytest.mark.parametrize(
    "replies",
    [{"RCPT": "451 greylisted"}, {"MAIL": "452 no room"}, {"BODY": "451 try later"}, {"HELLO": "421 busy"}],
)
def test_not_now_is_sent_by_the_sweep_when_the_server_takes_it(recipient: Recipient, replies: dict[str, str]) -> None:
    with smtp_server(**replies):
        assert delivered(recipient) is False
    assert state(recipient) == (RecipientStatus.QUEUED, 1, None)
    with smtp_server() as server:
        assert sweeping.sweep(now=later(0)) == NO_MAIL
        assert sweeping.sweep(now=later(1)) == NO_MAIL | {"delivered": 1}
        assert sweeping.sweep(now=later(10_000)) == NO_MAIL
    assert (state(recipient), len(server.received)) == ((RecipientStatus.SENT, 2, later(1)), 1)


@pytest.mark.parametrize("replies", [{"RCPT": "550 no such user"}, {"DATA": "554 spam"}, {"BODY": "552 too big"}])
def test_refused_for_good_waits_for_a_person(recipient: Recipient, replies: dict[str, str]) -> None:
    with smtp_server(**replies):
        assert delivered(recipient) is False
    (said,) = replies.values()
    assert state(recipient) == (RecipientStatus.FAILED, 1, None)
    assert Recipient.objects.get().error == said
    with smtp_server() as server:
        assert sweeping.sweep(now=later(10_000)) == NO_MAIL
        assert server.received == []
        dispatch.send_again(recipient=recipient, at=later(1))
        assert sweeping.sweep(now=later(1)) == NO_MAIL | {"delivered": 1}
    assert (state(recipient)[0], len(server.received)) == (RecipientStatus.SENT, 1)


@pytest.mark.parametrize(
    ("replies", "received"),
    [({"MIDDLE": None}, 0), ({"BODY": None}, 1), ({"RCPT": None}, 0)],
    ids=["in the middle of DATA", "after DATA", "before DATA"],
)
def test_broken_off_may_have_gone_and_is_not_sent_again_by_itself(
    recipient: Recipient, replies: dict[str, str | None], received: int
) -> None:
    with smtp_server(**replies) as server:
        assert delivered(recipient) is False
        assert len(server.received) == received
    assert state(recipient) == (RecipientStatus.UNKNOWN, 1, None)
    with smtp_server() as server:
        assert delivered(recipient, later(10_000)) is False
        assert sweeping.sweep(now=later(10_000)) == NO_MAIL
    assert server.received == []


@pytest.mark.parametrize(
    ("replies", "status"),
    [({"HELLO": SILENCE}, RecipientStatus.QUEUED), ({"BODY": SILENCE}, RecipientStatus.UNKNOWN)],
)
def test_silent_server_is_left_in_time(recipient: Recipient, replies: dict[str, str], status: str) -> None:
    with smtp_server(timeout=0.3, **replies):
        assert delivered(recipient) is False
    assert state(recipient) == (status, 1, None)


def test_many_workers_hand_over_one_message(recipient: Recipient) -> None:
    with smtp_server() as server:
        ends = at_once(*[lambda: delivered(recipient)] * 8)
        assert sorted(ends) == [False] * 7 + [True]
        assert len(server.received) == 1
    assert state(recipient) == (RecipientStatus.SENT, 1, SENT_AT)
