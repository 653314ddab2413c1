"""Signing several letters at once, the evidence of a signature, the letter as DOCX; ``reports.urls`` takes these in."""

from django.urls import path

from reports.letters.views import batch_signing, docx

urlpatterns = [
    path("sign/", batch_signing.batch_signing, name="sign-desk"),
    path("letters/<int:pk>/docx/", docx.letter_docx, name="letter-docx"),
    path("letters/<int:pk>/endorse/", batch_signing.letter_endorse, name="letter-endorse"),
    path("letters/<int:pk>/evidence/", batch_signing.letter_evidence, name="letter-evidence"),
]
