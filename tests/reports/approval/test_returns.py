"""A return stands in the sheet once a person has said nothing else of the text, with the post of its day."""

import datetime

import pytest

from reports.letters import letters
from reports.models import Approval
from reports.models.approval import ApprovalKind
from tests.factories import letters as walked
from tests.factories.approvals import deputise
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office, SigningAuthorityFactory
from tests.reports.approval.test_approvals import approve, fresh

pytestmark = pytest.mark.django_db


def test_who_returns_a_text_they_have_approved_says_so_in_its_step_alone(office: Office) -> None:
    deputise(office.director, office.head)
    letter = walked.in_review(office)
    approve(letter, office.director)
    letters.give_back(letter=fresh(letter), note="Всё же не туда.", by=office.director, at=REGISTERED_AT)
    assert [(mark.kind, mark.by) for mark in Approval.objects.all()] == [(ApprovalKind.APPROVED, office.director)]
    assert walked.steps(letter)[-1][1:] == ("draft", office.director, REGISTERED_AT, "Всё же не туда.")


def test_a_return_bears_the_post_of_its_day(office: Office) -> None:
    later = REGISTERED_AT.date() + datetime.timedelta(days=1)
    SigningAuthorityFactory(person=office.director.person, post="директор института", since=later)
    letter = walked.in_review(office)
    approve(letter, office.head)
    letters.give_back(letter=fresh(letter), note="Не туда.", by=office.director, at=REGISTERED_AT)
    assert Approval.objects.get(kind=ApprovalKind.RETURNED).post == office.authority.post
