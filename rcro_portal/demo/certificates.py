"""Certificates of the demo: a release of an autumn seminar, one of them revoked; a list that waits."""

import datetime

from django.db import transaction

from centers.models import User
from events.models import Event
from events.models.attendance import Capacity
from rcro_portal.demo import source
from reports.certificates import drawing, preparing, releasing, revoking
from reports.models import CertificateRelease
from reports.models.certificate import CertificateRole, EventLevel

ROLES = {
    Capacity.COORDINATOR: CertificateRole.LISTENER,
    Capacity.REPRESENTATIVE: CertificateRole.LISTENER,
    Capacity.SPEAKER: CertificateRole.SPEAKER,
}


def load() -> None:
    if CertificateRelease.objects.exists():
        return
    row = source.read("certificates")
    users = source.users()
    with transaction.atomic():
        release = _submitted(row["released"], users)
        by, at = users[row["released"]["by"]], row["released"]["at"]
        releasing.release(release=release, seen=preparing.digest_of(release), by=by, at=at)
    drawing.draw(release_id=release.pk, now=lambda: at)
    end = row["revoked"]
    certificate = release.certificates.order_by("position")[end["position"]]
    revoking.revoke(certificate=certificate, reason=end["reason"], by=by, at=end["at"])
    _submitted(row["waiting"], users)


@transaction.atomic
def _submitted(row: dict, users: dict[str, User]) -> CertificateRelease:
    event = Event.objects.get(starts_at=row["event"])
    by, at = users[row["prepared_by"]], row["prepared_at"]
    said = {"roles": ROLES, "level": EventLevel.REGIONAL, "hours": row["hours"]}
    release = preparing.prepare(event=event, by=by, at=at, **said)
    preparing.submit(release=release, by=by, at=at + datetime.timedelta(hours=1))
    return release
