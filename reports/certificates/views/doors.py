"""The doors of acts: the release or certificate, where this person may do the act now; else 403, 404 or 409."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from rcro_portal.lib.refusals import require
from reports import permissions
from reports.certificates.acts import CERTIFICATES, RELEASES, SEEN_BY, CertificateCase, ReleaseCase
from reports.models import Certificate, CertificateRelease


def release_of(request: HttpRequest, pk: int) -> CertificateRelease:
    require(permissions.may_see_certificates(request.user), SEEN_BY)
    rows = CertificateRelease.objects.select_related("event__department", "prepared_by__person", "authority__person")
    return get_object_or_404(rows, pk=pk)


def release_to(act: str, request: HttpRequest, pk: int) -> CertificateRelease:
    release = release_of(request, pk)
    RELEASES.demand(act, release_case(request, release))
    return release


def release_case(request: HttpRequest, release: CertificateRelease) -> ReleaseCase:
    return ReleaseCase(release, request.user, timezone.now())


def certificate_of(request: HttpRequest, pk: int) -> Certificate:
    """One that this person may see, else 404: whose certificates there are is nobody's business."""
    rows = Certificate.objects.visible_to(request.user, timezone.localdate())
    read = ("release__event", "attendance__person", "replaces", "replaced_by__release", "revoked_by__person")
    return get_object_or_404(rows.select_related(*read), pk=pk)


def certificate_to(act: str, request: HttpRequest, pk: int) -> Certificate:
    certificate = certificate_of(request, pk)
    CERTIFICATES.demand(act, certificate_case(request, certificate))
    return certificate


def certificate_case(request: HttpRequest, certificate: Certificate) -> CertificateCase:
    return CertificateCase(certificate, request.user, timezone.now())
