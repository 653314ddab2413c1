"""The journal of outgoing letters; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.views import journal, journal_files, journal_numbers

urlpatterns = [
    path("register/", journal.register, name="register"),
    path("register/give/", journal.register_give, name="register-give"),
    path("register/write-up/", journal_numbers.register_write_up, name="register-write-up"),
    path("register/reserve/", journal_numbers.register_reserve, name="register-reserve"),
    path("register/late/", journal_numbers.register_late, name="register-late"),
    path("register/block/", journal_numbers.register_block, name="register-block"),
    path("register/anomalies/", journal_numbers.register_anomalies, name="register-anomalies"),
    path("register/import/", journal_files.register_import, name="register-import"),
    path("register/import/bring-in/", journal_files.register_bring_in, name="register-bring-in"),
    path("register/table.xlsx", journal_files.register_xlsx, name="register-xlsx"),
    path("register/journal.pdf", journal_files.register_pdf, name="register-pdf"),
    path("register/entries/<int:pk>/", journal.entry_detail, name="entry-detail"),
    path("register/entries/<int:pk>/describe/", journal.entry_describe, name="entry-describe"),
    path("register/entries/<int:pk>/annul/", journal.entry_annul, name="entry-annul"),
    path("letters/<int:pk>/number/", journal_numbers.letter_type_number, name="letter-type-number"),
]
