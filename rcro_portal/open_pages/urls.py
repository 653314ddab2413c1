"""The addresses that anybody may open and keep; ``rcro_portal.urls`` takes them in."""

from django.urls import path

from rcro_portal.open_pages import calendar, search_engines, views

urlpatterns = [
    path("open/", views.network_start, name="open-network"),
    path("open/centers/", views.center_list, name="open-centers"),
    path("open/centers/<int:pk>/", views.center_detail, name="open-center"),
    path("open/projects/", views.project_list, name="open-projects"),
    path("open/clusters/", views.cluster_list, name="open-clusters"),
    path("open/events/", views.event_list, name="open-events"),
    path("open/events/calendar.ics", calendar.of_all, name="open-calendar"),
    path("open/events/<int:pk>/", views.event_detail, name="open-event"),
    path("open/events/<int:pk>/event.ics", calendar.of_one, name="open-event-ics"),
    path("open/materials/", views.material_list, name="open-materials"),
    path("open/materials/<int:pk>/file/", views.material_file, name="open-material-file"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.site_map, name="sitemap"),
]
