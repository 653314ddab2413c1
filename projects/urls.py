from django.urls import path

from projects.views import clusters, projects

app_name = "projects"
urlpatterns = [
    path("projects/", projects.project_list, name="project-list"),
    path("projects/<int:pk>/", projects.project_detail, name="project-detail"),
    path("clusters/", clusters.cluster_list, name="cluster-list"),
    path("clusters/<int:pk>/", clusters.cluster_detail, name="cluster-detail"),
]
