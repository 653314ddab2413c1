"""The passport of a centre: one document of what it is and did, counted as its card and the lists count."""

import datetime
from collections import Counter
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from centers.models import Center, User
from events.attendance import participation
from events.models.commitment import CommitmentStatus
from rcro_portal.lib import phones
from reports.statistics import center_activity
from reports.typesetting import rendering


def pdf(center: Center, user: User, at: datetime.datetime) -> bytes:
    """Tagged, as it stands at that moment for this reader. Raises rendering.CannotDraw."""
    html = render_to_string("reports/statistics/passport.html", facts(center, user, at))
    return rendering.table_document(html)


def facts(center: Center, user: User, at: datetime.datetime) -> dict[str, Any]:
    """Everything that the passport says."""
    day = timezone.localdate(at)
    return {
        "center": center,
        "organization": center.organization,
        "phones": phones.shown(center.organization.phone),
        "at": at,
        "day": day,
        "grants": center.grants.prefetch_related("changes").order_by("-since", "-pk"),
        "coordinators": center.coordinators.select_related("person").order_by("-since", "-pk"),
        "attendance": center_activity.attendance(center),
        "fulfilment": center_activity.fulfilment(center),
        "years": by_year(center),
        "projects": center_activity.projects(center),
        "models": center.management_models.select_related("project").order_by("-since", "pk"),
        "memberships": center.organization.memberships.select_related("cluster").order_by("-since", "pk"),
        "talks": center_activity.talks(center, user),
        "achievements": center_activity.achievements(center),
        "resources": center_activity.resources(center),
    }


def by_year(center: Center) -> list[tuple[int, center_activity.Share, center_activity.Share]]:
    """The newest first: events that it attended of those held, decisions done of those due in the year."""
    meant, attended = (
        Counter(timezone.localtime(at).year for at in rows.values_list("starts_at", flat=True))
        for rows in (participation.meant_for(center), participation.attended_by(center))
    )
    owed = list(center_activity.commitments(center).values_list("due_on", "status"))
    due = Counter(due_on.year for due_on, _ in owed)
    done = Counter(due_on.year for due_on, status in owed if status == CommitmentStatus.ACCEPTED)
    share = center_activity.Share
    years = sorted({*meant, *due}, reverse=True)
    return [(year, share(attended[year], meant[year]), share(done[year], due[year])) for year in years]
