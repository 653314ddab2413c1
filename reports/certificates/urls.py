"""Certificates: releases, register, one's own, the page where anybody checks one; ``reports.urls`` takes them in."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.certificates.views import certificates, check, listing, releases

RELEASE, CERTIFICATE = "certificates/releases/<int:pk>/", "certificates/<int:pk>/"
urlpatterns = [
    *paths("certificates/", listing.certificate_list, "certificate-list"),
    path("my-certificates/", listing.mine, name="certificates-mine"),
    path("events/<int:pk>/certificates/new/", releases.prepare, name="certificates-prepare"),
    path(RELEASE, releases.release_page, name="certificate-release"),
    path(f"{RELEASE}sample/", releases.sample, name="certificates-sample"),
    path(f"{RELEASE}progress/", releases.progress, name="certificates-progress"),
    path(f"{RELEASE}archive/", releases.archive, name="certificates-archive"),
    path(f"{RELEASE}submit/", releases.submit, name="certificates-submit"),
    path(f"{RELEASE}take-back/", releases.take_back, name="certificates-take-back"),
    path(f"{RELEASE}give-back/", releases.give_back, name="certificates-give-back"),
    path(f"{RELEASE}cancel/", releases.cancel, name="certificates-cancel"),
    path(f"{RELEASE}release/", releases.release, name="certificates-release"),
    path(f"{RELEASE}stop/", releases.stop, name="certificates-stop"),
    path(f"{RELEASE}resume/", releases.resume, name="certificates-resume"),
    path(f"{RELEASE}give-up/", releases.give_up, name="certificates-give-up"),
    path(f"{RELEASE}try-again/", releases.try_again, name="certificates-try-again"),
    path(CERTIFICATE, certificates.detail, name="certificate-detail"),
    path(f"{CERTIFICATE}file/", certificates.file, name="certificate-file"),
    path(f"{CERTIFICATE}edit/", certificates.edit, name="certificate-edit"),
    path(f"{CERTIFICATE}remove/", certificates.remove, name="certificate-remove"),
    path(f"{CERTIFICATE}again/", certificates.again, name="certificate-again"),
    path(f"{CERTIFICATE}revoke/", certificates.revoke, name="certificate-revoke"),
    path("c/<slug:token>/", check.check, name="certificate-check"),
    path("c/<slug:token>/file/", check.file, name="certificate-own-file"),
]
