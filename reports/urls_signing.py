"""The director's desk for several letters, and the evidence of a signature; ``reports.urls`` takes these in."""

from django.urls import path

from reports.views import sign_desk

urlpatterns = [
    path("sign/", sign_desk.sign_desk, name="sign-desk"),
    path("letters/<int:pk>/endorse/", sign_desk.letter_endorse, name="letter-endorse"),
    path("letters/<int:pk>/evidence/", sign_desk.letter_evidence, name="letter-evidence"),
]
