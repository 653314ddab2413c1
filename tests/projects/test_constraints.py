import datetime
from collections.abc import Callable

import pytest

from tests.constraints import change, double, kept_by, names
from tests.factories.moments import LONG_AGO
from tests.factories.projects import (
    AchievementFactory,
    ClusterFactory,
    ClusterMemberFactory,
    NetworkManagementModelFactory,
    NetworkProjectFactory,
    ProjectLeadFactory,
    ProjectPartnerFactory,
    ProjectStageFactory,
    ResourceDownloadFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = LONG_AGO - datetime.timedelta(days=1)

# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "cluster_is_archived_for_a_reason": (ClusterFactory, lambda row: change(row, archive_reason="ошибка")),
    "networkproject_is_archived_for_a_reason": (
        NetworkProjectFactory,
        lambda row: change(row, archive_reason="ошибка"),
    ),
    "resource_is_archived_for_a_reason": (ResourceFactory, lambda row: change(row, archive_reason="ошибка")),
    "achievement_is_archived_for_a_reason": (AchievementFactory, lambda row: change(row, archive_reason="ошибка")),
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
    "projectstage_does_not_end_before_it_begins": (ProjectStageFactory, lambda row: change(row, until=BEFORE)),
    "stage_is_done_at_one_hundred_percent": (ProjectStageFactory, lambda row: change(row, progress=101)),
    "stage_begins_in_a_project_once": (ProjectStageFactory, lambda row: double(row, progress=5)),
    "resource_names_the_whole_of_its_file": (
        ResourceFactory,
        lambda row: change(row, digest="a" * 64, link=""),
    ),
    "resource_is_of_a_center_or_a_project": (ResourceFactory, lambda row: change(row, center=None)),
    "resource_is_a_file_or_a_link": (ResourceFactory, lambda row: change(row, link="")),
    "download_counts_once_a_day": (ResourceDownloadFactory, double),
    "achievement_names_the_whole_of_its_file": (AchievementFactory, lambda row: change(row, digest="a" * 64)),
    "achievement_is_somebodys": (AchievementFactory, lambda row: change(row, center=None)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_all_are_tried() -> None:
    assert set(BROKEN) == names("projects")
