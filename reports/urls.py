"""The addresses of the app under one name; each room has its own."""

from django.urls import path

from reports.certificates import urls as certificates
from reports.delivery import urls as delivery
from reports.delivery.fulfilment import urls as fulfilment
from reports.home import attendance_sheet
from reports.home import views as home
from reports.incoming import urls as incoming
from reports.journal import urls as journal
from reports.letters import urls as letters
from reports.operations import urls as operations
from reports.operations.handing_over import urls as handing_over
from reports.statistics import urls as statistics
from reports.verification import urls as verification

app_name = "reports"
urlpatterns = [
    path("events/<int:pk>/", home.event_page, name="event-page"),
    path("events/<int:pk>/steps/", home.event_steps, name="event-steps"),
    path("events/<int:pk>/attendance/sheet/", attendance_sheet.attendance_sheet, name="attendance-sheet"),
    *letters.urlpatterns,
    *verification.urlpatterns,
    *certificates.urlpatterns,
    *delivery.urlpatterns,
    *fulfilment.urlpatterns,
    *handing_over.urlpatterns,
    *incoming.urlpatterns,
    *journal.urlpatterns,
    *operations.urlpatterns,
    *statistics.urlpatterns,
]
