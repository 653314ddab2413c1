"""The page where anybody checks a letter; ``reports.urls`` takes these addresses in."""

from django.urls import path

from reports.views import check

urlpatterns = [
    path("check/", check.check, name="check"),
    path("check/<str:token>/", check.check_letter, name="check-letter"),
]
