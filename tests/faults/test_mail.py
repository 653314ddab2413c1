"""Bad days of the mail server: each message says what became of it, and none goes twice by itself."""

import datetime
import email
import email.policy
import os
import random
import secrets
from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings

from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.models import MailFault
from reports.delivery import delivery_message, delivery_progress, dispatch
from reports.models import Addressee, Letter, Recipient
from reports.operations import health, invariants, sweeping
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
            assert state(recipient) == (MessageStatus.QUEUED, attempt, None)
            waits_until = now + datetime.timedelta(minutes=minutes)
            row = Recipient.objects.get()
            assert (row.send_after, row.error.startswith("Почтовый сервер не отвечает: ")) == (waits_until, True)
            assert delivered(recipient, waits_until - datetime.timedelta(seconds=1)) is False
            assert state(recipient) == (MessageStatus.QUEUED, attempt, None)
            now = waits_until
        assert delivered(recipient, now) is False
    assert state(recipient) == (MessageStatus.FAILED, 6, None)
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
    assert state(recipient) == (MessageStatus.QUEUED, 1, None)
    with smtp_server() as server:
        assert sweeping.sweep(now=later(0)) == NO_MAIL
        assert sweeping.sweep(now=later(1)) == NO_MAIL | {"delivered": 1}
        assert sweeping.sweep(now=later(10_000)) == NO_MAIL
    assert (state(recipient), len(server.received)) == ((MessageStatus.SENT, 2, later(1)), 1)


@pytest.mark.parametrize("replies", [{"RCPT": "550 no such user"}, {"DATA": "554 spam"}, {"BODY": "552 too big"}])
def test_refused_for_good_waits_for_a_person(recipient: Recipient, replies: dict[str, str]) -> None:
    with smtp_server(**replies):
        assert delivered(recipient) is False
    assert state(recipient) == (MessageStatus.FAILED, 1, None)
    assert Recipient.objects.get().error.endswith(f" Ответ сервера: {next(iter(replies.values()))}")
    with smtp_server() as server:
        assert sweeping.sweep(now=later(10_000)) == NO_MAIL
        assert server.received == []
        dispatch.send_again(recipient=recipient, at=later(1))
        assert sweeping.sweep(now=later(1)) == NO_MAIL | {"delivered": 1}
    assert (state(recipient)[0], len(server.received)) == (MessageStatus.SENT, 1)


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
    assert state(recipient) == (MessageStatus.UNKNOWN, 1, None)
    with smtp_server() as server:
        assert delivered(recipient, later(10_000)) is False
        assert sweeping.sweep(now=later(10_000)) == NO_MAIL
    assert server.received == []


@pytest.mark.parametrize(
    ("replies", "status"),
    [({"HELLO": SILENCE}, MessageStatus.QUEUED), ({"BODY": SILENCE}, MessageStatus.UNKNOWN)],
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
    assert state(recipient) == (MessageStatus.SENT, 1, SENT_AT)


def test_late_worker_does_not_put_down_the_message_of_another(recipient: Recipient) -> None:
    """Its claim was doubted and a person has sent the message again, while it waited for the server's answer."""

    def taken_over(address: str, time: int) -> dict[str, str | None]:
        if time > 1:
            return {}
        assert dispatch.mark_unknown(now=later(15)) == 1
        dispatch.send_again(recipient=Recipient.objects.get(), at=later(15))
        Recipient.objects.update(status=MessageStatus.SENDING, lease_until=later(20))
        connection.close()
        return {"BODY": "552 too big"}

    with smtp_server(script=taken_over):
        assert delivered(recipient) is False
    row = Recipient.objects.get()
    assert (row.status, row.lease_until, row.error) == (MessageStatus.SENDING, later(20), "")


def test_worker_killed_with_the_message_in_its_hands_leaves_it_to_a_person(
    recipient: Recipient, late_worker: Worker
) -> None:
    """The server has it whole and has not answered; the next worker doubts it and sends nothing."""

    def status() -> str:
        return Recipient.objects.get().status

    with smtp_server(BODY=SILENCE) as server:
        late_worker.variables |= {"RCRO_DEMO": "0", "RCRO_QUIET_HOURS": "0", "RCRO_SMTP_ANSWER_SECONDS": "600"}
        late_worker.variables["RCRO_SMTP_PORT"] = str(server.server_address[1])
        with late_worker as worker:
            until(lambda: server.received, 120, lambda: worker.log[-3000:])
            worker.kill()
            assert status() == MessageStatus.SENDING
            Recipient.objects.update(lease_until=timezone.now())
            worker.start()
            until(lambda: status() == MessageStatus.UNKNOWN, 120, lambda: worker.log[-3000:])
            sweeping.sweep(now=later(100_000))
        assert len(server.received) == 1
    assert state(recipient) == (MessageStatus.UNKNOWN, 1, None)


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


def addressed_to_many(office: Office, people: int = PEOPLE) -> Letter:
    """A letter that has just been released to so many addressees, none of them written to yet."""
    letter = walked.sent_on_paper(office)
    letter.recipients.all().delete()
    named = Addressee.objects.bulk_create(
        Addressee(
            letter=letter, position=place, lines=f"Директору школы {place}", email=f"school{place}@school.example"
        )
        for place in range(people)
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
        ends = at_once(*began, *[lambda: sweeping.sweep(now=SENT_AT)] * SWEEPS)
        assert [end for end in ends if isinstance(end, Exception)] == []
        # The portal tries again by itself what surely has not left.
        for minutes in (1, 6):
            sweeping.sweep(now=later(minutes))
        got, asked = names(server), Counter(server.addressed)
    doubtful = set(letter.recipients.doubtful().values_list("email", flat=True))
    unknown = {row.email for row in letter.recipients.filter(status=MessageStatus.UNKNOWN)}
    meant = {address for address in asked if script(address, asked[address]) in (AT_DATA, MIDDLE, AFTER)}
    assert unknown == doubtful == meant
    assert set(got.values()) == {1}
    reached = set(letter.recipients.filter(status=MessageStatus.SENT).values_list("email", flat=True))
    assert set(got) - unknown == reached
    assert len(reached) + len(unknown) == PEOPLE
    assert len(unknown) > 10
    assert [*invariants.dispatch()] == []


def test_message_that_cannot_be_put_together_is_refused_and_never_doubtful(
    recipient: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("no such part")

    monkeypatch.setattr(delivery_message, "compose", broken)
    assert not delivered(recipient)
    assert state(recipient) == (MessageStatus.FAILED, 1, None)
    assert "no such part" in Recipient.objects.get().error
    assert "администратору" in Recipient.objects.get().error


# -- How large a message may be ------------------------------------------------------------------------


def sizes(server: Any) -> list[list[str]]:
    """The attachments of each whole message."""
    messages = [email.message_from_bytes(data, policy=email.policy.default) for data in server.received]
    return [[part.get_filename() for part in message.iter_attachments()] for message in messages]


HEAVY = 60_000


@pytest.fixture
def heavy(recipient: Recipient, monkeypatch: pytest.MonkeyPatch) -> Recipient:
    """Its letter has one file of so many bytes."""
    digest, pk = store.put(bytes(HEAVY)), recipient.letter.signature.original_id
    fields = ("pismo-941-2026.pdf", "PDF письма", digest, HEAVY, "application/pdf", "file", pk)
    monkeypatch.setattr(delivery_message, "files", lambda letter: [delivery_message.MessageFile(*fields)])
    return recipient


def test_announced_size_is_obeyed_before_the_message_is_begun(heavy: Recipient) -> None:
    """The file alone would fit; a message makes a third more of it."""
    with smtp_server(EHLO=f"250-ours\r\n250 SIZE {HEAVY * 4 // 3}") as server:
        assert delivered(heavy) is True
        assert server.verbs.count("DATA") == server.verbs.count("MAIL") == 1
    assert sizes(server) == [[]]
    assert state(heavy) == (MessageStatus.SENT, 1, SENT_AT)


def test_what_fits_into_the_announced_size_is_attached(heavy: Recipient) -> None:
    with smtp_server(EHLO=f"250-ours\r\n250 SIZE {HEAVY * 3 // 2}") as server:
        assert delivered(heavy) is True
    assert sizes(server) == [["pismo-941-2026.pdf"]]


def test_server_that_announces_no_limit_gets_the_files(heavy: Recipient) -> None:
    with smtp_server(EHLO="250-ours\r\n250 SIZE 0") as server:
        assert delivered(heavy) is True
    assert sizes(server) == [["pismo-941-2026.pdf"]]


def test_message_that_is_too_large_goes_once_more_with_links(heavy: Recipient) -> None:
    def large(address: str, time: int) -> dict[str, str | None]:
        return {"BODY": "552 5.3.4 too big"} if time == 1 else {}

    with smtp_server(script=large) as server:
        assert delivered(heavy) is True
    assert sizes(server) == [["pismo-941-2026.pdf"], []]
    assert state(heavy) == (MessageStatus.SENT, 1, SENT_AT)


def test_full_mailbox_is_not_written_to_twice(heavy: Recipient) -> None:
    with smtp_server(RCPT="552 5.2.2 full") as server:
        assert delivered(heavy) is False
    assert server.addressed == [heavy.email]
    assert Recipient.objects.get().error.startswith("Не доставлено: ящик получателя переполнен.")


# -- The portal's own account --------------------------------------------------------------------------

LOGIN: dict[str, str | None] = {"EHLO": "250-ours\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 wrong password"}


def logged_in(server: Any) -> override_settings:
    """The portal has a name and a password there."""
    mailers = smtp_at(server.server_address[1])
    mailers["default"]["OPTIONS"] |= {"username": "portal", "password": "secret"}
    return override_settings(MAILERS=mailers)


def test_wrong_password_is_tried_once_a_minute_and_costs_no_row_anything(office: Office) -> None:
    addressed_to_many(office, 3)
    with smtp_server(**LOGIN) as server, logged_in(server):
        for minute in range(3):
            sweeping.sweep(now=later(minute))
            sweeping.sweep(now=later(minute) + datetime.timedelta(seconds=50))
        assert server.verbs.count("AUTH") == 3
        states = set(Recipient.objects.values_list("status", "attempts", "lease_until"))
        assert states == {(MessageStatus.QUEUED, 0, None)}
        assert server.received == []
    (row,) = health.troubles(later(2))
    assert row["title"] == "Почта портала не уходит с 18.03.2026, 10:01"
    assert row["note"].startswith("Почтовый сервер не принял имя или пароль портала (535 5.7.8 wrong password).")
    assert delivery_progress.tally(delivery_progress.recipients(Letter.objects.get()), later(2)).held
    with smtp_server(**LOGIN | {"AUTH": "235 welcome"}) as server, logged_in(server):
        assert sweeping.sweep(now=later(2)) == NO_MAIL
        assert sweeping.sweep(now=later(3)) == NO_MAIL | {"delivered": 3}
        assert len(server.received) == 3
    assert health.troubles(later(3)) == []


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (LOGIN, "не принял имя или пароль"),
        (LOGIN | {"AUTH": "235 welcome", "MAIL": "530 first log in"}, "ждёт от портала"),
    ],
)
def test_mended_settings_are_seen_though_no_message_waits(before: dict[str, str], said: str) -> None:
    MailFault.objects.create(pk=1, words="Почтовый сервер не отвечал.", began_at=later(0), tried_at=later(0))
    with smtp_server(**before) as server, logged_in(server):
        sweeping.sweep(now=later(1))
    assert said in MailFault.objects.get().words
    with smtp_server(**LOGIN | {"AUTH": "235 welcome"}) as server, logged_in(server):
        sweeping.sweep(now=later(1) + datetime.timedelta(seconds=50))
        assert (MailFault.objects.count(), server.verbs) == (1, [])
        sweeping.sweep(now=later(2))
    assert (MailFault.objects.count(), server.received) == (0, [])


def test_server_that_wants_a_password_first_is_a_matter_of_the_settings(recipient: Recipient) -> None:
    with smtp_server(MAIL="530 5.7.0 Authentication required"):
        assert delivered(recipient) is False
    assert state(recipient) == (MessageStatus.QUEUED, 0, None)
    assert MailFault.objects.get().words.startswith("Почтовый сервер ждёт от портала имени и пароля")
