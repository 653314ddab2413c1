"""The register of outgoing letters; ``reports.urls`` takes these addresses in."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.journal.views import entries, imports, numbers
from reports.journal.views import files as journal_files

urlpatterns = [
    *paths("register/", entries.register, "register"),
    path("register/give/", entries.register_give, name="register-give"),
    path("register/open-year/", entries.register_open_year, name="register-open-year"),
    path("register/write-up/", numbers.register_write_up, name="register-write-up"),
    path("register/reserve/", numbers.register_reserve, name="register-reserve"),
    path("register/late/", numbers.register_late, name="register-late"),
    path("register/block/", numbers.register_block, name="register-block"),
    path("register/anomalies/", numbers.register_anomalies, name="register-anomalies"),
    *imports.PAGES.urls("register/import/"),
    path("register/journal.pdf", journal_files.register_pdf, name="register-pdf"),
    path("register/entries/<int:pk>/", entries.entry_detail, name="entry-detail"),
    path("register/entries/<int:pk>/describe/", entries.entry_describe, name="entry-describe"),
    path("register/entries/<int:pk>/annul/", entries.entry_annul, name="entry-annul"),
    path("letters/<int:pk>/number/", numbers.letter_type_number, name="letter-type-number"),
]
