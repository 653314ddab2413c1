"""What the portal says of itself, and where it is set going again after a restore."""

from django.urls import path

from reports.operations.views import halt, inspection, notices

urlpatterns = [
    path("inspection/", inspection.show, name="inspection"),
    path("inspection/begin/", inspection.begin, name="inspection-begin"),
    path("inspection/state/", inspection.state, name="inspection-state"),
    path("notices/", notices.reason_list, name="notice-reasons"),
    path("halt/", halt.show, name="halt"),
    path("halt/lift/", halt.lift, name="halt-lift"),
]
