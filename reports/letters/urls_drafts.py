from django.urls import path

from reports.letters.views import appendices, drafts, figures

urlpatterns = [
    path("drafts/new/", drafts.draft_new, name="draft-new"),
    path("drafts/addressee/", drafts.addressee_lines, name="draft-addressee"),
    path("incoming/<int:pk>/answer/", drafts.incoming_answer, name="incoming-answer"),
    *drafts.PAGES.urls("drafts"),
    path("drafts/<int:pk>/preview/", drafts.draft_preview, name="draft-preview"),
    path("drafts/<int:pk>/check/", drafts.draft_check, name="draft-check"),
    path("drafts/<int:pk>/postpone/", drafts.draft_postpone, name="draft-postpone"),
    path("drafts/<int:pk>/identify/", drafts.draft_identify, name="draft-identify"),
    path("drafts/<int:pk>/file/", drafts.draft_file, name="draft-file"),
    path("drafts/<int:pk>/discard/", drafts.draft_discard, name="draft-discard"),
    *figures.WRITTEN.urls("drafts"),
    path("letters/<int:pk>/replace/", drafts.letter_replace, name="letter-replace"),
    path("letters/<int:pk>/give-up/", drafts.letter_give_up, name="letter-give-up"),
    path("letters/<int:pk>/appendices/<int:appendix_pk>/", appendices.letter_appendix, name="letter-appendix"),
    path("appendices/<slug:of>/<int:pk>/", appendices.appendix_list, name="appendix-list"),
    path("appendices/<slug:of>/<int:pk>/add/", appendices.appendix_add, name="appendix-add"),
    path("appendices/<slug:of>/<int:pk>/participants/", appendices.appendix_participants, name="appendix-participants"),
    path("appendices/<slug:of>/<int:pk>/<int:appendix_pk>/", appendices.appendix_file, name="appendix-file"),
    path("appendices/<slug:of>/<int:pk>/<int:appendix_pk>/count/", appendices.appendix_count, name="appendix-count"),
    path("appendices/<slug:of>/<int:pk>/<int:appendix_pk>/remove/", appendices.appendix_remove, name="appendix-remove"),
    path("appendices/<slug:of>/<int:pk>/<int:appendix_pk>/rise/", appendices.appendix_rise, name="appendix-rise"),
]
