"""What the page of a session says of its pupils by name: numbers for everybody of the staff, names on no card."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from events.permissions import is_office
from olympiad import permissions
from olympiad.kept import PUPILS, SESSIONS
from olympiad.models import PrepSession, Pupil, PupilLook
from olympiad.models.pupil import SCAN_WITHIN
from olympiad.views.pupils import may_see_looks

LOOKS_SHOWN = 5


@dataclass(frozen=True)
class Pupils:
    """``listed`` counts those without a name now as well, ``named`` whose names this reader may see, if any.

    ``first_ends`` is the day of the first consent that ends, ``without_scan`` how many consents are not attached yet,
    ``scans_until`` by when the first must be. ``looks`` are the newest, of whoever may see them.
    """

    session: PrepSession
    listed: int
    nameless: int
    named: int | None = None
    first_ends: datetime.date | None = None
    without_scan: int = 0
    scans_until: datetime.date | None = None
    list_url: str = ""
    add_url: str = ""
    add_label: str = PUPILS.noun.add
    import_url: str = ""
    looks: list[PupilLook] = field(default_factory=list)
    looks_url: str = ""


def of(session: PrepSession, user: Any, *, is_archived: bool) -> tuple[Pupils | None, int]:
    """Nothing for whoever is neither of the staff nor of a school with pupils there; and how many are listed at all."""
    day = timezone.localdate()
    counted, keeps = _counted(session, user, day), permissions.keeps_pupils(user, session, day)
    listed, nameless = counted.pop("listed"), counted.pop("nameless")
    told = _seen(session, counted, keeps=keeps) if listed and permissions.sees_some_pupils(user) else {}
    if not told and not is_office(user):
        return None, listed
    told["nameless"] = nameless
    if keeps and not is_archived:
        told["add_url"] = SESSIONS.url("new", session.pk, of=PUPILS)
        told["import_url"] = reverse("olympiad:pupil-import", args=[session.pk])
    return Pupils(session, listed, **told, **(_looks(session, user) if listed else {})), listed


def _counted(session: PrepSession, user: Any, day: datetime.date) -> dict[str, Any]:
    """All of the list, and those whose names this reader may see."""
    named = Q(nameless_at=None, consent_on__lte=day, consent_until__gte=day)
    counts = {"listed": Count("pk"), "nameless": Count("pk", filter=~named)}
    if not permissions.sees_some_pupils(user):
        return session.pupil_rows.aggregate(**counts)
    seen = Q(pk__in=Pupil.objects.visible_to(user, day).filter(session=session).order_by().values("pk"))
    bare = seen & Q(has_scan=False)
    return session.pupil_rows.with_scan().aggregate(
        **counts,
        named=Count("pk", filter=seen),
        first_ends=Min("consent_until", filter=seen),
        without_scan=Count("pk", filter=bare),
        since=Min("entered_at", filter=bare),
    )


def _seen(session: PrepSession, found: dict[str, Any], *, keeps: bool) -> dict[str, Any]:
    """Whose names this reader may see; for whoever keeps them also what is to be done."""
    since = found.pop("since")
    if not found["named"] and not keeps:
        return {}
    found["list_url"] = f"{reverse('olympiad:pupil-list')}?session={session.pk}"
    if keeps:
        return found | {"scans_until": timezone.localdate(since + SCAN_WITHIN) if since else None}
    return {name: found[name] for name in ("named", "list_url")}


def _looks(session: PrepSession, user: Any) -> dict[str, Any]:
    if not may_see_looks(user, session):
        return {}
    rows = PupilLook.objects.filter(session=session).select_related("by__person").order_by("-at", "-pk")
    return {
        "looks": list(rows[:LOOKS_SHOWN]),
        "looks_url": f"{reverse('olympiad:look-list')}?session={session.pk}",
    }
