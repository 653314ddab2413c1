"""Letters in every state, walked there by the real verbs and drawn by the real renderer."""

import datetime

from django.utils import timezone

from reports import drawing, letters, signatures
from reports.models import Letter
from reports.models.letter import Way
from tests.factories import events
from tests.factories.moments import APPROVED_AT, DRAWN_AT, FILED_AT, REGISTERED_AT, SENT_AT, SIGNED_AT
from tests.factories.reports import KEY_PASSWORD, Office


def in_review(office: Office, **outcome: object) -> Letter:
    written = {"edited_by": office.methodist, "prepared_by": office.methodist.person, **outcome}
    return letters.open_for(outcome=events.ready_outcome(**written), by=office.methodist, at=FILED_AT)


def approved(office: Office, **outcome: object) -> Letter:
    letter = in_review(office, **outcome)
    approve(letter, office)
    return letter


def preparing(office: Office, *, at: datetime.datetime = REGISTERED_AT, **outcome: object) -> Letter:
    letter = approved(office, **outcome)
    register(letter, office, at=at)
    return letter


def awaiting(office: Office, **outcome: object) -> Letter:
    letter = preparing(office, **outcome)
    assert drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=DRAWN_AT)
    letter.refresh_from_db()
    return letter


def signed(office: Office, **outcome: object) -> Letter:
    """Needs the fixture ``key``."""
    letter = awaiting(office, **outcome)
    sign(letter, office)
    return letter


def sent(office: Office, **outcome: object) -> Letter:
    """Needs the fixture ``key``."""
    letter = signed(office, **outcome)
    assert letters.send(letter_id=letter.pk, at=SENT_AT)
    letter.refresh_from_db()
    return letter


def sent_on_paper(office: Office, **outcome: object) -> Letter:
    """Signed by hand: needs no key, and is quicker."""
    letter = awaiting(office, **outcome)
    signatures.choose(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    scan = signatures.upload_scan(letter=letter, data=b"%PDF-1.7 scan", by=office.clerk, at=SIGNED_AT)
    signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=SIGNED_AT)
    assert letters.send(letter_id=letter.pk, at=SENT_AT)
    letter.refresh_from_db()
    return letter


def approve(letter: Letter, office: Office, *, at: datetime.datetime = APPROVED_AT) -> None:
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=office.head, at=at)


def register(letter: Letter, office: Office, *, at: datetime.datetime = REGISTERED_AT) -> None:
    letters.register(letter=letter, snapshot_id=letter.snapshot_id, by=office.director, at=at)


def sign(letter: Letter, office: Office, *, at: datetime.datetime = SIGNED_AT, password: str = KEY_PASSWORD) -> None:
    signatures.sign(
        letter=letter, digest=letter.final.digest, password=password, by=office.director, at=at, now=timezone.now()
    )


def steps(letter: Letter) -> list[tuple[str, str, object, datetime.datetime, str]]:
    """The trail: before, after, by, at, note."""
    return [(step.before, step.after, step.by, step.at, step.note) for step in letter.steps.order_by("pk")]
