"""Letters in every state, walked there by the real verbs and drawn by the real renderer."""

import datetime
import io
from typing import Any
from unittest import mock

import pikepdf

from events.models import Outcome
from rcro_portal.lib.drafts.models import Enclosure
from reports.letters import appendices, drafts, drawing, letters, signatures
from reports.models import Letter, Manuscript
from reports.models.letter import LetterKind, Way
from reports.models.manuscript import Audience
from reports.signing import scans
from tests import clock
from tests.factories import events
from tests.factories.moments import (
    APPROVED_AT,
    DRAWN_AT,
    DUE_ON,
    FILED_AT,
    REGISTERED_AT,
    SENT_AT,
    SIGNED_AT,
    WRITTEN_AT,
)
from tests.factories.reports import KEY_PASSWORD, Office


def in_review(office: Office, **outcome: object) -> Letter:
    written = {"edited_by": office.methodist, "prepared_by": office.methodist.person, **outcome}
    return letters.file_outcome(outcome=events.ready_outcome(**written), by=office.methodist, at=FILED_AT)


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
    assert letters.release(letter_id=letter.pk, at=SENT_AT)
    letter.refresh_from_db()
    return letter


def sent_on_paper(office: Office, **outcome: object) -> Letter:
    """Signed by hand: needs no key, and is quicker."""
    return _on_paper(awaiting(office, **outcome), office)


def _on_paper(letter: Letter, office: Office, sent_at: datetime.datetime = SENT_AT) -> Letter:
    _signed_by_hand(letter, office)
    assert letters.release(letter_id=letter.pk, at=sent_at)
    letter.refresh_from_db()
    return letter


def _signed_by_hand(letter: Letter, office: Office) -> None:
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    # The one page is known: judging it each time anew would start a process.
    with mock.patch.object(scans, "judge", return_value=scans.PDF):
        scan = signatures.upload_scan(letter=letter, data=one_page(), by=office.methodist, at=SIGNED_AT)
    signatures.confirm_scan(letter=letter, scan=scan, by=office.clerk, at=SIGNED_AT)


BODY = "Сообщаем о сборе сведений.\nВ сети работают [[центры]].\nПросим учесть."


# What the browser posts of an editor without rows.
NO_ROWS = {f"{kind}-{form}": "0" for kind in ("addressees", "decisions") for form in ("TOTAL_FORMS", "INITIAL_FORMS")}


def free(office: Office, *, kind: str = LetterKind.INFORMATION, figure: bool = True, **page: Any) -> Letter:
    """A letter that no outcome writes, as its author leaves it before filing; ``page`` changes what is written."""
    letter = drafts.begin(kind=kind, by=office.methodist, at=WRITTEN_AT)
    if figure:
        drafts.add_figure(
            of=letter, name="центры", query="centers_with_status", parameters={"year": 2026}, case="nominative"
        )
    drafts.save(of=letter, by=office.methodist, at=WRITTEN_AT, **written(letter, **page))
    return Letter.objects.select_related("manuscript").get(pk=letter.pk)


def written(letter: Letter, **changed: Any) -> dict[str, Any]:
    """What the editor's form would give for a letter that can be filed, but for what is ``changed``."""
    return {
        "version": Manuscript.objects.get(letter=letter).version,
        "subject_line": "О сборе сведений",
        "audience": Audience.CENTERS,
        "distribution_list": None,
        "addressee": "Руководителям\nобразовательных организаций",
        "salutation": "Уважаемые коллеги!",
        "body": BODY,
        "closing": "",
        "reply_to_number": "",
        "reply_to_on": None,
        "addressees": [],
        **changed,
    }


def addressed(**changed: Any) -> dict[str, Any]:
    """One row of ``addressees`` in what ``written`` gives."""
    row = {
        "organization": None,
        "person": None,
        "lines": "Ректору ТИЕН\nЗагорскому А.Ю.",
        "email": "tien@school.example",
    }
    return {**row, **changed}


def decided(**changed: Any) -> dict[str, Any]:
    """One row of ``decisions``: what the letter asks, of everybody whom it tells."""
    row = {"key": "", "kind": "decision", "text": "направить списки", "starts_on": None, "due_on": DUE_ON}
    return {**row, "debtors": "", "asks": "answer", "owed_by": [], "owed_by_others": [], **changed}


def enclose(of: Letter | Outcome, **changed: Any) -> Enclosure:
    """Put a file of one page beside the text."""
    file = {"data": one_page(), "file_name": "Порядок.pdf", "title": "Порядок сбора сведений", **changed}
    return appendices.add(of=of, **file)


def one_page() -> bytes:
    with io.BytesIO() as file, pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(file, deterministic_id=True)
        return file.getvalue()


def free_in_review(office: Office, **page: Any) -> Letter:
    letter = free(office, **page)
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    return Letter.objects.select_related("manuscript").get(pk=letter.pk)


def free_sent(office: Office, **page: Any) -> Letter:
    """Signed by hand, as ``sent_on_paper``."""
    return send_on_paper(free_in_review(office, **page), office)


def send_on_paper(letter: Letter, office: Office, *, sent_at: datetime.datetime = SENT_AT) -> Letter:
    """From review along the whole road."""
    return _on_paper(_drawn(letter, office), office, sent_at)


def signed_on_paper(letter: Letter, office: Office) -> Letter:
    """From review to the last step before it is sent."""
    _signed_by_hand(_drawn(letter, office), office)
    letter.refresh_from_db()
    return letter


def _drawn(letter: Letter, office: Office) -> Letter:
    approve(letter, office)
    letter.refresh_from_db()
    register(letter, office)
    assert drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=DRAWN_AT)
    letter.refresh_from_db()
    return letter


def send_by_key(letter: Letter, office: Office) -> Letter:
    """From review along the whole road; needs the fixture ``key``."""
    approve(letter, office)
    letter.refresh_from_db()
    register(letter, office)
    assert drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=DRAWN_AT)
    letter.refresh_from_db()
    sign(letter, office)
    assert letters.release(letter_id=letter.pk, at=SENT_AT)
    return Letter.objects.get(pk=letter.pk)


def approve(letter: Letter, office: Office, *, at: datetime.datetime = APPROVED_AT) -> None:
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=office.head, at=at)


def register(letter: Letter, office: Office, *, at: datetime.datetime = REGISTERED_AT) -> None:
    letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=office.director, at=at)


def sign(letter: Letter, office: Office, *, at: datetime.datetime = SIGNED_AT, password: str = KEY_PASSWORD) -> None:
    signatures.sign(
        letter=letter, digest=letter.final.digest, password=password, by=office.director, at=at, now=clock.now()
    )


def steps(letter: Letter) -> list[tuple[str, str, object, datetime.datetime, str]]:
    """The audit log: before, after, by, at, note."""
    return [(step.before, step.after, step.by, step.at, step.note) for step in letter.transitions.order_by("pk")]
