"""From the filed outcome to the director's desk: each step, each refusal, and what stands in the database."""

import pytest

from centers.models import StatusGrant
from events.models.outcome import OutcomeStatus
from rcro_portal.lib import store
from reports.approval import approvals
from reports.composing import content, lint
from reports.letters import drawing, letters
from reports.models import Approval, Letter
from reports.models.approval import ApprovalKind
from reports.models.letter import LetterStatus
from reports.typesetting import rendering
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, StatusGrantFactory, staff
from tests.factories.events import OutcomeFactory, ready_outcome
from tests.factories.moments import APPROVED_AT, FILED_AT, LONG_AGO, REGISTERED_AT, tomsk
from tests.factories.reports import Office, SigningAuthorityFactory
from tests.untouched import refused

pytestmark = pytest.mark.django_db
AGAIN_AT = tomsk(3, 17, 15)


def in_database(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def outcome_steps(letter: Letter) -> list[tuple[object, ...]]:
    return [
        (step.before, step.after, step.by, step.at, step.note) for step in letter.outcome.transitions.order_by("pk")
    ]


# -- Filing -----------------------------------------------------------------------------------------


def test_filing_locks_the_outcome_and_opens_the_letter_in_review(office: Office) -> None:
    holder, former = CenterFactory(), CenterFactory(status=None)
    StatusGrantFactory(center=former, until=FILED_AT.date().replace(day=15))
    outcome = ready_outcome(prepared_by=office.methodist.person)
    letter = in_database(letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT))
    assert (letter.status, letter.outcome, letter.department) == (LetterStatus.REVIEW, outcome, office.department)
    assert (letter.subject_line, letter.prepared_by) == (outcome.subject_line, office.methodist.person)
    assert (letter.filed_by, letter.filed_at) == (office.methodist, FILED_AT)
    assert (letter.entry, letter.authority, letter.final) == (None, None, None)
    assert list(letter.centers.all()) == [holder]
    assert walked.steps(letter) == [("draft", "review", office.methodist, FILED_AT, "")]
    assert letter.outcome.status == OutcomeStatus.FILED
    assert outcome_steps(letter) == [("draft", "filed", office.methodist, FILED_AT, "")]


def test_filing_freezes_content_and_figures(office: Office) -> None:
    center = CenterFactory()
    letter = walked.in_review(office)
    StatusGrant.objects.filter(center=center).update(until=LONG_AGO)
    snapshot = in_database(letter).snapshot
    assert snapshot.digest == content.digest(snapshot.content)
    assert (snapshot.taken_at, snapshot.taken_by) == (FILED_AT, office.methodist)
    figures = snapshot.figures.order_by("pk").values_list("name", "query", "parameters", "value", "text", "counted")
    assert list(figures) == [
        (content.PRESENT, "present_coordinators", {"event": letter.outcome.event_id}, 0, "0 координаторов", []),
        ("центры", "centers_with_status", {"year": 2026}, 1, "1 образовательная организация", [center.pk]),
    ]


def test_outcome_that_is_not_ready_is_not_filed(office: Office) -> None:
    outcome = OutcomeFactory()
    with refused(lint.OutcomeNotReady):
        letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)


def test_letter_that_could_not_be_printed_is_not_filed(office: Office) -> None:
    outcome = ready_outcome()
    outcome.event.topic = "Лаборатория 漢字"
    outcome.event.save(update_fields=["topic"])
    with refused(rendering.UnknownGlyph):
        letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)


def test_outcome_is_filed_once(office: Office) -> None:
    outcome = ready_outcome()
    late = type(outcome).objects.get(pk=outcome.pk)
    letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    for once_more in (outcome, late):
        with refused(letters.AlreadyFiled, "Итоги уже направлены на согласование."):
            letters.file_outcome(outcome=once_more, by=office.methodist, at=FILED_AT)


def test_approval_is_skipped_where_the_only_head_filed(office: Office) -> None:
    outcome = ready_outcome()
    letter = in_database(letters.file_outcome(outcome=outcome, by=office.head, at=FILED_AT))
    note = "Направлено начальником отдела: виза не требуется."
    assert letter.status == LetterStatus.APPROVED
    given = Approval.objects.values_list("snapshot", "kind", "by", "at", "note")
    assert list(given) == [(letter.snapshot_id, ApprovalKind.SKIPPED, office.head.pk, FILED_AT, note)]
    assert walked.steps(letter) == [
        ("draft", "review", office.head, FILED_AT, ""),
        ("review", "approved", office.head, FILED_AT, note),
    ]


def test_approval_is_skipped_where_the_only_head_signs_for_the_director(office: Office) -> None:
    SigningAuthorityFactory(person=office.head.person, post="И.о. директора", basis="Приказ")
    letter = in_database(walked.in_review(office))
    assert letter.status == LetterStatus.APPROVED
    given = letter.snapshot.approvals.values_list("kind", "by", "note")
    assert list(given) == [(ApprovalKind.SKIPPED, office.methodist.pk, approvals.HEAD_SIGNS)]


def test_deputy_approves_where_a_head_filed(office: Office) -> None:
    staff("head", office.department)
    letter = letters.file_outcome(outcome=ready_outcome(), by=office.head, at=FILED_AT)
    assert (in_database(letter).status, Approval.objects.count()) == (LetterStatus.REVIEW, 0)


# -- Recall, approval, return -----------------------------------------------------------------------------


def test_recalled_letter_and_outcome_are_drafts(office: Office) -> None:
    letter = walked.in_review(office)
    letters.recall(letter=letter, by=office.methodist, at=AGAIN_AT)
    assert (in_database(letter).status, in_database(letter).outcome.status) == ("draft", "draft")
    note = "Отозвано с согласования"
    assert walked.steps(letter)[-1] == ("review", "draft", office.methodist, AGAIN_AT, note)
    assert outcome_steps(letter)[-1] == ("filed", "draft", office.methodist, AGAIN_AT, note)


def test_letter_on_which_the_head_acted_is_not_recalled(office: Office) -> None:
    letter = walked.in_review(office)
    late = in_database(letter)
    walked.approve(letter, office)
    with refused(letters.WrongStep, "Отозвать можно, пока письмо на согласовании."):
        letters.recall(letter=letter, by=office.methodist, at=AGAIN_AT)
    with refused(letters.WrongStep):
        letters.recall(letter=late, by=office.methodist, at=AGAIN_AT)


def test_filed_again_is_the_same_letter_with_another_snapshot(office: Office) -> None:
    letter = walked.in_review(office)
    first = letter.snapshot_id
    letters.recall(letter=letter, by=office.methodist, at=AGAIN_AT)
    again = letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=AGAIN_AT)
    assert (again, again.filed_at) == (letter, AGAIN_AT)
    assert list(letter.snapshots.order_by("pk")) == [letter.snapshots.get(pk=first), again.snapshot]


def test_approval_is_given_on_the_content_that_was_read(office: Office) -> None:
    letter = walked.in_review(office)
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=office.head, at=APPROVED_AT)
    assert in_database(letter).status == LetterStatus.APPROVED
    given = Approval.objects.values_list("snapshot", "kind", "by", "at", "note")
    assert list(given) == [(letter.snapshot_id, ApprovalKind.APPROVED, office.head.pk, APPROVED_AT, "")]
    assert walked.steps(letter)[-1] == ("review", "approved", office.head, APPROVED_AT, "")


def test_approval_on_older_content_is_refused(office: Office) -> None:
    letter = walked.in_review(office)
    read, page = letter.snapshot_id, in_database(letter)
    letters.recall(letter=letter, by=office.methodist, at=AGAIN_AT)
    letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=AGAIN_AT)
    with refused(letters.LetterChanged):
        letters.approve(letter=in_database(letter), snapshot_id=read, by=office.head, at=AGAIN_AT)
    # The same, where the head's process has read the letter before it was recalled and filed anew.
    with refused(letters.WrongStep):
        letters.approve(letter=page, snapshot_id=read, by=office.head, at=AGAIN_AT)


def test_approved_once(office: Office) -> None:
    letter = walked.approved(office)
    with refused(letters.WrongStep):
        letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=office.head, at=AGAIN_AT)


@pytest.mark.parametrize("make", [walked.in_review, walked.approved])
def test_returned_with_a_remark_before_the_number(office: Office, make: type) -> None:
    letter = make(office)
    before = letter.status
    letters.give_back(letter=letter, note="Нет темы доклада", by=office.head, at=AGAIN_AT)
    assert (in_database(letter).status, in_database(letter).outcome.status) == ("draft", "draft")
    assert walked.steps(letter)[-1] == (before, "draft", office.head, AGAIN_AT, "Нет темы доклада")
    assert outcome_steps(letter)[-1] == ("filed", "draft", office.head, AGAIN_AT, "Нет темы доклада")


def test_returned_after_the_number_leaves_it_annulled_in_the_journal(office: Office) -> None:
    letter = walked.awaiting(office)
    entry = letter.entry
    letters.give_back(letter=letter, note="Опечатка в дате", by=office.director, at=AGAIN_AT)
    row = in_database(letter)
    assert (row.status, row.entry, row.authority, row.final) == (LetterStatus.DRAFT, None, None, None)
    assert (row.signatory_post, row.signatory_name, row.draw_attempts) == ("", "", 0)
    entry.refresh_from_db()
    assert (entry.status, entry.annulled_by, entry.annulled_at) == ("annulled", office.director, AGAIN_AT)
    assert (entry.annulled_reason, entry.letter) == ("Опечатка в дате", letter)
    assert walked.steps(letter)[-1] == ("awaiting", "draft", office.director, AGAIN_AT, "Опечатка в дате")


def test_returned_letter_takes_the_next_number(office: Office) -> None:
    letter = walked.awaiting(office)
    letters.give_back(letter=letter, note="Опечатка", by=office.director, at=REGISTERED_AT)
    again = letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=REGISTERED_AT)
    walked.approve(again, office, at=REGISTERED_AT)
    walked.register(again, office)
    assert again.entry.sequence == 942
    assert list(letter.entries.order_by("sequence").values_list("sequence", "status")) == [
        (941, "annulled"),
        (942, "registered"),
    ]


def test_return_meant_for_an_earlier_number_touches_no_later_one(office: Office) -> None:
    letter = walked.awaiting(office)
    page = in_database(letter)
    letters.give_back(letter=letter, note="Опечатка", by=office.director, at=REGISTERED_AT)
    again = letters.file_outcome(outcome=letter.outcome, by=office.methodist, at=REGISTERED_AT)
    walked.approve(again, office, at=REGISTERED_AT)
    walked.register(again, office)
    assert drawing.draw(letter_id=letter.pk, at=REGISTERED_AT, now=REGISTERED_AT)
    with refused(letters.WrongStep):
        letters.give_back(letter=page, note="Опечатка", by=office.director, at=REGISTERED_AT)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_nothing_is_returned_without_a_remark(office: Office, note: str) -> None:
    letter = walked.in_review(office)
    with refused(letters.NoNote):
        letters.give_back(letter=letter, note=note, by=office.head, at=AGAIN_AT)


def test_letter_in_preparation_is_not_returned(office: Office) -> None:
    letter = walked.preparing(office)
    with refused(letters.WrongStep):
        letters.give_back(letter=letter, note="Подождите", by=office.director, at=AGAIN_AT)


# -- Annulled -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [walked.in_review, walked.approved, walked.preparing, walked.awaiting])
def test_annulled_letter_ends_and_its_outcome_makes_another(office: Office, make: type) -> None:
    letter = make(office)
    before, entry = letter.status, letter.entry
    letters.annul(letter=letter, note="Мероприятие повторят", by=office.director, at=AGAIN_AT)
    row = in_database(letter)
    assert (row.status, row.entry, row.final, row.outcome.status) == ("annulled", None, None, "draft")
    assert walked.steps(letter)[-1] == (before, "annulled", office.director, AGAIN_AT, "Мероприятие повторят")
    if entry:
        entry.refresh_from_db()
        assert (entry.status, entry.annulled_reason) == ("annulled", "Мероприятие повторят")
    another = letters.file_outcome(outcome=row.outcome, by=office.methodist, at=AGAIN_AT)
    assert another.pk != letter.pk


def test_annulled_draft_leaves_its_outcome_a_draft(office: Office) -> None:
    letter = walked.in_review(office)
    letters.recall(letter=letter, by=office.methodist, at=AGAIN_AT)
    letters.annul(letter=letter, note="Не нужно", by=office.director, at=AGAIN_AT)
    assert (in_database(letter).status, in_database(letter).outcome.status) == ("annulled", "draft")


def test_signed_letter_can_still_be_annulled_but_a_sent_one_cannot(office: Office, key: None) -> None:
    letter, gone = walked.signed(office), walked.sent(office)
    letters.annul(letter=letter, note="Не тот список", by=office.director, at=AGAIN_AT)
    assert in_database(letter).status == LetterStatus.ANNULLED
    with refused(letters.WrongStep):
        letters.annul(letter=gone, note="Не тот список", by=office.director, at=AGAIN_AT)


def test_nothing_is_annulled_without_a_reason(office: Office) -> None:
    letter = walked.approved(office)
    with refused(letters.numbering.NoReason):
        letters.annul(letter=letter, note=" ", by=office.director, at=AGAIN_AT)


def test_stored_content_is_printed_with_number_date_and_signatory(office: Office) -> None:
    letter = walked.awaiting(office)
    text = rendering.plain_text(store.read(letter.final.digest))
    for printed in ("18.03.2026", "941", "Об итогах проведения вебинара", "Директор", "Е.Ю. Кедрова"):
        assert printed in text
