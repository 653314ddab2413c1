"""Named constraints of routes, deputies and requested approvals, tried past every verb."""

import datetime
from collections.abc import Callable

import pytest

from reports.models import ApprovalRequest, RouteStage
from tests.constraints import change, kept_by
from tests.factories.approvals import ApprovalRouteFactory, DeputyFactory
from tests.factories.centers import DepartmentFactory, PersonFactory
from tests.factories.moments import LONG_AGO
from tests.reports.models.test_constraints import snapshot

pytestmark = pytest.mark.django_db
BEFORE = LONG_AGO - datetime.timedelta(days=1)


def stage() -> RouteStage:
    return RouteStage.objects.create(
        route=ApprovalRouteFactory(), order=1, title="Юрисконсульт", person=PersonFactory(), department=None
    )


def request() -> ApprovalRequest:
    return ApprovalRequest.objects.create(
        snapshot=snapshot(), order=1, title="Начальник отдела", department=DepartmentFactory(), person=None
    )


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "approvalroute_does_not_end_before_it_begins": (ApprovalRouteFactory, lambda row: change(row, until=BEFORE)),
    "deputy_does_not_end_before_it_begins": (DeputyFactory, lambda row: change(row, until=BEFORE)),
    "nobody_deputises_for_themselves": (DeputyFactory, lambda row: change(row, deputy=row.person)),
    "stage_is_of_a_head_or_of_a_person": (stage, lambda row: change(row, department=DepartmentFactory())),
    "visa_is_asked_of_a_head_or_of_a_person": (request, lambda row: change(row, person=PersonFactory())),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_an_approval_is_asked_of_somebody() -> None:
    row = request()
    with kept_by("visa_is_asked_of_a_head_or_of_a_person"):
        change(row, department=None)
