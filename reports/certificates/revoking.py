"""A certificate is revoked by the director, or by the portal where the mark behind it was taken off.

Its number, its file and its address stay; the address says since when and why.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from centers.models import User
from events.models import AttendanceChange
from events.models.attendance import Presence
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import WrongStep
from reports.certificates import notices
from reports.certificates.preparing import NoReason
from reports.models import Certificate


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by: User | None, at: datetime.datetime) -> None:
    """Since ``at``, for this reason; by nobody where the portal itself did it. Raises NoReason, WrongStep."""
    if not reason.strip():
        raise NoReason
    rows = Certificate.objects.issued().filter(pk=certificate.pk, revoked_at=None)
    if not rows.update(revoked_at=at, revoked_by=by, revoked_reason=reason.strip()[:500]):
        raise WrongStep
    certificate.refresh_from_db()
    notices.take_back(certificate, at=at)


def follow_attendance(*, at: datetime.datetime) -> int:
    """Revoke those whose mark says that the person was not there, and tell who prepared them; how many."""
    rows = Certificate.objects.issued().filter(revoked_at=None).exclude(attendance__presence=Presence.PRESENT)
    return sum(_follow(row, at) for row in rows.select_related("release__event", "release__prepared_by").order_by("pk"))


def _follow(row: Certificate, at: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            revoke(certificate=row, reason=_why(row), by=None, at=at)
            notices.tell_revoked(row, at=at)
    except WrongStep:
        return False
    return True


def _why(row: Certificate) -> str:
    """«Отметка об участии исправлена 03.10.2020: участвует → отсутствует. Ошиблись строкой.»"""
    change = AttendanceChange.objects.filter(record=row.attendance_id).order_by("-at", "-pk").first()
    if change is None:
        return "Отметка об участии снята."
    day = russian.short_date(timezone.localdate(change.at))
    said = f"Отметка об участии исправлена {day}: {change.was} → {change.became}."
    return f"{said} {change.why}".strip()
