"""The mailbox of bounces: read by a memory of its own, by every way of encryption; what is said when it cannot be."""

import datetime
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.utils import timezone
from pytest_django import Settings

from rcro_portal.lib.notices.messages import MessageStatus
from reports.delivery import bounces, dsn
from reports.models import MailboxReading, Recipient
from reports.operations import health
from tests import imap
from tests.factories.moments import SENT_AT
from tests.factories.reports import RecipientFactory
from tests.reports.delivery.test_bounces import ID, NO_SUCH, report, state

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def sent() -> Recipient:
    return RecipientFactory(status=MessageStatus.SENT, sent_at=SENT_AT, attempts=1)


def collected() -> int:
    return bounces.collect(at=SENT_AT + HOUR)


def test_mailbox_is_read_once_and_left_as_it_was() -> None:
    here, delayed = sent(), sent()
    mails = [report(here.message_id, refused=here.email), report(delayed.message_id, action="delayed"), b"hello\n"]
    with imap.serving(*mails) as server:
        assert (collected(), [number for number, _ in server.fetched]) == (1, [1, 2, 3])
        assert (collected(), [number for number, _ in server.fetched]) == (0, [1, 2, 3])
        assert [words for words in server.asked if words.startswith(("SELECT", "UID STORE"))] == []
    assert state(here) == (MessageStatus.BOUNCED, SENT_AT, SENT_AT + HOUR, NO_SUCH)
    assert state(delayed)[0] == MessageStatus.SENT


def test_notification_that_a_person_opened_first_is_read() -> None:
    here = sent()
    with imap.serving(report(here.message_id)) as server:
        server.opened.add(1)
        assert collected() == 1


def test_notification_with_the_whole_message_is_read_by_its_beginning() -> None:
    """Six of six servers that return the whole message sent more than was read, and the letter stayed «Доставлено»."""
    here = sent()
    with imap.serving(report(here.message_id) + b"x" * 1024 * 1024) as server:
        assert collected() == 1
        assert server.fetched == [(1, dsn.READ_AT_MOST)]


def test_what_is_still_on_its_way_is_read_again() -> None:
    late, after = RecipientFactory(status=MessageStatus.SENDING, lease_until=SENT_AT), sent()
    with imap.serving(report(late.message_id), report(after.message_id)) as server:
        assert (collected(), MailboxReading.objects.get().last_number) == (1, 0)
        Recipient.objects.filter(pk=late.pk).update(status=MessageStatus.SENT, sent_at=SENT_AT, lease_until=None)
        assert (collected(), MailboxReading.objects.get().last_number) == (1, 2)
        assert [number for number, _ in server.fetched] == [1, 2, 1, 2]


def test_what_the_server_does_not_hand_out_is_read_the_next_time() -> None:
    here = sent()
    with imap.serving(report(here.message_id)) as server:
        server.fetches_nothing = True
        assert (collected(), MailboxReading.objects.get().last_number) == (0, 0)
        assert MailboxReading.objects.get().trouble.startswith("Сервер почтового ящика не отдал письмо.")
        server.fetches_nothing = False
        assert (collected(), MailboxReading.objects.get().trouble) == (1, "")


def test_mailbox_that_was_numbered_anew_is_read_from_its_beginning() -> None:
    first, second = sent(), sent()
    with imap.serving(report(ID), report(first.message_id)) as server:
        assert collected() == 1
        server.box, server.validity = {1: report(second.message_id)}, 8
        assert collected() == 1


def test_much_is_read_by_and_by() -> None:
    here = sent()
    with imap.serving(*[report(ID)] * 50, report(here.message_id)):
        assert [collected(), collected(), collected()] == [0, 1, 0]


def test_no_mailbox_is_no_trouble(settings: Settings) -> None:
    settings.IMAP_HOST = ""
    assert (collected(), MailboxReading.objects.count()) == (0, 0)


# -- Encryption -------------------------------------------------------------------------------------


@pytest.mark.machine_clock
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_mailbox_is_read_over_tls(tls: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = imap.certificate(tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    here = sent()
    with imap.serving(report(here.message_id), tls=tls, certificate=certificate) as server:
        assert collected() == 1
        begun = server.asked.index("STARTTLS") if tls == "starttls" else -1
        assert [word for word in server.asked[: begun + 1] if "LOGIN" in word] == []


@pytest.mark.machine_clock
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_server_that_nobody_vouches_for_gets_no_password(tls: str, tmp_path: Path) -> None:
    with imap.serving(report(ID), tls=tls, certificate=imap.certificate(tmp_path / "server.pem")) as server:
        assert collected() == 0
        assert [word for word in server.asked if "LOGIN" in word] == []
    assert MailboxReading.objects.get().trouble.startswith("Сертификат сервера localhost не заслуживает доверия.")


def test_password_in_cyrillic_letters_is_handed_over(settings: Settings) -> None:
    here = sent()
    with imap.serving(report(here.message_id)):
        settings.IMAP_PASSWORD = "берёза"
        assert collected() == 1


# -- Trouble ----------------------------------------------------------------------------------------


def _wrong_password(server: Any, settings: Settings) -> None:
    settings.IMAP_PASSWORD = "guess"


def _for_now(server: Any, settings: Settings) -> None:
    settings.IMAP_PASSWORD, server.refusal = "guess", "[UNAVAILABLE] later"


def _nobody_at_the_port(server: Any, settings: Settings) -> None:
    server.server_close()
    settings.IMAP_PORT = 1


def _no_tls_there(server: Any, settings: Settings) -> None:
    settings.IMAP_TLS = "implicit"


def _no_starttls(server: Any, settings: Settings) -> None:
    settings.IMAP_TLS, server.capabilities = "starttls", "IDLE"


def _no_plain_password(server: Any, settings: Settings) -> None:
    server.capabilities = "STARTTLS LOGINDISABLED"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_wrong_password, "Сервер ящика не принял имя или пароль. Проверьте RCRO_IMAP_USER и RCRO_IMAP_PASSWORD."),
        (_for_now, "Сервер ящика сейчас никого не впускает. Портал попробует ещё раз через пять минут."),
        (_nobody_at_the_port, "Сервер localhost, порт 1, не отвечает. Проверьте RCRO_IMAP_HOST,"),
        (_no_tls_there, "не шифруется с первого байта. Укажите RCRO_IMAP_TLS=starttls или порт 993."),
        (_no_starttls, "Сервер ящика не начинает шифрование (STARTTLS)."),
        (_no_plain_password, "Сервер ящика не берёт пароль без шифрования. Укажите RCRO_IMAP_TLS=starttls или 1."),
    ],
)
def test_mailbox_that_cannot_be_read_says_why_on_the_administrators_page(
    spoil: Any, words: str, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    here = sent()
    with imap.serving(report(here.message_id)) as server:
        spoil(server, settings)
        with caplog.at_level(logging.WARNING, "reports.delivery.bounces"):
            assert collected() == 0
        rows = [row for row in health.troubles(SENT_AT) if row["title"].startswith("Ящик с уведомлениями")]
    assert [
        (words in row["note"], row["note"].endswith(f"Так с {timezone.localtime(SENT_AT + HOUR):%H:%M %d.%m.%Y}."))
        for row in rows
    ] == [(True, True)]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["the mailbox of bounces cannot be read"]
    assert "who?" not in caplog.text + rows[0]["note"]
    assert state(here)[0] == MessageStatus.SENT


def test_trouble_says_since_when_and_goes_once_the_mailbox_is_read(settings: Settings) -> None:
    with imap.serving(report(ID)):
        settings.IMAP_PASSWORD = "guess"
        collected()
        bounces.collect(at=SENT_AT + 2 * HOUR)
        assert MailboxReading.objects.get().troubled_at == SENT_AT + HOUR
        settings.IMAP_PASSWORD = imap.PASSWORD
        bounces.collect(at=SENT_AT + 3 * HOUR)
        reading = MailboxReading.objects.get()
        assert (reading.trouble, reading.troubled_at, reading.read_at) == ("", None, SENT_AT + 3 * HOUR)
        assert live.IMAP_HOST
        assert [row for row in health.troubles(SENT_AT) if "Ящик" in row["title"]] == []
