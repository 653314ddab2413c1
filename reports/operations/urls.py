"""What the portal says of itself, and where it is set going again after a restore."""

from django.urls import path

from reports.operations.views import halt, inspection, notices

urlpatterns = [
    path("inspection/", inspection.show, name="inspection"),
    path("inspection/begin/", inspection.begin, name="inspection-begin"),
    path("inspection/state/", inspection.state, name="inspection-state"),
    path("notices/", notices.reason_list, name="notice-reasons"),
    path("notices/<int:pk>/", notices.notice_detail, name="notice-detail"),
    path("notices/<int:pk>/again/", notices.notice_send_again, name="notice-send-again"),
    path("notices/<int:pk>/arrived/", notices.notice_confirm, name="notice-confirm"),
    path("halt/", halt.show, name="halt"),
    path("halt/lift/", halt.lift, name="halt-lift"),
]
