"""A certificate is revoked by the director, or by the portal where the mark behind it says otherwise now.

Taken off, or of a capacity that gives another role: then the paper is false. Where the post alone was corrected it is
no longer exact, and a new one in its place is proposed. Its number, its file and its address stay; the address says
since when and why.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import User
from events.models import AttendanceChange
from events.models.attendance import Capacity, Presence
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import WrongStep
from reports.certificates import notices
from reports.certificates.preparing import USUAL, NoReason
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
    """Revoke those whose mark says that the person was not there, or in another role; tell who prepared them. How
    many."""
    rows = Certificate.objects.issued().filter(revoked_at=None).order_by("pk")
    rows = rows.select_related("release__event", "release__prepared_by", "attendance")
    gone = list(rows.exclude(attendance__presence=Presence.PRESENT))
    marked = rows.filter(attendance__presence=Presence.PRESENT, attendance__marked_at__gt=F("release__prepared_at"))
    others = [row for row, was in _with_former_marks(list(marked)) if _gives_another_role(row, was)]
    return sum(_follow(row, at) for row in [*gone, *others])


def corrected_post(certificate: Certificate) -> str:
    """What the mark says now of the person's post where the certificate still prints another; else nothing."""
    now = certificate.attendance.post
    for _, was in _with_former_marks([certificate]):
        if now and was["post"] and was["post"] != now and was["post"] in certificate.place:
            return now
    return ""


def _with_former_marks(rows: Sequence[Certificate]) -> Iterator[tuple[Certificate, Mapping[str, str]]]:
    """Each whose mark changed since it was prepared, with the columns of the mark as they were then."""
    changes = AttendanceChange.objects.filter(record__in=[row.attendance_id for row in rows], before__isnull=False)
    known = list(changes.order_by("at", "pk"))
    for row in rows:
        since = (one for one in known if one.record == row.attendance_id and one.at > row.release.prepared_at)
        if (first := next(since, None)) and first.before:
            yield row, first.before


def _gives_another_role(row: Certificate, was: Mapping[str, str]) -> bool:
    return USUAL[Capacity(was["capacity"])] != USUAL[Capacity(row.attendance.capacity)]


def _follow(row: Certificate, at: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            revoke(certificate=row, reason=_why(row), by=None, at=at)
            notices.tell_revoked(row, at=at)
    except WrongStep:
        return False
    return True


def _why(row: Certificate) -> str:
    """«Отметка об участии исправлена 03.10.2020: участвует → отсутствует.» Without what the methodist noted beside the
    change: anybody reads this at the certificate's address."""
    change = AttendanceChange.objects.filter(record=row.attendance_id).order_by("-at", "-pk").first()
    if change is None:
        return "Отметка об участии снята."
    day = russian.short_date(timezone.localdate(change.at))
    return f"Отметка об участии исправлена {day}: {change.was} → {change.became}."
