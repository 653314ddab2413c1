"""Counts of the region."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.statistics import center_views, views

urlpatterns = [
    *paths("municipalities/", views.municipality_list, "municipality-list"),
    path("centers/<int:pk>/activity/", center_views.center_activity, name="center-activity"),
    path("centers/<int:pk>/passport/", center_views.center_passport, name="center-passport"),
]
