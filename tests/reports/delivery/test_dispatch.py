"""A row for each recipient: what became of its message, and that none goes twice by itself."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import Settings

from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.refusals import WrongStep
from reports.delivery import dispatch
from reports.models import Recipient
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, CoordinatorFactory
from tests.factories.moments import SENT_AT, tomsk
from tests.factories.reports import Office, RecipientFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def by_day(settings: Settings) -> None:
    settings.QUIET_HOURS = True
    settings.BASE_URL = "https://rvci.example"


@pytest.fixture
def recipient(office: Office) -> Recipient:
    CoordinatorFactory(person__email="coordinator@school.example", person__surname="Ветрова")
    walked.sent_on_paper(office)
    return Recipient.objects.get()


def delivered(recipient: Recipient, now: datetime.datetime = SENT_AT) -> bool:
    return dispatch.deliver(recipient_id=recipient.pk, at=SENT_AT, now=now)


def state(recipient: Recipient) -> tuple[object, ...]:
    row = Recipient.objects.get(pk=recipient.pk)
    return row.status, row.attempts, row.error, row.sent_at, row.lease_until


def test_message_leaves_with_the_original_under_the_rows_own_id(recipient: Recipient) -> None:
    assert delivered(recipient) is True
    assert state(recipient) == (MessageStatus.SENT, 1, "", SENT_AT, None)
    (message,) = mail.outbox
    assert message.to == ["coordinator@school.example"]
    assert message.subject == "Письмо № 941 от 18.03.2026: Об итогах проведения вебинара"
    assert message.extra_headers == {"Message-ID": recipient.message_id, "Auto-Submitted": "auto-generated"}
    assert "https://rvci.example" + reverse("reports:message-open", args=[recipient.token]) in message.body
    assert recipient.name in message.body
    (attachment,) = message.attachments
    original = recipient.letter.signature.original
    assert tuple(attachment) == ("pismo-941-2026.pdf", store.read(original.digest), "application/pdf")


def test_doubled_task_sends_nothing(recipient: Recipient) -> None:
    delivered(recipient)
    with nothing_changes():
        assert delivered(recipient) is False
    assert len(mail.outbox) == 1


def test_claimed_message_is_left_to_its_worker(recipient: Recipient) -> None:
    Recipient.objects.update(status=MessageStatus.SENDING, lease_until=SENT_AT + MINUTE)
    with nothing_changes():
        assert delivered(recipient) is False
    assert mail.outbox == []


def test_message_waits_for_its_time(recipient: Recipient) -> None:
    Recipient.objects.update(send_after=SENT_AT + MINUTE)
    with nothing_changes():
        assert delivered(recipient) is False
    assert delivered(recipient, now=SENT_AT + MINUTE) is True


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(7, 59, True), (8, 0, False), (19, 59, False), (20, 0, True), (3, 0, True)]
)
def test_nothing_leaves_at_night_in_tomsk(recipient: Recipient, hour: int, minute: int, quiet: bool) -> None:
    night = tomsk(3, 19, hour, minute).astimezone(datetime.UTC)
    assert delivered(recipient, now=night) is not quiet
    assert state(recipient)[0] == (MessageStatus.QUEUED if quiet else MessageStatus.SENT)


def test_quiet_hours_are_a_setting(recipient: Recipient, settings: Settings) -> None:
    settings.QUIET_HOURS = False
    assert delivered(recipient, now=tomsk(3, 19, 3)) is True


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Адреса нет. Впишите его и отправьте ещё раз."),
        ("a@b.example, c@d.example", "Адрес не подходит: 'a@b.example, c@d.example'"),
        ("admın@school.example", "Адрес не подходит: 'admın@school.example'"),
    ],
)
def test_address_that_no_server_takes_fails_with_words(recipient: Recipient, email: str, words: str) -> None:
    Recipient.objects.update(email=email)
    assert delivered(recipient) is False
    assert state(recipient) == (MessageStatus.FAILED, 1, words, None, None)
    assert mail.outbox == []


def test_missing_file_fails_with_words(recipient: Recipient) -> None:
    store.path(recipient.letter.signature.original.digest).unlink()
    assert delivered(recipient) is False
    status, _, error, *_ = state(recipient)
    assert (status, error.split("…")[1]) == (MessageStatus.FAILED, " нет в хранилище. Обратитесь к администратору.")
    assert mail.outbox == []


def test_broken_off_message_is_left_to_a_person(recipient: Recipient) -> None:
    Recipient.objects.update(status=MessageStatus.SENDING, lease_until=SENT_AT, attempts=1)
    with nothing_changes():
        assert dispatch.mark_unknown(now=SENT_AT) == 0
    assert dispatch.mark_unknown(now=SENT_AT + MINUTE) == 1
    words = "Отправка прервалась: письмо могло уйти. Уточните у центра или отправьте ещё раз."
    assert state(recipient) == (MessageStatus.UNKNOWN, 1, words, None, None)
    with nothing_changes():
        assert delivered(recipient, now=SENT_AT + MINUTE) is False
    assert mail.outbox == []


@pytest.mark.parametrize("status", [MessageStatus.FAILED, MessageStatus.UNKNOWN])
def test_person_sends_again(recipient: Recipient, status: str) -> None:
    Recipient.objects.update(status=status, attempts=6, error="550 no such user")
    dispatch.send_again(recipient=recipient, at=SENT_AT + MINUTE)
    assert state(recipient) == (MessageStatus.QUEUED, 0, "", None, None)
    assert delivered(recipient, now=SENT_AT + MINUTE) is True


def test_returned_message_is_sent_again_as_if_it_had_not_left(recipient: Recipient) -> None:
    Recipient.objects.update(status=MessageStatus.BOUNCED, sent_at=SENT_AT, bounced_at=SENT_AT, attempts=1)
    dispatch.send_again(recipient=recipient, at=SENT_AT + MINUTE)
    assert state(recipient) == (MessageStatus.QUEUED, 0, "", None, None)
    row = Recipient.objects.get()
    assert (row.bounced_at, row.message_id == recipient.message_id, row.token) == (None, False, recipient.token)
    assert delivered(recipient, now=SENT_AT + MINUTE) is True
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id


def test_person_mends_the_address_and_sends_again(recipient: Recipient) -> None:
    Recipient.objects.update(status=MessageStatus.FAILED, attempts=1, error="550 no such user")
    dispatch.send_again(recipient=recipient, email="mended@school.example", at=SENT_AT + MINUTE)
    assert delivered(recipient, now=SENT_AT + MINUTE) is True
    assert [message.to for message in mail.outbox] == [["mended@school.example"]]
    row = Recipient.objects.get()
    assert row.token != recipient.token, "whoever read the message at the wrong address has its link"
    assert f"/m/{row.token}/" in str(mail.outbox[0].body)


@pytest.mark.parametrize("status", [MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.SENT])
def test_what_is_not_doubtful_is_not_sent_again(status: str) -> None:
    recipient = RecipientFactory(status=status, sent_at=SENT_AT if status == MessageStatus.SENT else None)
    with refused(WrongStep):
        dispatch.send_again(recipient=recipient, at=SENT_AT)


def test_link_is_noted_once() -> None:
    recipient = RecipientFactory()
    RecipientFactory()
    assert dispatch.opened(token=recipient.token, at=SENT_AT) == recipient
    with nothing_changes():
        assert dispatch.opened(token=recipient.token, at=SENT_AT + MINUTE) == recipient
        assert dispatch.opened(token="no such", at=SENT_AT) is None
    assert list(Recipient.objects.order_by("pk").values_list("opened_at", flat=True)) == [SENT_AT, None]


def test_tokens_and_message_ids_are_each_rows_own(office: Office) -> None:
    CenterFactory(), CenterFactory()
    walked.sent_on_paper(office)
    first, second = Recipient.objects.order_by("pk")
    assert first.token != second.token
    assert (len(first.token), len(second.token)) == (32, 32)
    named = re.fullmatch(r"<(letter-\d+-center-\d+)\.[0-9a-f]{16}@rvci\.example>", first.message_id)
    assert named
    assert named[1] == f"letter-{first.letter_id}-center-{first.center_id}"
    assert second.message_id.rpartition(".")[0] != first.message_id.rpartition(".")[0]
