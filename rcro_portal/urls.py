"""Every address of the portal."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from centers.views.passkeys import prove_again
from rcro_portal import imports
from rcro_portal.api import urls as api
from rcro_portal.choices import choices
from rcro_portal.help.views import help_index, help_page
from rcro_portal.import_answers import answer_detail, answer_forget, answer_list
from rcro_portal.lib.registers import paths
from rcro_portal.lib.shelves import Shelves
from rcro_portal.list_views import columns_keep, view_delete, view_save
from rcro_portal.open_pages import urls as open_pages
from rcro_portal.record_history import record_history
from rcro_portal.views import healthy, security, session
from reports.home.views import home

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# The admin's own page would tell nobody of the new password.
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")  # type: ignore[assignment]
admin.site.site_header = admin.site.site_title = "Справочники портала"
admin.site.index_title = "Справочники и поддержка"

handler500 = "rcro_portal.outage.error"
EVERY: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("healthz/", healthy, name="healthy"),
    path(".well-known/security.txt", security, name="security"),
    path("help/", help_index, name="help"),
    path("help/<slug:slug>/", help_page, name="help-page"),
    path("session/", session, name="session"),
    path("choices/<slug:kind>/", choices, name="choices"),
    path("lists/<str:name>/views/", view_save, name="list-view-save"),
    path("lists/<str:name>/views/<int:pk>/delete/", view_delete, name="list-view-delete"),
    path("lists/<str:name>/columns/", columns_keep, name="list-columns"),
    path("history/<slug:kind>/<int:pk>/", record_history, name="record-history"),
    # Before allauth's page of addresses: there whoever sat down at an open session could take the account along.
    path("accounts/email/", RedirectView.as_view(pattern_name="centers:access"), name="account_email"),
    path("accounts/2fa/webauthn/reauthenticate/", prove_again, name="mfa_reauthenticate_webauthn"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *paths("imports/answers/", answer_list, "import-answers"),
    path("imports/answers/<int:pk>/", answer_detail, name="import-answer"),
    path("imports/answers/<int:pk>/forget/", answer_forget, name="import-answer-forget"),
    *imports.urlpatterns,
    *open_pages.urlpatterns,
    *api.urlpatterns,
    path("", include("centers.urls")),
    path("", include("projects.urls")),
    path("", include("olympiad.urls")),
    path("", include("events.urls")),
    path("", include("reports.urls")),
]
urlpatterns = [Shelves(EVERY)]
