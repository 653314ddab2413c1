"""Counts of the region."""

from rcro_portal.lib.registers import paths
from reports.statistics import views

urlpatterns = [*paths("municipalities/", views.municipality_list, "municipality-list")]
