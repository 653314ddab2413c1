"""Who may what with letters and the register: each predicate for everybody of the house."""

import datetime

import pytest

from centers.models import User
from reports import permissions
from tests.factories.centers import DepartmentFactory, PersonFactory, administrator, coordinator, staff
from tests.factories.reports import LetterFactory, SigningAuthorityFactory

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 18)
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def people() -> dict[str, User]:
    other = DepartmentFactory(name="отдел олимпиад")
    return {
        "coordinator": coordinator(),
        **{duty: staff(duty) for duty in ("methodist", "head", "clerk", "director")},
        **{f"{duty} elsewhere": staff(duty, other) for duty in ("methodist", "head")},
        "administrator": administrator(),
    }


def test_whoever_works_here(people: dict[str, User]) -> None:
    planners = {"methodist", "head", "methodist elsewhere", "head elsewhere"}
    asked = {
        permissions.may_write: planners,
        permissions.may_register_incoming: {"clerk"},
        permissions.may_confirm_scan: {"clerk"},
        permissions.may_hand_over: {"administrator"},
    }
    for may, who in asked.items():
        answers = {name: may(user) for name, user in people.items()}
        assert (may, answers) == (may, {name: name in who for name in people})


def test_letters_of_the_own_department(people: dict[str, User]) -> None:
    letter = LetterFactory()
    seeing = {name for name, user in people.items() if permissions.may_see_evidence(user, letter, DAY)}
    assert seeing == {"methodist", "head", "clerk", "director", "administrator"}
    sending = {name for name, user in people.items() if permissions.may_send_again(user, letter, DAY)}
    assert sending == {"methodist", "head", "clerk"}


def test_only_the_authority_of_that_day_signs(people: dict[str, User]) -> None:
    """A director's post gives none, nor the administrator's role; somebody else may have it for some days."""
    acting = people["head"]
    SigningAuthorityFactory(person=PersonFactory())
    SigningAuthorityFactory(person=acting.person, since=DAY, until=DAY)
    assert [name for name, user in people.items() if permissions.may_sign(user, DAY)] == ["head"]
    assert [permissions.may_sign(acting, DAY + days * A_DAY) for days in (-1, 1)] == [False, False]
