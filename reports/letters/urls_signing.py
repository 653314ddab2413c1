"""The desk for several letters, the evidence of a signature, the letter as DOCX; ``reports.urls`` takes these in."""

from django.urls import path

from reports.letters.views import docx, sign_desk

urlpatterns = [
    path("sign/", sign_desk.sign_desk, name="sign-desk"),
    path("letters/<int:pk>/docx/", docx.letter_docx, name="letter-docx"),
    path("letters/<int:pk>/endorse/", sign_desk.letter_endorse, name="letter-endorse"),
    path("letters/<int:pk>/evidence/", sign_desk.letter_evidence, name="letter-evidence"),
]
