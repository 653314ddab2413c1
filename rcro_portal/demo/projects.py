"""Network innovation projects with their partners and models of management, and the clusters."""

from django.db import transaction

from projects.models import NetworkManagementModel, NetworkProject
from rcro_portal.demo import source, tables


@transaction.atomic
def load() -> None:
    if NetworkProject.objects.exists():
        return
    tables.bring_in("projects")
    projects, centers = {project.title: project for project in NetworkProject.objects.all()}, source.centers()
    NetworkManagementModel.objects.bulk_create(
        NetworkManagementModel(**row | {"project": projects[row["project"]], "center": centers[row["center"]]})
        for row in source.read("management_models")
    )
    tables.bring_in("clusters")
