import datetime
from collections.abc import Callable

import pytest

from tests.constraints import change, double, kept_by, names
from tests.factories.moments import LONG_AGO
from tests.factories.projects import (
    ClusterFactory,
    ClusterMemberFactory,
    NetworkManagementModelFactory,
    NetworkProjectFactory,
    ProjectLeadFactory,
    ProjectPartnerFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = LONG_AGO - datetime.timedelta(days=1)

# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "cluster_is_dissolved_after_it_is_formed": (
        ClusterFactory,
        lambda row: change(row, dissolved_on=row.formed_on),
    ),
    "clustermember_does_not_end_before_it_begins": (ClusterMemberFactory, lambda row: change(row, until=BEFORE)),
    "organization_is_in_a_cluster_once_at_a_time": (ClusterMemberFactory, lambda row: double(row, role="другая")),
    "networkproject_does_not_end_before_it_begins": (NetworkProjectFactory, lambda row: change(row, until=BEFORE)),
    "center_leads_a_project_once": (ProjectLeadFactory, double),
    "partner_joins_a_project_once": (ProjectPartnerFactory, double),
    "networkmanagementmodel_does_not_end_before_it_begins": (
        NetworkManagementModelFactory,
        lambda row: change(row, until=BEFORE),
    ),
    "management_model_starts_once": (NetworkManagementModelFactory, lambda row: double(row, until=row.since)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_all_are_tried() -> None:
    assert set(BROKEN) == names("projects")
