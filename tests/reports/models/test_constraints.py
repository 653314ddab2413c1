import datetime
import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.models import (
    Approval,
    Letter,
    LetterCommitment,
    MailboxReading,
    Signature,
    Snapshot,
    SnapshotFigure,
    SoleClerk,
    YearOpening,
)
from tests.constraints import change, double, kept_by, names
from tests.factories.centers import UserFactory
from tests.factories.events import CommitmentFactory
from tests.factories.moments import APPROVED_AT, LONG_AGO, REGISTERED_AT, SENT_AT, SIGNED_AT
from tests.factories.reports import (
    LetterFactory,
    LetterFileFactory,
    LetterheadFactory,
    OutgoingRegisterFactory,
    RecipientFactory,
    RegisterEntryFactory,
    RegisterYearFactory,
    SigningAuthorityFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = LONG_AGO - datetime.timedelta(days=1)


def snapshot() -> Snapshot:
    return Snapshot.objects.create(
        letter=LetterFactory(), content=[], digest="0" * 64, taken_at=APPROVED_AT, taken_by=UserFactory()
    )


def figure() -> SnapshotFigure:
    return SnapshotFigure.objects.create(
        snapshot=snapshot(), name="центры", query="centers_with_status", parameters={}, value=1, text="1", counted=[1]
    )


def approval() -> Approval:
    return Approval.objects.create(snapshot=snapshot(), kind="approved", by=UserFactory(), at=APPROVED_AT)


def letter(status: str) -> Letter:
    """A letter whose row is whole in that state, without the road that leads there."""
    content = snapshot()
    row = content.letter
    numbered = {
        "entry": RegisterEntryFactory(letter=row),
        "authority": SigningAuthorityFactory(),
        "signatory_post": "Директор",
        "signatory_name": "Е.Ю. Кедрова",
    }
    drawn = {"final": LetterFileFactory(letter=row)}
    parts = {"draft": {}, "review": {}, "preparing": numbered, "awaiting": numbered | drawn, "sent": numbered | drawn}
    change(row, status=status, snapshot=content, **parts[status])
    return Letter.objects.get(pk=row.pk)


def signature() -> Signature:
    original = LetterFileFactory(kind="scan")
    by = UserFactory()
    return Signature.objects.create(
        letter=original.letter, way="paper", original=original, signed_by=by, confirmed_by=by, signed_at=SIGNED_AT
    )


def said() -> LetterCommitment:
    owed = CommitmentFactory()
    return LetterCommitment.objects.create(
        letter=LetterFactory(outcome=owed.outcome), commitment=owed, change="given", text=owed.text, due_on=owed.due_on
    )


def sole_clerk() -> SoleClerk:
    return SoleClerk.objects.create(basis="Приказ № 12", since=LONG_AGO)


def opened() -> YearOpening:
    said = {"register": OutgoingRegisterFactory(), "by": UserFactory(), "at": REGISTERED_AT}
    day = REGISTERED_AT.date()
    return YearOpening.objects.create(year=day.year, day=day, last_number="940", last_on=LONG_AGO, **said)


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "letterhead_does_not_end_before_it_begins": (LetterheadFactory, lambda row: change(row, until=BEFORE)),
    "signingauthority_does_not_end_before_it_begins": (SigningAuthorityFactory, lambda row: change(row, until=BEFORE)),
    "soleclerk_does_not_end_before_it_begins": (sole_clerk, lambda row: change(row, until=BEFORE)),
    "year_is_opened_by_a_word_once": (opened, lambda row: double(row, last_number="7")),
    "register_counts_a_year_once": (RegisterYearFactory, lambda row: double(row, last_sequence=2000)),
    "register_never_counts_back": (RegisterYearFactory, lambda row: change(row, last_sequence=939)),
    "number_is_given_once_a_year": (RegisterEntryFactory, lambda row: double(row, letter_id=None)),
    "letter_has_one_number_that_counts": (RegisterEntryFactory, lambda row: double(row, sequence=5000)),
    "annulled_number_says_who_when_and_why": (RegisterEntryFactory, lambda row: change(row, status="annulled")),
    "letter_status_is_known": (lambda: letter("review"), lambda row: change(row, status="archived")),
    "outcome_has_one_letter_under_way": (LetterFactory, lambda row: double(row, subject_line="О другом")),
    "outcome_has_one_letter_in_force": (
        lambda: [letter("sent"), letter("sent")],
        lambda rows: change(rows[0], outcome=rows[1].outcome),
    ),
    "letter_speaks_of_a_commitment_once": (said, lambda row: double(row, text="ещё раз")),
    "change_of_a_commitment_is_known": (said, lambda row: change(row, change="forgotten")),
    "letter_has_number_date_and_signatory_together": (
        lambda: letter("preparing"),
        lambda row: change(row, signatory_name=""),
    ),
    "letter_is_drawn_before_it_waits_for_the_signature": (
        lambda: letter("preparing"),
        lambda row: change(row, status="awaiting"),
    ),
    "letter_under_way_has_content": (LetterFactory, lambda row: change(row, status="review")),
    "figure_is_frozen_once": (figure, lambda row: double(row, value=2)),
    "content_is_approved_once_by_a_person": (approval, lambda row: double(row, note="ещё раз")),
    "center_receives_a_letter_once": (RecipientFactory, lambda row: double(row, token="другой", message_id="<b@b>")),
    "sent_message_says_when": (RecipientFactory, lambda row: change(row, status="sent")),
    "bounced_message_says_when": (RecipientFactory, lambda row: change(row, status="bounced", sent_at=SENT_AT)),
    "mailbox_trouble_says_since_when": (
        lambda: MailboxReading.of_mailbox("portal@localhost:993"),
        lambda row: change(row, trouble="Не отвечает."),
    ),
    "recipient_status_is_known": (RecipientFactory, lambda row: change(row, status="lost")),
    "letter_signature_is_whole": (signature, lambda row: change(row, confirmed_by=None)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_all_are_tried() -> None:
    """Here and in the other modules of constraints beside this one."""
    files = sorted(Path(__file__).parent.glob("test_constraints*.py"))
    tried = {name for file in files for name in importlib.import_module(f"{__package__}.{file.stem}").BROKEN}
    assert sorted(names("reports") - tried) == sorted(tried - names("reports")) == []


@pytest.mark.parametrize(
    "half",
    [
        {"entry": None},
        {"authority": None},
        {"signatory_post": ""},
        {"status": "approved", "final": None},
        {"status": "approved", "final": None, "entry": None},
    ],
)
def test_number_date_and_signatory_are_never_half(half: dict[str, object]) -> None:
    row = letter("awaiting")
    with kept_by("letter_has_number_date_and_signatory_together"):
        change(row, **half)


@pytest.mark.parametrize("status", ["preparing", "draft", "annulled"])
def test_pdf_leaves_with_the_number(status: str) -> None:
    row = letter("awaiting")
    without = {} if status == "preparing" else {"entry": None, "authority": None, "signatory_post": ""}
    without |= {} if status == "preparing" else {"signatory_name": ""}
    with kept_by("letter_is_drawn_before_it_waits_for_the_signature"):
        change(row, status=status, **without)


@pytest.mark.parametrize(
    "half",
    [
        {"annulled_by": None},
        {"annulled_at": None},
        {"annulled_reason": ""},
        {"status": "registered"},
    ],
)
def test_annulled_number_is_never_half(half: dict[str, object]) -> None:
    row = RegisterEntryFactory()
    change(row, status="annulled", annulled_at=SENT_AT, annulled_by=row.registered_by, annulled_reason="Опечатка")
    with kept_by("annulled_number_says_who_when_and_why"):
        change(row, **half)


@pytest.mark.parametrize("way", ["key", "", "telephone"])
def test_signature_is_whole_in_its_way(way: str) -> None:
    row = signature()
    with kept_by("letter_signature_is_whole"):
        change(row, way=way)


def test_sent_moment_belongs_to_sent() -> None:
    row = RecipientFactory(status="sent", sent_at=SENT_AT)
    with kept_by("sent_message_says_when"):
        change(row, status="unknown")


def test_what_the_constraints_leave_free() -> None:
    ended = LetterFactory(status="annulled", snapshot=snapshot())
    double(ended, snapshot_id=snapshot().pk)
    entry = RegisterEntryFactory(letter=None)
    double(entry, suffix="а", number=f"{entry.number}а")
    double(entry, register_id=OutgoingRegisterFactory(code="own").pk)
    change(RegisterYearFactory(), last_sequence=940)
