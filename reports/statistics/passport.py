"""The passport of a centre: one document of what it is and did, counted as its card and the lists count.

Of a period it says what lies in it: what had a term is there if it was in force on one of its days.
"""

import datetime
from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import CharField, F, Q, QuerySet, Value
from django.template.loader import render_to_string
from django.utils import timezone

from centers.models import Center, StatusChange, StatusGrant, User
from events.attendance import participation
from events.models.commitment import CommitmentStatus
from projects.models import ClusterMember, NetworkManagementModel
from rcro_portal.lib import phones
from rcro_portal.lib.registers.period import Period
from reports.statistics import center_activity
from reports.statistics.center_activity import Share
from reports.typesetting import rendering

ALWAYS = Period()
PROJECT, MODEL, CLUSTER = "project", "model", "cluster"


class Term(NamedTuple):
    """A project that it leads, a model of management, a membership."""

    kind: str
    title: str
    role: str
    since: datetime.date
    until: datetime.date | None


def pdf(center: Center, user: User, at: datetime.datetime, period: Period = ALWAYS) -> bytes:
    """Tagged, as it stands at that moment for this reader. Raises rendering.CannotDraw."""
    html = render_to_string("reports/statistics/passport.html", facts(center, user, at, period))
    return rendering.table_document(html)


def facts(center: Center, user: User, at: datetime.datetime, period: Period = ALWAYS) -> dict[str, Any]:
    """Everything that the passport says, by a query for each kind of rows."""
    terms = _terms(center, period)
    years = by_year(center, period)
    return {
        "center": center,
        "organization": center.organization,
        "phones": phones.shown(center.organization.phone),
        "at": at,
        "period": period,
        "grants": _grants(center, period),
        "coordinators": _during(center.coordinators.select_related("person"), period).order_by("-since", "-pk"),
        "attendance": _sum([attended for _, attended, _ in years]),
        "fulfilment": _sum([done for _, _, done in years]),
        "years": years,
        "projects": terms[PROJECT],
        "models": terms[MODEL],
        "memberships": terms[CLUSTER],
        "talks": period.narrow(center_activity.talks(center, user), "outcome__event__starts_at__date"),
        "achievements": period.narrow(center_activity.achievements(center), "on"),
        "resources": _of_years(center_activity.resources(center), period),
    }


def by_year(center: Center, period: Period = ALWAYS) -> list[tuple[int, Share, Share]]:
    """The newest first: events that it attended of those held, decisions done of those due in the year."""
    attended: dict[int, list[bool]] = defaultdict(list)
    for at, came in period.narrow(participation.with_presence(center), "starts_at__date").values_list(
        "starts_at", "came"
    ):
        attended[timezone.localtime(at).year].append(came)
    done: dict[int, list[bool]] = defaultdict(list)
    owed = period.narrow(center_activity.commitments(center), "due_on")
    for due_on, status in owed.values_list("due_on", "status"):
        done[due_on.year].append(status == CommitmentStatus.ACCEPTED)
    years = sorted({*attended, *done}, reverse=True)
    return [(year, _share(attended[year]), _share(done[year])) for year in years]


def _share(told: list[bool]) -> Share:
    return Share(sum(told), len(told))


def _sum(shares: list[Share]) -> Share:
    return Share(sum(one.part for one in shares), sum(one.whole for one in shares))


def _grants(center: Center, period: Period) -> list[StatusGrant]:
    """Each with ``acts``, those that moved its last day: one query for both."""
    own = ("pk", "act_number", "act_on", "since", "until")
    act = ("changes__act", "changes__act_number", "changes__act_on", "changes__until")
    rows = _during(center.grants.all(), period).order_by("-since", "-pk", "changes__act_on", "changes__pk")
    found: dict[int, StatusGrant] = {}
    for pk, number, on, since, until, *moved in rows.values_list(*own, *act):
        grant = found.setdefault(pk, StatusGrant(pk=pk, act_number=number, act_on=on, since=since, until=until))
        acts = vars(grant).setdefault("acts", [])
        if moved[0]:
            acts.append(StatusChange(**dict(zip(("act", "act_number", "act_on", "until"), moved, strict=True))))
    return list(found.values())


def _terms(center: Center, period: Period) -> dict[str, list[Term]]:
    """Projects, models and clusters, the newest first: one query for the three."""
    led = _named(_during(center_activity.projects(center), period), PROJECT, "title")
    models = NetworkManagementModel.objects.filter(center=center)
    worked = _named(_during(models, period), MODEL, "project__title")
    member = ClusterMember.objects.filter(organization=center.organization_id)
    joined = _named(_during(member, period), CLUSTER, "cluster__name", F("role"))
    found: dict[str, list[Term]] = defaultdict(list)
    for row in led.union(worked, joined, all=True).order_by("-since", "title_said"):
        found[row[0]].append(Term(*row))
    return found


def _named(rows: QuerySet, kind: str, title: str, role: Any = None) -> QuerySet:
    text = CharField()
    said = {"kind_said": Value(kind, text), "title_said": F(title), "role_said": role or Value("", text)}
    return rows.order_by().annotate(**said).values_list("kind_said", "title_said", "role_said", "since", "until")


def _during(rows: Any, period: Period) -> Any:
    """In force on a day of the period."""
    if period.until:
        rows = rows.filter(since__lte=period.until)
    return rows.filter(Q(until=None) | Q(until__gte=period.since)) if period.since else rows


def _of_years(rows: QuerySet, period: Period) -> QuerySet:
    """Materials have a year alone."""
    rows = rows.filter(year__gte=period.since.year) if period.since else rows
    return rows.filter(year__lte=period.until.year) if period.until else rows
