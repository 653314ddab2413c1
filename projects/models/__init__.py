from projects.models.cluster import Cluster, ClusterMember
from projects.models.project import NetworkManagementModel, NetworkProject, ProjectLead, ProjectPartner

__all__ = [
    "Cluster",
    "ClusterMember",
    "NetworkManagementModel",
    "NetworkProject",
    "ProjectLead",
    "ProjectPartner",
]
