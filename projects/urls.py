from django.urls import path

from projects.views import clusters, project_list, projects
from rcro_portal.lib.registers import paths

app_name = "projects"
urlpatterns = [
    *paths("projects/", project_list.project_list, "project-list"),
    path("projects/<int:pk>/", projects.project_detail, name="project-detail"),
    *paths("clusters/", clusters.cluster_list, "cluster-list"),
    path("clusters/<int:pk>/", clusters.cluster_detail, name="cluster-detail"),
]
