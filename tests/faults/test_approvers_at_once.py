"""Approvers at the same moment: no approval is lost, and exactly one of them moves the letter."""

from collections import Counter

import pytest

from rcro_portal.lib.refusals import WrongStep
from reports.letters import letters
from reports.models import Approval, Letter
from reports.models.letter import LetterStatus
from reports.operations import invariants
from tests.factories import letters as walked
from tests.factories.approvals import deputise, route
from tests.factories.centers import DepartmentFactory, staff
from tests.factories.moments import APPROVED_AT
from tests.factories.reports import Office
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


def approve(letter: Letter, by: object) -> None:
    fresh = Letter.objects.get(pk=letter.pk)
    letters.approve(letter=fresh, snapshot_id=letter.snapshot_id, by=by, at=APPROVED_AT)


def test_parallel_approvers_lose_no_approval_and_move_the_letter_once(office: Office) -> None:
    others = [staff("head", DepartmentFactory(name=f"отдел {number}")) for number in (1, 2)]
    heads = [(1, "Начальник", other.person.posts.get().department) for other in others]
    route((1, "Начальник отдела", None), *heads)
    for _ in range(ROUNDS):
        letter = walked.in_review(office)
        ends = at_once(*[lambda by=by, letter=letter: approve(letter, by) for by in (office.head, *others)])
        assert ends == [None] * 3
        letter.refresh_from_db()
        assert (letter.status, letter.snapshot.approvals.count()) == (LetterStatus.APPROVED, 3)
        moves = letter.transitions.filter(before="review").order_by("pk").values_list("after", flat=True)
        assert list(moves) == ["review", "review", "approved"]
    assert list(invariants.approvals()) == []


def test_head_and_deputy_at_once_give_one_approval(office: Office) -> None:
    deputy = staff("methodist", office.department)
    deputise(deputy, office.head)
    for _ in range(ROUNDS):
        letter = walked.in_review(office)
        ends = at_once(*[lambda by=by, letter=letter: approve(letter, by) for by in (office.head, deputy)])
        assert Counter(map(type, ends)) == {type(None): 1, WrongStep: 1}
        assert Approval.objects.filter(snapshot=letter.snapshot_id).count() == 1


def test_an_approval_and_a_recall_at_once_end_in_one_of_them(office: Office) -> None:
    second = staff("head", DepartmentFactory(name="отдел олимпиад"))
    route((1, "Начальник отдела", None), (1, "Начальник", second.person.posts.get().department))
    for _ in range(ROUNDS):
        letter = walked.in_review(office)
        given, recalled = at_once(
            lambda letter=letter: approve(letter, office.head),
            lambda letter=letter: letters.recall(
                letter=Letter.objects.get(pk=letter.pk), by=office.methodist, at=APPROVED_AT
            ),
        )
        assert Counter([given is None, recalled is None]) == {True: 1, False: 1}
        letter.refresh_from_db()
        expected = (LetterStatus.REVIEW, 1) if given is None else (LetterStatus.DRAFT, 0)
        assert (letter.status, letter.snapshot.approvals.count()) == expected
