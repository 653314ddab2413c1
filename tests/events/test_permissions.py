"""Who may what with events: each predicate for all of the house, and for coordinators past, present and others."""

import datetime

import pytest

from centers.models import Center, User
from events import permissions
from tests.factories.centers import (
    CenterFactory,
    CoordinatorFactory,
    DepartmentFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.events import CommitmentFactory, EventFactory
from tests.factories.moments import LONG_AGO

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 16)
PLANNERS = {"methodist", "head", "methodist elsewhere", "head elsewhere"}
OFFICE = {*PLANNERS, "clerk", "director", "administrator"}


@pytest.fixture
def center() -> Center:
    return CenterFactory()


@pytest.fixture
def people(center: Center) -> dict[str, User]:
    other = DepartmentFactory(name="отдел олимпиад")
    return {
        "coordinator": coordinator(center),
        "coordinator elsewhere": coordinator(),
        **{duty: staff(duty) for duty in ("methodist", "head", "clerk", "director")},
        **{f"{duty} elsewhere": staff(duty, other) for duty in ("methodist", "head")},
        "administrator": administrator(),
    }


def test_whoever_works_here(people: dict[str, User]) -> None:
    asked = {
        permissions.is_office: OFFICE,
        permissions.may_plan: {*PLANNERS, "administrator"},
        permissions.may_keep_plan: {"methodist", "methodist elsewhere", "administrator"},
        permissions.may_enter_answer: {"methodist", "methodist elsewhere", "administrator"},
        permissions.may_review: {"methodist", "methodist elsewhere", "administrator"},
    }
    for may, who in asked.items():
        answers = {name: may(user) for name, user in people.items()}
        assert (may, answers) == (may, {name: name in who for name in people})


def test_own_department_on_that_day(people: dict[str, User]) -> None:
    event = EventFactory()
    filing = {name for name, user in people.items() if permissions.may_file(user, event, DAY)}
    assert filing == {"methodist", "head"}
    log = {name for name, user in people.items() if permissions.may_see_audit_log(user, event.department, DAY)}
    assert log == {"methodist", "head", "director", "administrator"}
    before = LONG_AGO - datetime.timedelta(days=1)
    assert [name for name, user in people.items() if permissions.may_file(user, event, before)] == []


def test_coordinator_stands_for_the_own_centre(people: dict[str, User], center: Center) -> None:
    commitment = CommitmentFactory(organization=center.organization)
    assert [name for name, user in people.items() if permissions.may_answer(user, commitment, DAY)] == ["coordinator"]
    stands = {name: permissions.may_register(user, DAY) for name, user in people.items()}
    assert {name for name, found in stands.items() if found} == {"coordinator", "coordinator elsewhere"}
    assert stands["coordinator"] == center


def test_former_coordinator_stands_for_nobody(center: Center) -> None:
    former = coordinator(CenterFactory())
    former.person.coordinated.update(until=DAY - datetime.timedelta(days=1))
    assert permissions.may_register(former, DAY) is None
    CoordinatorFactory(person=former.person, center=center, since=DAY)
    # The next request reads the user anew; one object keeps the posts of a day.
    assert permissions.may_register(User.objects.get(pk=former.pk), DAY) == center
