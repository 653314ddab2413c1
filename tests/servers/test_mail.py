"""A letter to 49 recipients through Debian's Postfix, postgrey and Dovecot: the portal knows what became of each."""

import imaplib
import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from pytest_django import Settings

from centers.accounts import invitations
from centers.models import Invitation
from rcro_portal.lib.notices.messages import MessageStatus
from reports.delivery import bounces, dispatch
from reports.models import MailboxReading, Recipient
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, PersonFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office, RecipientFactory
from tests.servers.dovecot import PASSWORD
from tests.servers.network import KINDS, PORTAL, Network, addresses
from tests.worker import until

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
LATER = SENT_AT + timedelta(minutes=1)
# «school», «slow» and others that simply arrive.
ARRIVES = ("school", "early", "slow", "grey", "away")


@pytest.fixture(autouse=True)
def portal(network: Network, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """By day; it trusts the certificate of its mailbox."""
    settings.QUIET_HOURS = False
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "server.pem"))
    with network.settings():
        yield


@pytest.fixture
def letter(office: Office) -> list[Recipient]:
    CoordinatorFactory.create_batch(sum(KINDS.values()))
    walked.sent_on_paper(office)
    rows = list(Recipient.objects.order_by("pk"))
    for row, email in zip(rows, [one for kind in KINDS for one in addresses(kind)], strict=True):
        Recipient.objects.filter(pk=row.pk).update(email=email)
    return rows


def states() -> dict[str, dict[str, int]]:
    """How many of each kind are in which state."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for email, status in Recipient.objects.values_list("email", "status"):
        found[email.partition("@")[0].rstrip("0123456789")][status] += 1
    return {kind: dict(counted) for kind, counted in found.items()}


def all_of(**states: str) -> dict[str, dict[str, int]]:
    return {kind: {states.get(kind, MessageStatus.SENT): count} for kind, count in KINDS.items()}


def delivered(now: object) -> None:
    for row in Recipient.objects.due(now).order_by("pk"):
        dispatch.deliver(recipient_id=row.pk, at=now, now=now)


def collected(network: Network, *kinds: str) -> None:
    """Read the mailbox until all of these kinds have come back."""
    whom = [one for kind in kinds for one in addresses(kind)]

    def are_back() -> bool:
        bounces.collect(at=LATER)
        return not Recipient.objects.filter(email__in=whom).exclude(status=MessageStatus.BOUNCED).exists()

    until(are_back, 90, network.story)


def people_open_everything(network: Network) -> None:
    with imaplib.IMAP4_SSL("localhost", network.dovecot.imaps, ssl_context=ssl.create_default_context()) as mailbox:
        mailbox.login(PORTAL, PASSWORD)
        mailbox.select("INBOX")
        mailbox.store("1:*", "+FLAGS", r"(\Seen)")


def machines_answer(network: Network) -> None:
    """Somebody is on leave, somebody's program confirms that it was read: neither says that it did not come."""
    for number, one in enumerate(addresses("away")):
        row = Recipient.objects.get(email=one)
        kind = 'multipart/report; report-type=disposition-notification; boundary="b"' if number else "text/plain"
        body = (
            f"From: {one}\nTo: {PORTAL}\nSubject: Auto: out of office\nAuto-Submitted: auto-replied\n"
            f"In-Reply-To: {row.message_id}\nMIME-Version: 1.0\nContent-Type: {kind}\n\n"
            "--b\nContent-Type: text/plain\n\nback on Monday\n--b--\n"
        )
        with smtplib.SMTP("127.0.0.1", network.schools_port) as server:
            server.sendmail(one, [PORTAL], body)


def test_letter_to_49_recipients(network: Network, letter: list[Recipient]) -> None:
    delivered(SENT_AT)
    assert states() == all_of(refused=MessageStatus.FAILED, early=MessageStatus.QUEUED)
    until(lambda: network.own.log.count("sender delay notification") >= KINDS["late"], 60, network.story)
    bounces.collect(at=LATER)
    assert states()["late"] == {MessageStatus.SENT: KINDS["late"]}

    delivered(LATER)
    assert states()["early"] == {MessageStatus.SENT: KINDS["early"]}
    machines_answer(network)
    people_open_everything(network)
    collected(network, "gone", "full", "late")
    back = dict.fromkeys(("gone", "full", "late"), MessageStatus.BOUNCED)
    assert states() == all_of(refused=MessageStatus.FAILED, **back)

    words = {row.email.partition("@")[0]: row.error for row in Recipient.objects.exclude(error="")}
    assert "5.1.1" in words["refused0"]
    assert ("адрес не существует" in words["gone0"], "ящик получателя переполнен" in words["full0"]) == (True, True)
    for one in (one for kind in ARRIVES for one in addresses(kind)):
        until(lambda one=one: network.dovecot.received(one), 30, network.story)
        there = [str(message_from_bytes(data)["Message-ID"]) for data in network.dovecot.received(one)]
        assert there == [Recipient.objects.get(email=one).message_id]


def test_notice_with_the_whole_message_of_two_megabytes(network: Network) -> None:
    row = RecipientFactory(status=MessageStatus.SENT, sent_at=SENT_AT, attempts=1, email=addresses("full")[0])
    body = f"From: {PORTAL}\nMessage-ID: {row.message_id}\nSubject: files\n\n" + ("x" * 70 + "\n") * 30_000
    with smtplib.SMTP("127.0.0.1", network.port) as server:
        server.sendmail(PORTAL, [row.email], body)
    until(lambda: any(len(data) > 2_000_000 for data in network.dovecot.received(PORTAL)), 30, network.story)
    with network.settings(tls="implicit"):
        collected(network, "full")


def test_invitation_that_came_back(network: Network) -> None:
    invitations.invite(person=PersonFactory(), email=addresses("gone")[0], by=None, at=SENT_AT)

    def is_back() -> bool:
        bounces.collect(at=LATER)
        return Invitation.objects.get().notice.bounced_at is not None

    until(is_back, 30, network.story)
    assert "адрес не существует" in Invitation.objects.get().notice.error


def test_wrong_password_is_told_from_a_server_that_is_away(network: Network) -> None:
    with network.settings(IMAP_PASSWORD="guess"):
        bounces.collect(at=SENT_AT)
    assert MailboxReading.objects.get().trouble.startswith("Сервер ящика не принял имя или пароль.")
