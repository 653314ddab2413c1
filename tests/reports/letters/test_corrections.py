"""«Исправить и согласовать»: one transaction changes a locked outcome, snapshots it anew and approves that."""

from typing import Any

import pytest

from events.models.outcome import OutcomeStatus
from rcro_portal.lib.drafts.differences import DiffPiece
from rcro_portal.lib.drafts.writing import TextChanged
from rcro_portal.lib.refusals import Refusal, WrongStep
from reports.composing import lint
from reports.letters import corrections, letters
from reports.models import Letter
from reports.models.letter import LetterStatus
from tests.factories import letters as walked
from tests.factories.moments import APPROVED_AT
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db


def page_of(letter: Letter, **changed: Any) -> dict[str, Any]:
    """What the editor's form would give for the outcome as it stands, but for what is ``changed``."""
    outcome = letter.outcome
    talks = [
        {name: getattr(talk, name) for name in ("speaker", "act", "capacity", "post", "title", "text")}
        for talk in outcome.talks.order_by("position")
    ]
    decisions = [
        {name: getattr(decision, name) for name in ("kind", "text", "due_on", "asks")} | {"owed_by": []}
        for decision in outcome.decisions.order_by("position")
    ]
    own = {name: getattr(outcome, name) for name in ("subject_line", "addressee", "salutation", "problem_source")}
    return {"version": outcome.version, "talks": talks, "problems": [], "decisions": decisions, **own, **changed}


def correct(letter: Letter, office: Office, **changed: Any) -> None:
    corrections.correct_and_approve(
        letter=letter,
        snapshot_id=letter.snapshot_id,
        page=page_of(letter, **changed),
        by=office.head,
        at=APPROVED_AT,
    )


def test_correction_gives_the_approval_on_the_new_content(office: Office) -> None:
    letter = walked.in_review(office)
    filed = letter.snapshot
    correct(letter, office, salutation="Уважаемые координаторы!")
    letter = Letter.objects.get(pk=letter.pk)
    assert letter.status == LetterStatus.APPROVED
    assert letter.snapshot != filed
    assert dict(letter.snapshot.content[:7])["salutation"] == "Уважаемые координаторы!"
    assert (letter.outcome.status, letter.outcome.salutation) == (OutcomeStatus.FILED, "Уважаемые координаторы!")
    assert [(approval.by, approval.at, approval.note) for approval in letter.snapshot.approvals.all()] == [
        (office.head, APPROVED_AT, corrections.NOTE)
    ]
    assert list(filed.approvals.all()) == []


def changes(letter: Letter) -> list[list[DiffPiece]]:
    return corrections.changes(letter.snapshots.all())


def test_difference_is_kept(office: Office) -> None:
    letter = walked.in_review(office)
    assert changes(letter) == []
    correct(letter, office, salutation="Уважаемые координаторы!")
    assert changes(letter) == [[("same", "Уважаемые"), ("gone", "коллеги!"), ("new", "координаторы!")]]


def test_difference_in_a_table_is_told_by_its_row(office: Office) -> None:
    letter = walked.in_review(office, summary="Школа | Команд\nЛицей № 8 | 12\nГимназия | 7")
    correct(letter, office, summary="Школа | Команд\nЛицей № 8 | 14\nГимназия | 7")
    assert changes(letter) == [[("same", "Лицей № 8 |"), ("gone", "12"), ("new", "14")]]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"version": 99}, TextChanged),
        ({"talks": []}, lint.OutcomeNotReady),
        ({"subject_line": "Итоги"}, lint.OutcomeNotReady),
    ],
)
def test_what_cannot_be_filed_cannot_be_corrected_to(
    office: Office, changed: dict[str, Any], refusal: type[Refusal]
) -> None:
    letter = walked.in_review(office)
    with refused(refusal):
        correct(letter, office, **changed)


def test_content_that_was_not_seen_is_not_corrected(office: Office) -> None:
    letter = walked.in_review(office)
    with refused(letters.LetterChanged):
        corrections.correct_and_approve(
            letter=letter, snapshot_id=letter.snapshot_id + 1, page=page_of(letter), by=office.head, at=APPROVED_AT
        )


def test_an_approved_letter_is_not_corrected(office: Office) -> None:
    letter = walked.approved(office)
    with refused(WrongStep):
        correct(letter, office)
