"""Messages that came back: told by a provider, or found in the mailbox; each changes one row, once."""

import datetime
import json
import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from rcro_portal.lib import post
from rcro_portal.lib.notices import bounce_words, returning
from rcro_portal.lib.notices.messages import MessageStatus
from reports.delivery import bounces, dispatch, dsn
from reports.models import Recipient
from tests.factories.moments import SENT_AT
from tests.factories.reports import RecipientFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
READ = pytest.mark.same_on_both("what is read of a notice; what it does to its row runs on both")
HOUR = datetime.timedelta(hours=1)
TOKEN = "a-secret-of-the-provider"
NO_SUCH = "Не доставлено: адрес не существует. Исправить адрес и отправить ещё раз. (Код 5.1.1.)"


@pytest.fixture
def sent() -> Recipient:
    return RecipientFactory(status=MessageStatus.SENT, sent_at=SENT_AT, attempts=1)


def state(recipient: Recipient) -> tuple[object, ...]:
    row = Recipient.objects.get(pk=recipient.pk)
    return row.status, row.sent_at, row.bounced_at, row.error


def taken(message_id: str, status: str = "5.1.1", at: datetime.datetime = SENT_AT + HOUR) -> bool:
    return bounces.take(message_id=message_id, status=status, at=at)


# -- What a bounce does to its row ------------------------------------------------------------------


def test_message_that_came_back_says_so_and_what_to_do(sent: Recipient) -> None:
    assert taken(sent.message_id) is True
    assert state(sent) == (MessageStatus.BOUNCED, SENT_AT, SENT_AT + HOUR, NO_SUCH)


def test_same_bounce_twice_changes_nothing(sent: Recipient) -> None:
    taken(sent.message_id)
    with nothing_changes():
        assert taken(sent.message_id, at=SENT_AT + 2 * HOUR) is False


def test_doubtful_message_that_came_back_is_doubtful_no_more() -> None:
    unknown = RecipientFactory(status=MessageStatus.UNKNOWN, attempts=1)
    assert taken(unknown.message_id) is True
    assert state(unknown) == (MessageStatus.FAILED, None, None, NO_SUCH)


def test_message_still_on_its_way_is_told_of_later() -> None:
    sending = RecipientFactory(status=MessageStatus.SENDING, lease_until=SENT_AT + HOUR)
    with refused(returning.StillOnItsWay):
        taken(sending.message_id)


def test_late_bounce_does_not_move_what_was_sent_again(sent: Recipient) -> None:
    taken(sent.message_id)
    dispatch.send_again(recipient=sent, email="mended@school.example", at=SENT_AT + HOUR)
    assert state(sent) == (MessageStatus.QUEUED, None, None, "")
    again = Recipient.objects.get(pk=sent.pk)
    assert (again.message_id == sent.message_id, again.email) == (False, "mended@school.example")
    Recipient.objects.update(status=MessageStatus.SENT, sent_at=SENT_AT + HOUR)
    with nothing_changes():
        assert taken(sent.message_id) is False
    assert taken(again.message_id) is True


def test_message_of_nobody_changes_nothing(sent: Recipient) -> None:
    with nothing_changes():
        assert taken("<somebody@else.example>") is False


@READ
@pytest.mark.parametrize(
    ("status", "beginning"),
    [
        ("5.1.1", "Не доставлено: адрес не существует. Исправить адрес и отправить ещё раз."),
        ("5.1.10", "Не доставлено: адрес не существует."),
        ("5.2.2", "Не доставлено: ящик получателя переполнен."),
        ("5.2.1", "Не доставлено: ящик получателя отключён."),
        ("5.3.4", "Не доставлено: письмо слишком велико"),
        ("4.2.2", "Не доставлено: ящик получателя переполнен."),
        ("5.4.4", "Не доставлено: такого почтового домена нет"),
        ("5.4.6", "Не доставлено: сервер получателя недоступен."),
        ("5.7.1", "Не доставлено: сервер получателя отклонил письмо"),
        ("4.4.7", "Не доставлено: сервер получателя так и не принял письмо."),
        ("5.0.0", "Не доставлено: сервер получателя вернул письмо."),
        ("", "Не доставлено: сервер получателя вернул письмо."),
    ],
)
def test_code_is_said_in_words(status: str, beginning: str) -> None:
    assert bounce_words.said(status).startswith(beginning)


@READ
@pytest.mark.parametrize(
    ("reply", "at_recipient", "beginning"),
    [
        ("550 5.1.1 <x>: Recipient address rejected", True, "Не доставлено: адрес не существует."),
        ("550 no", True, "Не доставлено: адрес не существует."),
        ("550 no", False, "Не доставлено: сервер получателя отклонил письмо"),
        ("552 no", True, "Не доставлено: ящик получателя переполнен."),
        ("550 5.0.0 the mailbox is full", True, "Не доставлено: ящик получателя переполнен."),
        ("554 5.7.1 <x>: Relay access denied", True, "Не доставлено: сервер получателя отклонил письмо"),
        ("550 relay not permitted", True, "Не доставлено: почтовый сервер не принимает писем портала."),
        ("554 spam", False, "Не доставлено: сервер получателя отклонил письмо"),
    ],
)
def test_refusal_of_our_own_server_is_said_in_words(reply: str, at_recipient: bool, beginning: str) -> None:
    words = bounce_words.refusal(post.Rejected(reply, at_recipient=at_recipient))
    assert words.startswith(beginning)
    assert words.endswith(f" Ответ сервера: {reply}")


def test_refusal_by_an_address_behind_the_one_written_to_leaves_hope(sent: Recipient) -> None:
    """An alias of which one target is dead: the others have read the letter perhaps."""
    at = SENT_AT + HOUR
    assert bounces.take(message_id=sent.message_id, status="5.1.1", refused="dead@school.example", at=at) is True
    assert state(sent) == (MessageStatus.BOUNCED, SENT_AT, at, f"{bounce_words.FORWARDED}{NO_SUCH}")


def test_refusal_by_the_address_itself_is_no_forwarding(sent: Recipient) -> None:
    assert bounces.take(message_id=sent.message_id, status="5.1.1", refused=sent.email, at=SENT_AT + HOUR) is True
    assert state(sent)[3] == NO_SUCH


# -- The provider's door ----------------------------------------------------------------------------


@pytest.fixture
def door(settings: Settings) -> Client:
    settings.BOUNCE_TOKEN = TOKEN
    return Client(enforce_csrf_checks=True)


def told(door: Client, body: object, token: str = TOKEN) -> int:
    data = body if isinstance(body, bytes) else json.dumps(body)
    headers = {"Authorization": f"Bearer {token}"}
    return door.post(reverse("reports:mail-bounces"), data, "application/json", headers=headers).status_code


def bounce(message_id: str, **changed: object) -> dict[str, object]:
    return {"message_id": message_id, "reason": "550 5.1.1 no such user", "permanent": True, **changed}


@pytest.mark.parametrize("brackets", ["<>", ""])
def test_provider_tells_a_bounce(door: Client, sent: Recipient, brackets: str) -> None:
    assert told(door, bounce(sent.message_id if brackets else sent.message_id.strip("<>"))) == 204
    assert (state(sent)[0], state(sent)[3]) == (MessageStatus.BOUNCED, NO_SUCH)
    with nothing_changes():
        assert told(door, bounce(sent.message_id)) == 204


def test_provider_repeats_what_is_still_on_its_way(door: Client) -> None:
    sending = RecipientFactory(status=MessageStatus.SENDING, lease_until=SENT_AT)
    with nothing_changes():
        assert told(door, bounce(sending.message_id)) == 409


def test_delay_changes_nothing(door: Client, sent: Recipient) -> None:
    with nothing_changes():
        assert told(door, bounce(sent.message_id, reason="451 4.2.2 later", permanent=False)) == 204


@READ
@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN + "x", "ключ"])
def test_door_opens_by_the_secret_only(door: Client, sent: Recipient, token: str) -> None:
    with nothing_changes():
        assert told(door, bounce(sent.message_id), token) == 403


@READ
def test_door_is_not_there_without_a_secret(door: Client, settings: Settings, sent: Recipient) -> None:
    settings.BOUNCE_TOKEN = ""
    with nothing_changes():
        assert told(door, bounce(sent.message_id), "") == 404


@READ
def test_door_is_only_knocked_at(door: Client) -> None:
    assert door.get(reverse("reports:mail-bounces")).status_code == 405


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[" * 10_000, 400),
        (b"{" + b" " * 20_000 + b"}", 413),
        ([], 400),
        ({"message_id": "<a@b>"}, 400),
        (bounce("<a@b>", permanent="yes"), 400),
        (bounce("<a@b>", reason=None), 400),
        (bounce("<a@b>\r\nBcc: everybody@school.example"), 400),
        (bounce("<a@b> <c@d>"), 400),
        (bounce("a" * 5_000 + "@b"), 400),
        (bounce(""), 400),
    ],
)
def test_nonsense_is_refused_and_logged_without_its_words(
    door: Client, sent: Recipient, caplog: pytest.LogCaptureFixture, body: Any, status: int
) -> None:
    with nothing_changes(), caplog.at_level(logging.WARNING, "reports"):
        assert told(door, body) == status
    assert [record.getMessage() for record in caplog.records if record.name.startswith("reports")] == [
        "a bounce was told in a form that cannot be read"
    ] * (status == 400)


# -- Notifications (RFC 3464) -------------------------------------------------------------------------


def report(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "",
    refused: str = "nobody@school.example",
    words: str = "Not delivered.",
) -> bytes:
    """As a mail server writes it; the original message comes back as its headers."""
    return f"""From: MAILER-DAEMON@mx.example
To: portal@rvci.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

{words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Wed, 18 Mar 2026 10:01:00 +0700

Final-Recipient: rfc822; {refused}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: a letter

--b--
""".encode()


ID = "<letter-1-center-2.0123456789abcdef@rvci.example>"


@READ
@pytest.mark.parametrize(
    ("said", "notice"),
    [
        ({}, (ID, True, "5.1.1")),
        ({"action": "delayed", "status": "4.4.1"}, (ID, False, "4.4.1")),
        ({"action": "Failed", "status": "4.4.7"}, (ID, True, "4.4.7")),
        ({"status": "5.0.0", "diagnostic": "550 5.2.2 full"}, (ID, True, "5.2.2")),
        ({"action": "failed (no such mailbox here)"}, (ID, True, "5.1.1")),
        ({"action": "(final) FAILED (given up)"}, (ID, True, "5.1.1")),
        ({"action": "delayed (not failed yet)", "status": "4.4.1"}, (ID, False, "4.4.1")),
        ({"status": "5.0.0", "words": "mailbox is full (MTA-imposed quota exceeded)"}, (ID, True, "5.2.2")),
        ({"status": "5.0.0", "diagnostic": "550 Host or domain name not found"}, (ID, True, "5.4.4")),
        ({"status": "5.0.0", "words": "It was refused."}, (ID, True, "5.0.0")),
        ({"action": "relayed", "status": "2.0.0"}, (ID, False, "2.0.0")),
    ],
)
def test_notification_is_understood(said: dict[str, str], notice: tuple[str, bool, str]) -> None:
    assert dsn.read(report(ID, **said)) == (*notice, "nobody@school.example")


@READ
def test_message_that_came_back_whole_names_itself() -> None:
    whole = report(ID).replace(b"text/rfc822-headers", b"message/rfc822")
    assert dsn.read(whole) == (ID, True, "5.1.1", "nobody@school.example")


@READ
def test_notification_may_name_the_message_in_its_own_head() -> None:
    bare = report("nothing").replace(b"To: portal", b"In-Reply-To: " + ID.encode() + b"\nTo: portal")
    assert dsn.read(bare) == (ID, True, "5.1.1", "nobody@school.example")


@READ
@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_beginning_is_enough(kind: str) -> None:
    """Servers that return the whole message send megabytes back."""
    long = report(ID).replace(b"text/rfc822-headers", kind.encode()).replace(b"--b--", b"x" * dsn.READ_AT_MOST)
    for data in (long, long[: dsn.READ_AT_MOST], long[:1_000]):
        assert dsn.read(data) == (ID, True, "5.1.1", "nobody@school.example")


HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"Subject: hello\n\nNot a report at all",
    report(ID).replace(b"multipart/report", b"multipart/mixed"),
    report(ID).replace(b"message/delivery-status", b"text/plain"),
    report("no id here"),
    b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 2_000,
    b'Content-Type: multipart/report; boundary="\n\n--\n',
    b"Content-Type: multipart/report; boundary*0*=utf-8''%ff; charset=\xff\n\n",
]


@READ
@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_notification_is_nothing(data: bytes) -> None:
    assert dsn.read(data) is None
