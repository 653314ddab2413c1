"""Incoming letters; ``reports.urls`` takes these addresses in."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.incoming.views import incoming, incoming_list, work

urlpatterns = [
    *paths("incoming/", incoming_list.incoming_list, "incoming-list"),
    path("incoming/new/", incoming.incoming_new, name="incoming-new"),
    path("incoming/<int:pk>/", incoming.incoming_detail, name="incoming-detail"),
    path("incoming/<int:pk>/resolve/", work.incoming_resolve, name="incoming-resolve"),
    path("incoming/<int:pk>/reassign/", work.incoming_reassign, name="incoming-reassign"),
    path("incoming/<int:pk>/file-away/", work.incoming_file_away, name="incoming-file-away"),
    path("incoming/<int:pk>/close/", work.incoming_close, name="incoming-close"),
    path("incoming/<int:pk>/reopen/", work.incoming_reopen, name="incoming-reopen"),
    path("incoming/<int:pk>/file/", incoming.incoming_file, name="incoming-file"),
    path("incoming/<int:pk>/answers/<int:commitment_pk>/", incoming.incoming_count, name="incoming-count"),
]
