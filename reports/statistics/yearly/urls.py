"""Addresses of the year's reports; ``reports.statistics.urls`` takes them in."""

from django.urls import path

from reports.statistics.yearly import views

FOLDER = "year-reports"
ONE = f"{FOLDER}/<int:pk>/"
urlpatterns = [
    path(f"{FOLDER}/", views.year_reports, name="year-reports"),
    path(f"{FOLDER}/new/", views.year_report_new, name="year-report-new"),
    path(ONE, views.year_report_detail, name="year-report-detail"),
    path(f"{ONE}issue/", views.year_report_issue, name="year-report-issue"),
    path(f"{ONE}progress/", views.year_report_progress, name="year-report-progress"),
    path(f"{ONE}issues/<int:issue_pk>/<slug:kind>/", views.year_report_file, name="year-report-file"),
    *views.PAGES.urls(FOLDER),
    *views.FIGURES.urls(FOLDER),
]
