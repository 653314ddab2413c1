"""The kinds of imports of this app."""

from projects.importing.clusters import ClustersKind
from projects.importing.projects import ProjectsKind

KINDS = (ProjectsKind, ClustersKind)
