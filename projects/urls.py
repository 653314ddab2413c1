from django.urls import path

from projects.kept import ACHIEVEMENTS, CLUSTERS, PROJECTS, RESOURCES
from projects.views import achievement_list, achievements, clusters, project_list, projects, resource_list, resources
from rcro_portal.lib import keeping
from rcro_portal.lib.registers import paths

app_name = "projects"
urlpatterns = [
    *paths("projects/", project_list.project_list, "project-list", bulk=True),
    *keeping.urls(PROJECTS),
    path("projects/<int:pk>/", projects.project_detail, name="project-detail"),
    *paths("clusters/", clusters.cluster_list, "cluster-list", bulk=True),
    *keeping.urls(CLUSTERS),
    path("clusters/<int:pk>/", clusters.cluster_detail, name="cluster-detail"),
    *paths("resources/", resource_list.resource_list, "resource-list", bulk=True),
    *keeping.urls(RESOURCES),
    path("resources/<int:pk>/", resources.resource_detail, name="resource-detail"),
    path("resources/<int:pk>/open/", resources.resource_open, name="resource-open"),
    *paths("achievements/", achievement_list.achievement_list, "achievement-list", bulk=True),
    *keeping.urls(ACHIEVEMENTS),
    path("achievements/<int:pk>/", achievements.achievement_detail, name="achievement-detail"),
    path("achievements/<int:pk>/file/", achievements.achievement_file, name="achievement-file"),
]
