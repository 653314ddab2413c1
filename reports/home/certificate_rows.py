"""Rows of the inbox: certificates that wait for the director."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from rcro_portal.lib import russian
from reports.models import CertificateRelease
from reports.models.certificate import ReleaseStatus


def to_release() -> list[dict[str, Any]]:
    rows = CertificateRelease.objects.filter(status=ReleaseStatus.AWAITING).annotate(number=Count("certificates"))
    return [_row(release) for release in rows.select_related("event").order_by("pk")]


def _row(release: Any) -> dict[str, Any]:
    count = russian.agree(release.number, "сертификат", "сертификата", "сертификатов")
    url = reverse("reports:certificate-release", args=[release.pk])
    status = {"status": release.status, "status_label": release.get_status_display()}
    return {"title": release.event.topic, "url": url, "note": f"{count}, {release.event.days}", **status}
