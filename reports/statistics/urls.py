"""Counts of the region, and the papers of a centre; ``reports.urls`` takes these addresses in."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.statistics import assignment_views, center_views, views
from reports.statistics.plots import views as plots
from reports.statistics.yearly import urls as yearly

ASSIGNMENT = "assignments/<int:pk>/"
EDITION = f"{ASSIGNMENT}versions/<int:number>/"
urlpatterns = [
    *paths("municipalities/", views.municipality_list, "municipality-list"),
    path("figures/", plots.network_figures, name="network-figures"),
    path("figures/table.xlsx", plots.network_figures, {"file": "xlsx"}, name="network-figures-xlsx"),
    path("figures/plot.pdf", plots.network_figures, {"file": "pdf"}, name="network-figures-pdf"),
    path("figures/rows/", plots.figure_rows, name="counted-rows"),
    *yearly.urlpatterns,
    path("centers/<int:pk>/activity/", center_views.center_activity, name="center-activity"),
    path("centers/<int:pk>/passport/", center_views.center_passport, name="center-passport"),
    path(f"{ASSIGNMENT}pdf/", assignment_views.assignment_pdf, name="assignment-pdf"),
    path(f"{ASSIGNMENT}docx/", assignment_views.assignment_docx, name="assignment-docx"),
    path(f"{EDITION}pdf/", assignment_views.assignment_pdf, name="assignment-edition-pdf"),
    path(f"{EDITION}docx/", assignment_views.assignment_docx, name="assignment-edition-docx"),
]
