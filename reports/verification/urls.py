"""The page where anybody checks a letter, and the archive; ``reports.urls`` takes these addresses in."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.verification.views import archive, check

urlpatterns = [
    *paths("archive/", archive.archive_list, "archive"),
    path("check/", check.check, name="check"),
    path("check/<slug:token>/", check.check_letter, name="check-letter"),
]
