"""A process is killed before, in and after each outside effect: nothing is half done, what was lost is made good."""

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from events.models import Commitment
from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from reports.letters import replacements, signatures
from reports.models import Letter, LetterFile, Recipient, Signature
from reports.models.letter import FileKind, LetterStatus, Way
from reports.operations import inspection, invariants, sweeping
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.moments import DRAWN_AT, SENT_AT, SIGNED_AT
from tests.factories.replacing import NEW_TERM, SENT_LATER, begun, decided, filed, written
from tests.factories.reports import KEY_PASSWORD, Office
from tests.faults.dying import Mortal
from tests.smtp import smtp_server

# A sheet in letters alone, which go to a dying process as they are.
SHEET = (
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n"
)

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
MINUTE = datetime.timedelta(minutes=1)
LEASE_IS_OVER = 4 * MINUTE
NOTHING = {"drawn": 0, "released": 0, "doubtful": 0, "delivered": 0}


@pytest.fixture(scope="module")
def mortal(django_db_setup: None, django_db_blocker: Any, machine_keys_dir: Path) -> Iterator[Mortal]:
    with django_db_blocker.unblock(), Mortal(RCRO_KEYS_DIR=str(machine_keys_dir)) as process:
        yield process


@pytest.fixture(autouse=True)
def no_night(key: None, settings: Settings) -> None:
    settings.QUIET_HOURS = False


def sound(now: datetime.datetime) -> None:
    """Everything that must hold under any crash holds; no file has a name that its bytes do not bear."""
    assert {title: words for title, words in inspection.found(now=now).items() if words} == {}
    named = [place for place in store.everything() if not place.name.startswith(store.UNFINISHED)]
    assert [place.name for place in named] == [hashlib.sha256(place.read_bytes()).hexdigest() for place in named]


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


DRAWING = [
    ("before reports.typesetting.rendering:draw", False),
    ("after reports.typesetting.rendering:draw", False),
    ("before os:fsync", False),
    ("before os:replace", False),
    ("after os:replace", False),
    ("after reports.letters.drawing:move", False),
    ("after reports.letters.drawing:_drawn", True),
]


def test_drawing(mortal: Mortal, office: Office) -> None:
    for point, drawn in DRAWING:
        letter = walked.preparing(office)
        mortal.dies("draw", point, letter=letter.pk, at=DRAWN_AT.isoformat())
        assert fresh(letter).status == (LetterStatus.AWAITING if drawn else LetterStatus.PREPARING), point
        sound(DRAWN_AT + MINUTE)
        assert sweeping.sweep(now=DRAWN_AT + LEASE_IS_OVER) == NOTHING | {"drawn": int(not drawn)}, point
        assert fresh(letter).status == LetterStatus.AWAITING, point
        assert LetterFile.objects.get(letter=letter).kind == FileKind.FINAL, point
        assert letter.transitions.filter(after="awaiting").count() == 1, point
    sound(DRAWN_AT + LEASE_IS_OVER)


SIGNING = [
    ("before reports.signing.pades:sign", False),
    ("after reports.signing.pades:sign", False),
    ("before os:replace", False),
    ("after rcro_portal.lib.store:put", False),
    ("after reports.letters.signatures:mark_signed", False),
    ("end", True),
]


def test_signing(mortal: Mortal, office: Office) -> None:
    for point, signed in SIGNING:
        letter = walked.awaiting(office)
        who = {"by": office.director.pk, "password": KEY_PASSWORD, "at": SIGNED_AT.isoformat()}
        mortal.dies("sign", point, letter=letter.pk, **who)
        assert fresh(letter).status == (LetterStatus.SIGNED if signed else LetterStatus.AWAITING), point
        assert Signature.objects.filter(letter=letter).exists() == signed, point
        sound(SIGNED_AT + MINUTE)
        if not signed:
            walked.sign(fresh(letter), office)
        assert letter.files.filter(kind=FileKind.SEALED).count() == 1, point
        assert letter.transitions.filter(after="signed").count() == 1, point
    sound(SIGNED_AT + MINUTE)


STORING = [
    ("before os:fsync", 0),
    ("before os:replace", 0),
    ("after os:replace", 0),
    ("before reports.letters.signatures:keep_file", 0),
    ("end", 1),
]


def test_storing_a_scan(mortal: Mortal, office: Office) -> None:
    for point, kept in STORING:
        letter = walked.awaiting(office)
        signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
        scan = f"{SHEET}% scan of {point}\n"
        mortal.dies("upload", point, letter=letter.pk, by=office.clerk.pk, scan=scan, at=SIGNED_AT.isoformat())
        assert letter.scans().count() == kept, point
        sound(SIGNED_AT + MINUTE)
        file = signatures.upload_scan(letter=fresh(letter), data=scan.encode(), by=office.clerk, at=SIGNED_AT)
        assert store.read(file.digest) == scan.encode(), point
    sound(SIGNED_AT + MINUTE)


RELEASING = [
    ("before reports.letters.letters:_move", False),
    ("after reports.letters.letters:_move", False),
    ("after reports.delivery.dispatch:queue", False),
    ("end", True),
]


def test_releasing(mortal: Mortal, office: Office) -> None:
    CoordinatorFactory()
    for point, sent in RELEASING:
        letter = walked.signed(office)
        mortal.dies("release", point, letter=letter.pk, at=SIGNED_AT.isoformat())
        assert (fresh(letter).status == LetterStatus.SENT, letter.recipients.exists()) == (sent, sent), point
        sound(SIGNED_AT + MINUTE)
        with smtp_server() as server:
            done = sweeping.sweep(now=SIGNED_AT + MINUTE)
            assert done == NOTHING | {"released": int(not sent), "delivered": 1}, point
            assert sweeping.sweep(now=SIGNED_AT + 2 * MINUTE) == NOTHING
        assert (len(server.received), letter.recipients.get().attempts) == (1, 1), point
    sound(SIGNED_AT + 2 * MINUTE)


REPLACING = [
    ("before reports.letters.replacements:settle", False),
    ("after reports.letters.replacements:settle", False),
    ("after events.outcomes.reopenings:end", False),
    ("after reports.letters.letters:_move", False),
    ("after events.commitments.changes:carry_out", False),
    ("after reports.letters.asked:carry_out", False),
    ("end", True),
]


def test_releasing_a_replacement(mortal: Mortal, office: Office) -> None:
    """The old letter and every commitment are as they were, or all of it is done."""
    CoordinatorFactory()
    old = walked.sent_on_paper(office)
    begun(old, office)
    written(old, office, decisions=[{**decided(old)[0], "due_on": NEW_TERM}])
    new = walked.signed_on_paper(filed(replacements.under_way(old), office), office)
    for point, sent in REPLACING:
        mortal.dies("release", point, letter=new.pk, at=SENT_LATER.isoformat())
        owed = Commitment.objects.get()
        assert (owed.due_on == NEW_TERM, owed.letters.count()) == ((True, 2) if sent else (False, 1)), point
        assert (fresh(old).replaced_by_id, fresh(new).status) == ((new.pk, "sent") if sent else (None, "signed")), point
        assert {title: words for title, words in invariants.broken().items() if words} == {}, point


SENDING = [
    ("before rcro_portal.lib.post:send", 0, MessageStatus.UNKNOWN),
    ("before smtplib:SMTP.data", 0, MessageStatus.UNKNOWN),
    ("halfway smtplib:SMTP.send", None, MessageStatus.UNKNOWN),
    ("after smtplib:SMTP.data", 1, MessageStatus.UNKNOWN),
    ("after rcro_portal.lib.post:send", 1, MessageStatus.UNKNOWN),
    ("before rcro_portal.lib.notices.sending:settle", 1, MessageStatus.UNKNOWN),
    ("end", 1, MessageStatus.SENT),
]


def test_sending(mortal: Mortal, office: Office) -> None:
    """Whoever died once the message was claimed leaves a person to decide: it may have gone."""
    CoordinatorFactory()
    for point, received, ends in SENDING:
        row = Recipient.objects.get(letter=walked.sent_on_paper(office))
        with smtp_server() as server:
            port = server.server_address[1]
            mortal.dies("deliver", point, port=port, recipient=row.pk, at=SENT_AT.isoformat())
            row.refresh_from_db()
            assert row.status == (MessageStatus.SENT if point == "end" else MessageStatus.SENDING), point
            sound(SENT_AT + MINUTE)
            doubtful = int(ends == MessageStatus.UNKNOWN)
            assert sweeping.sweep(now=SENT_AT + LEASE_IS_OVER) == NOTHING | {"doubtful": doubtful}, point
            assert sweeping.sweep(now=SENT_AT + 100 * LEASE_IS_OVER) == NOTHING, point
            row.refresh_from_db()
            assert (row.status, row.attempts) == (ends, 1), point
            # A message that broke off in the middle was never ended by its dot: a server throws it away.
            if received is not None:
                assert len(server.received) == received, point
    sound(SENT_AT + LEASE_IS_OVER)


def test_leftovers_of_the_dead_are_cleared_away(mortal: Mortal, office: Office) -> None:
    letter = walked.preparing(office)
    before = set(store.everything())
    mortal.dies("draw", "before os:replace", letter=letter.pk, at=DRAWN_AT.isoformat())
    (unfinished,) = set(store.everything()) - before
    assert unfinished.name.startswith(store.UNFINISHED)
    later = timezone.now() + datetime.timedelta(hours=2)
    name = unfinished.relative_to(settings.STORE_DIR).as_posix()
    words = f"Недописанный файл {name} старше часа. Ночная проверка удалит его."
    assert words in inspection.found(now=later)["В хранилище нет лишнего"]
    inspection.inspect(now=later)
    assert not unfinished.exists()
