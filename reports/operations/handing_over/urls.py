"""Handing work over; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.operations.handing_over import views

urlpatterns = [
    path("hand-overs/", views.hand_over_new, name="hand-over-new"),
    path("hand-overs/<int:pk>/", views.hand_over, name="hand-over"),
]
