"""Network innovation projects with their partners and models of management, and the clusters."""

from django.db import transaction

from centers.models import Organization
from projects.models import (
    Cluster,
    ClusterMember,
    NetworkManagementModel,
    NetworkProject,
    ProjectLead,
    ProjectPartner,
)
from rcro_portal.demo import source


@transaction.atomic
def load() -> None:
    if NetworkProject.objects.exists():
        return
    organizations = {organization.short_name: organization for organization in Organization.objects.all()}
    for row in source.read("projects"):
        _project(row, organizations)
    for row in source.read("clusters"):
        _cluster(row, organizations)


def _project(row: dict, organizations: dict[str, Organization]) -> None:
    centers = source.centers()
    project = NetworkProject.objects.create(**source.picked(row, "title", "theme", "since", "until"))
    ProjectLead.objects.bulk_create(ProjectLead(project=project, center=centers[name]) for name in row["leads"])
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=project, organization=organizations[name]) for name in row["partners"]
    )
    NetworkManagementModel.objects.bulk_create(
        NetworkManagementModel(project=project, **model | {"center": centers[model["center"]]})
        for model in row["management_models"]
    )


def _cluster(row: dict, organizations: dict[str, Organization]) -> None:
    about = source.picked(row, "name", "subject_area", "formed_on", "dissolved_on")
    cluster = Cluster.objects.create(**about)
    ClusterMember.objects.bulk_create(
        ClusterMember(cluster=cluster, **member | {"organization": organizations[member["organization"]]})
        for member in row["members"]
    )
