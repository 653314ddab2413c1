"""Bad days of the mail server: each message says what became of it, and none goes twice by itself."""

import datetime
import email
import os
import random
import secrets
from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import Settings

from reports import dispatch, invariants, sweeping
from reports.models import Addressee, Letter, Recipient
from reports.models.dispatch import RecipientStatus
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office
from tests.faults.together import at_once
from tests.smtp import SILENCE, Script, smtp_at, smtp_server
from tests.worker import Worker, until

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
    [
        {"RCPT": "451 greylisted"},
        {"MAIL": "452 no room"},
        {"BODY": "451 try later"},
        {"HELLO": "421 busy"},
        {"HELLO": None},
        {"MAIL": None},
        {"RCPT": None},
    ],
)
def test_not_now_is_sent_by_the_sweep_when_the_server_takes_it(
    recipient: Recipient, replies: dict[str, str | None]
) -> None:
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
    [({"DATA": None}, 0), ({"MIDDLE": None}, 0), ({"BODY": None}, 1)],
    ids=["at DATA", "in the middle of DATA", "after DATA"],
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


def test_late_worker_does_not_put_down_the_message_of_another(recipient: Recipient) -> None:
    """Its claim was doubted and a person has sent the message again, while it waited for the server's answer."""

    def taken_over(address: str, time: int) -> dict[str, str | None]:
        if time > 1:
            return {}
        assert dispatch.doubt(now=later(10)) == 1
        dispatch.send_again(recipient=Recipient.objects.get(), at=later(10))
        Recipient.objects.update(status=RecipientStatus.SENDING, lease_until=later(20))
        connection.close()
        return {"BODY": "552 too big"}

    with smtp_server(script=taken_over):
        assert delivered(recipient) is False
    row = Recipient.objects.get()
    assert (row.status, row.lease_until, row.error) == (RecipientStatus.SENDING, later(20), "")


def test_worker_killed_with_the_message_in_its_hands_leaves_it_to_a_person(
    recipient: Recipient, late_worker: Worker
) -> None:
    """The server has it whole and has not answered; the next worker doubts it and sends nothing."""

    def status() -> str:
        return Recipient.objects.get().status

    with smtp_server(BODY=SILENCE) as server:
        late_worker.variables |= {
            "RCRO_DEMO": "0",
            "RCRO_QUIET_HOURS": "0",
            "RCRO_SMTP_PORT": str(server.server_address[1]),
            "RCRO_LEASE_SECONDS": "2",
        }
        with late_worker as worker:
            until(lambda: server.received, 30, lambda: worker.log[-3000:])
            worker.kill()
            assert status() == RecipientStatus.SENDING
            worker.start()
            until(lambda: status() == RecipientStatus.UNKNOWN, 30, lambda: worker.log[-3000:])
            sweeping.sweep(now=later(100_000))
        assert len(server.received) == 1
    assert state(recipient) == (RecipientStatus.UNKNOWN, 1, None)


# -- Five hundred recipients and a server that dies ------------------------------------------------------

PEOPLE, WORKERS, SWEEPS = 500, 2, 2
FINE, GREY = {}, {"RCPT": "451 greylisted"}
BEFORE, AT_DATA, MIDDLE, AFTER = {"RCPT": None}, {"DATA": None}, {"MIDDLE": None}, {"BODY": None}


def fates(seed: str) -> Script:
    """Each address meets what the seed says for it, one in three a dying server; the third time it works."""

    def fate(address: str, time: int) -> dict[str, str | None]:
        if time > 2:
            return FINE
        chance = random.Random(f"{seed} {address} {time}")
        return chance.choice([FINE] * 12 + [GREY, BEFORE, AT_DATA, MIDDLE, AFTER, BEFORE])

    return fate


def addressed_to_many(office: Office) -> Letter:
    """A letter that has just been released to so many addressees, none of them written to yet."""
    letter = walked.sent_on_paper(office)
    letter.recipients.all().delete()
    named = Addressee.objects.bulk_create(
        Addressee(
            letter=letter, position=place, lines=f"Директору школы {place}", email=f"school{place}@school.example"
        )
        for place in range(PEOPLE)
    )
    letter.centers.clear()
    dispatch.queue(letter=letter, centers=[], addressees=named, at=SENT_AT)
    return letter


def worker(keys: list[int], seed: str) -> None:
    for key in random.Random(seed).sample(keys, len(keys)):
        dispatch.deliver(recipient_id=key, at=SENT_AT, now=SENT_AT)


def names(server: Any) -> Counter[str]:
    """How often each address got a whole message."""
    return Counter(email.message_from_bytes(message)["To"] for message in server.received)


def test_five_hundred_recipients_and_a_dying_server(office: Office) -> None:
    seed = os.environ.get("RCRO_TEST_SEED", secrets.token_hex(4))
    print(f"RCRO_TEST_SEED={seed}")
    letter = addressed_to_many(office)
    keys = list(letter.recipients.values_list("pk", flat=True))
    script = fates(seed)
    with smtp_server(script=script) as server:
        began = [partial(worker, keys, f"{seed} {number}") for number in range(WORKERS)]
        ends = at_once(*began, *[lambda: sweeping.sweep(now=SENT_AT)] * SWEEPS, seconds=300)
        assert [end for end in ends if isinstance(end, Exception)] == []
        # The portal tries again by itself what surely has not left.
        for minutes in (1, 6):
            sweeping.sweep(now=later(minutes))
        got, asked = names(server), Counter(server.addressed)
    doubtful = set(letter.recipients.doubtful().values_list("email", flat=True))
    unknown = {row.email for row in letter.recipients.filter(status=RecipientStatus.UNKNOWN)}
    meant = {address for address in asked if script(address, asked[address]) in (AT_DATA, MIDDLE, AFTER)}
    assert unknown == doubtful == meant
    assert set(got.values()) == {1}
    reached = set(letter.recipients.filter(status=RecipientStatus.SENT).values_list("email", flat=True))
    assert set(got) - unknown == reached
    assert len(reached) + len(unknown) == PEOPLE
    assert len(unknown) > 10
    assert [*invariants.dispatch()] == []
