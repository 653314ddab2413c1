"""Every address of the portal."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from rcro_portal.views import healthy
from reports.views.home import home

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Справочники портала"
admin.site.index_title = "Справочники и поддержка"

urlpatterns = [
    path("", home, name="home"),
    path("healthz/", healthy, name="healthy"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("centers.urls")),
    path("", include("projects.urls")),
    path("", include("olympiad.urls")),
    path("", include("events.urls")),
    path("", include("reports.urls")),
]
