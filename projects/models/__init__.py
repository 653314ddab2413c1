from projects.models.achievement import Achievement
from projects.models.cluster import Cluster, ClusterMember
from projects.models.project import NetworkManagementModel, NetworkProject, ProjectLead, ProjectPartner
from projects.models.resource import Resource, ResourceDownload
from projects.models.stage import ProjectStage

__all__ = [
    "Achievement",
    "Cluster",
    "ClusterMember",
    "NetworkManagementModel",
    "NetworkProject",
    "ProjectLead",
    "ProjectPartner",
    "ProjectStage",
    "Resource",
    "ResourceDownload",
]
