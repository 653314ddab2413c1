"""Many at once: each number is given once, each step taken once, whoever comes second is told so."""

import contextlib
import datetime
import queue
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from events.commitments import commitments
from events.models import Answer, Commitment
from rcro_portal.lib.refusals import WrongStep
from reports.delivery import dispatch
from reports.journal import invariants as journal_invariants
from reports.journal import numbering
from reports.letters import drawing, letters, replacements, signatures
from reports.models import Approval, Letter, LetterFile, Recipient, RegisterEntry, RegisterYear, Signature
from reports.models.letter import FileKind, LetterStatus
from reports.operations import invariants
from tests.factories import brought
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory
from tests.factories.moments import APPROVED_AT, DRAWN_AT, REGISTERED_AT, SENT_AT, tomsk
from tests.factories.replacing import NEW_TERM, SENT_LATER, begun, decided, filed, written
from tests.factories.reports import KEY_PASSWORD, Office
from tests.faults import registering
from tests.faults.together import at_once, copies

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
NUMBERS, ROUNDS = 200, 8
BEFORE_MIDNIGHT = tomsk(3, 18, 23, 59) + datetime.timedelta(seconds=59.8)


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


# -- Numbers ------------------------------------------------------------------------------------------


def check_numbers() -> None:
    """941…1140 without gap or double, dates that never fall though the day changed meanwhile; everything else holds."""
    rows = RegisterEntry.objects.order_by("sequence").values_list("sequence", "registered_on")
    assert [sequence for sequence, _ in rows] == list(range(941, 941 + NUMBERS))
    days = [day for _, day in rows]
    assert days == sorted(days)
    assert set(days) <= {datetime.date(2026, 3, 18), datetime.date(2026, 3, 19)}
    assert list(RegisterYear.objects.values_list("last_sequence", "last_on")) == [(940 + NUMBERS, days[-1])]
    assert set(Letter.objects.filter(entry__isnull=False).values_list("status", flat=True)) == {"preparing"}
    assert [*journal_invariants.registers(), *invariants.numbers_of_letters(), *invariants.filed_outcomes()] == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's writers are processes: see the next test")
def test_two_hundred_numbers_over_sixteen_connections(office: Office) -> None:
    waiting: queue.SimpleQueue[Letter] = queue.SimpleQueue()
    for letter in copies(walked.approved(office), office, NUMBERS):
        waiting.put(letter)
    began = time.monotonic()

    def press() -> int:
        with contextlib.suppress(queue.Empty):
            while True:
                register_around_midnight(waiting.get_nowait(), office, began)
        return connection.connection.get_backend_pid()

    assert len(set(at_once(*[press] * 16))) == 16
    check_numbers()


def register_around_midnight(letter: Letter, office: Office, began: float) -> None:
    """A number refused because midnight has passed meanwhile is asked for again."""
    while True:
        at = BEFORE_MIDNIGHT + datetime.timedelta(seconds=time.monotonic() - began)
        with contextlib.suppress(numbering.DateWouldFall):
            return walked.register(letter, office, at=at)


def test_two_hundred_numbers_by_four_processes(office: Office, tmp_path: Path) -> None:
    keys = [letter.pk for letter in copies(walked.approved(office), office, NUMBERS)]
    go = tmp_path / "go"
    processes = [registering.start(office.director.pk, go, BEFORE_MIDNIGHT, keys[part::4]) for part in range(4)]
    go.touch()
    for process in processes:
        _, complaints = process.communicate()
        assert (process.returncode, complaints) == (0, "")
    check_numbers()


def test_double_click_takes_one_number(office: Office) -> None:
    for letter in copies(walked.approved(office), office, ROUNDS):
        ends = at_once(*[lambda letter=letter: walked.register(fresh(letter), office)] * 4)
        assert Counter(map(type, ends)) == {type(None): 1, WrongStep: 3}
    assert RegisterEntry.objects.count() == ROUNDS
    assert [*journal_invariants.registers(), *invariants.numbers_of_letters()] == []


# -- Steps --------------------------------------------------------------------------------------------


def test_outcome_is_filed_once_by_a_double_click(office: Office) -> None:
    outcome = walked.in_review(office).outcome
    letters.recall(letter=outcome.letters.get(), by=office.methodist, at=APPROVED_AT)

    def file() -> Letter:
        same = type(outcome).objects.get(pk=outcome.pk)
        return letters.file_outcome(outcome=same, by=office.methodist, at=APPROVED_AT)

    ends = at_once(*[file] * 3)
    assert Counter(map(type, ends)) == {Letter: 1, letters.AlreadyFiled: 2}
    assert (Letter.objects.count(), list(invariants.filed_outcomes())) == (1, [])


def test_head_approves_while_the_methodist_recalls(office: Office) -> None:
    for letter in copies(walked.in_review(office), office, ROUNDS):
        approve, recall = at_once(
            lambda letter=letter: walked.approve(fresh(letter), office),
            lambda letter=letter: letters.recall(letter=fresh(letter), by=office.methodist, at=APPROVED_AT),
        )
        assert Counter([type(approve), type(recall)]) == {type(None): 1, WrongStep: 1}
        approvals = Approval.objects.filter(snapshot__letter=letter).count()
        expected = (LetterStatus.APPROVED, 1) if approve is None else (LetterStatus.DRAFT, 0)
        assert (fresh(letter).status, approvals, letter.transitions.count()) == (*expected, 1)


def test_two_sign_at_once(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    ends = at_once(*[lambda: walked.sign(fresh(letter), office)] * 3)
    assert Counter(map(type, ends)) == {type(None): 1, WrongStep: 2}
    assert (Signature.objects.count(), fresh(letter).status) == (1, LetterStatus.SIGNED)
    assert LetterFile.objects.filter(kind=FileKind.SEALED).count() == 1
    assert letter.transitions.filter(after="signed").count() == 1


def test_two_clerks_confirm_one_scan(office: Office) -> None:
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way="paper", by=office.director, at=REGISTERED_AT)
    scan = signatures.upload_scan(letter=letter, data=brought.pdf(), by=office.methodist, at=REGISTERED_AT)

    def confirm() -> None:
        signatures.confirm_scan(letter=fresh(letter), scan=scan, by=office.clerk, at=REGISTERED_AT)

    assert Counter(map(type, at_once(*[confirm] * 4))) == {type(None): 1, WrongStep: 3}
    assert Signature.objects.count() == 1


def test_director_signs_while_a_second_tab_returns(office: Office, key: None) -> None:
    letter = walked.awaiting(office)
    seen = {"digest": letter.final.digest, "password": KEY_PASSWORD, "by": office.director}
    sign, give_back = at_once(
        lambda: signatures.sign(letter=fresh(letter), **seen, at=REGISTERED_AT, now=timezone.now()),
        lambda: letters.give_back(letter=fresh(letter), note="Опечатка", by=office.director, at=REGISTERED_AT),
    )
    assert Counter([type(sign), type(give_back)]) == {type(None): 1, WrongStep: 1}
    assert [*invariants.signatures(), *invariants.numbers_of_letters(), *invariants.transitions()] == []


# -- Tasks that run twice -------------------------------------------------------------------------------


def test_five_workers_draw_one_letter_once(office: Office) -> None:
    letter = walked.preparing(office)
    ends = at_once(*[lambda: drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=DRAWN_AT)] * 5)
    assert sorted(ends) == [False, False, False, False, True]
    assert (fresh(letter).status, fresh(letter).draw_attempts) == (LetterStatus.AWAITING, 1)
    assert LetterFile.objects.filter(kind=FileKind.FINAL).count() == 1


def test_worker_that_overslept_its_lease_changes_nothing(office: Office, settings: Settings) -> None:
    """Both draw: the first one's lease has run out when the second claims the letter."""
    letter = walked.preparing(office)
    settings.LEASE_SECONDS = 1
    later = DRAWN_AT + datetime.timedelta(seconds=2)
    ends = at_once(
        lambda: drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=DRAWN_AT),
        lambda: drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=later),
    )
    assert Counter(ends)[True] == 1
    assert (fresh(letter).status, LetterFile.objects.count()) == (LetterStatus.AWAITING, 1)
    assert fresh(letter).final == LetterFile.objects.get()


def test_letter_is_released_once(office: Office, key: None) -> None:
    CenterFactory(), CenterFactory()
    letter = walked.signed(office)
    ends = at_once(*[lambda: letters.release(letter_id=letter.pk, at=SENT_AT)] * 5)
    assert sorted(ends) == [False, False, False, False, True]
    assert (Recipient.objects.count(), letter.transitions.filter(after="sent").count()) == (2, 1)
    assert list(invariants.dispatch()) == []


@pytest.mark.parametrize(
    ("change", "refusal", "ends"),
    [
        ({"due_on": NEW_TERM}, None, "in_review"),
        ({"text": "составить смету"}, commitments.SaidAnew, "open"),
        ({"kind": "appeal", "due_on": None}, commitments.Withdrawn, "withdrawn"),
    ],
)
def test_answer_comes_while_the_replacement_is_sent(
    office: Office, change: dict[str, object], refusal: type[Exception] | None, ends: str
) -> None:
    """Whoever is first, no answer is lost, and none is taken for one to words that nobody read."""
    CenterFactory()
    old = walked.sent_on_paper(office)
    begun(old, office)
    written(old, office, decisions=[{**decided(old)[0], **change}])
    new = walked.signed_on_paper(filed(replacements.under_way(old), office), office)
    read = Commitment.objects.get()
    answered, sent = at_once(
        lambda: commitments.answer(commitment=read, text="Готово.", by=office.methodist, at=SENT_LATER),
        lambda: letters.release(letter_id=new.pk, at=SENT_LATER),
    )
    owed = Commitment.objects.get()
    assert (sent, owed.status) == (True, ends)
    assert isinstance(answered, Answer) or type(answered) is refusal
    assert owed.answers.count() == isinstance(answered, Answer)
    assert [*invariants.transitions(), *invariants.commitments(), *invariants.filed_outcomes()] == []


def test_message_leaves_once(office: Office) -> None:
    CenterFactory()
    walked.sent_on_paper(office)
    row = Recipient.objects.get()
    ends = at_once(*[lambda: dispatch.deliver(recipient_id=row.pk, at=SENT_AT, now=SENT_AT)] * 5)
    assert sorted(ends) == [False, False, False, False, True]
    assert (len(mail.outbox), Recipient.objects.get().attempts) == (1, 1)
