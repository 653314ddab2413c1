"""The files of a technical assignment; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.assignments import views

urlpatterns = [
    path("assignments/<int:pk>/pdf/", views.assignment_pdf, name="assignment-pdf"),
    path("assignments/<int:pk>/docx/", views.assignment_docx, name="assignment-docx"),
    path("assignments/<int:pk>/versions/<int:number>/pdf/", views.assignment_pdf, name="assignment-edition-pdf"),
    path("assignments/<int:pk>/versions/<int:number>/docx/", views.assignment_docx, name="assignment-edition-docx"),
]
