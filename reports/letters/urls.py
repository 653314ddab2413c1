"""The life of a letter: filing, its page, its acts, drafts, signing; ``reports.urls`` takes these addresses in."""

from django.urls import path

from rcro_portal.lib import keeping
from rcro_portal.lib.registers import paths
from reports.letters import urls_drafts, urls_signing
from reports.letters.kept_lists import LISTS
from reports.letters.views import (
    approval,
    director,
    distribution,
    figures,
    filing,
    letter_list,
    letters,
    outside,
    person_letters,
    scan,
)

urlpatterns = [
    path("outcomes/<int:pk>/check/", filing.outcome_check, name="outcome-check"),
    path("outcomes/<int:pk>/preview/", filing.outcome_preview, name="outcome-preview"),
    path("outcomes/<int:pk>/postpone/", filing.outcome_postpone, name="outcome-postpone"),
    path("outcomes/<int:pk>/identify/", filing.outcome_identify, name="outcome-identify"),
    path("outcomes/<int:pk>/file/", filing.outcome_file, name="outcome-file"),
    *figures.OUTCOME.urls("outcomes"),
    *paths("letters/", letter_list.letter_list, "letter-list"),
    path("letters/<int:pk>/", letters.letter_detail, name="letter-detail"),
    path("letters/<int:pk>/findings/", letters.letter_findings, name="letter-findings"),
    path("letters/<int:pk>/desk/", letters.letter_desk, name="letter-desk"),
    path("letters/<int:pk>/pdf/", letters.letter_pdf, name="letter-pdf"),
    path("letters/<int:pk>/pages/<slug:digest>/<int:number>/", letters.letter_page, name="letter-page"),
    path("letters/<int:pk>/files/<int:file_pk>/", letters.letter_file, name="letter-file"),
    path("letters/<int:pk>/figures/<int:figure_pk>/", figures.letter_figure, name="letter-figure"),
    path("letters/<int:pk>/recall/", approval.letter_recall, name="letter-recall"),
    path("letters/<int:pk>/approve/", approval.letter_approve, name="letter-approve"),
    path("letters/<int:pk>/approvals/", approval.letter_approval_sheet, name="letter-approval-sheet"),
    path("letters/<int:pk>/correct/", approval.letter_correct, name="letter-correct"),
    path("letters/<int:pk>/give-back/", approval.letter_give_back, name="letter-give-back"),
    path("letters/<int:pk>/annul/", approval.letter_annul, name="letter-annul"),
    path("letters/<int:pk>/register/", director.letter_register, name="letter-register"),
    path("letters/<int:pk>/draw-again/", director.letter_draw_again, name="letter-draw-again"),
    path("letters/<int:pk>/sign/", director.letter_sign, name="letter-sign"),
    path("letters/<int:pk>/choose/<slug:way>/", director.letter_choose, name="letter-choose"),
    path("letters/<int:pk>/scan/", scan.letter_upload_scan, name="letter-upload-scan"),
    path("letters/<int:pk>/scan/<int:file_pk>/confirm/", scan.letter_confirm_scan, name="letter-confirm-scan"),
    path("letters/<int:pk>/scan/<int:file_pk>/<int:number>/", scan.letter_scan_page, name="letter-scan-page"),
    path("letters/<int:pk>/signature/", outside.letter_upload_signature, name="letter-upload-signature"),
    path("letters/<int:pk>/signature/attach/", outside.letter_attach_signature, name="letter-attach-signature"),
    path(
        "letters/<int:pk>/signature/<int:signature_pk>/confirm/",
        outside.letter_confirm_signature,
        name="letter-confirm-signature",
    ),
    path("commitments/<int:pk>/letter/", letters.commitment_letter, name="commitment-letter"),
    path("people/<int:pk>/letters/", person_letters.person_letters, name="person-letters"),
    *paths("distribution-lists/", distribution.list_of_lists, "distribution-lists"),
    *keeping.urls(LISTS),
    path("distribution-lists/<int:pk>/", distribution.list_detail, name="distribution-list-detail"),
    *urls_drafts.urlpatterns,
    *urls_signing.urlpatterns,
]
