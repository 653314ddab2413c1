"""«История» of a card: who, when, what was and what became of it, why. A card leaves a hole for it.

Whoever may see the card's audit log sees its history: the institution's staff that of registers, a department that of
its own events and letters, director and administrator all. A coordinator sees that of the own centre and of what it
owes, without the names of others.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from centers.dictionaries import NOT_YOURS
from centers.models import Center, Department, Municipality, Organization, User
from centers.people.kept import PEOPLE
from centers.permissions import is_office, may_keep_accounts
from events.kept import PARAGRAPHS, REQUESTS
from events.models import (
    AssignmentPeriod,
    Commitment,
    Event,
    PlanItem,
    PlanResponsible,
    PlanSchedule,
    TechnicalAssignment,
)
from events.permissions import may_see_audit_log
from olympiad.models import PrepProgramme, PrepSession, ResultSheet, Season, StageProblem, Subject
from projects.models import Achievement, Cluster, NetworkProject, Resource
from rcro_portal.lib.changes import history
from rcro_portal.lib.refusals import require
from rcro_portal.lib.text import whole_number
from rcro_portal.models import RecordChange
from reports.models import DistributionList, IncomingLetter, Letter, RegisterEntry
from reports.permissions import may_sign

OFFICE_ONLY = "Историю этой записи видят сотрудники института."
DEPARTMENT_ONLY = "Историю мероприятия или письма видят сотрудники его отдела, директор и администратор."


@dataclass(frozen=True)
class Card:
    """A page that has a history: which rows the user may know of, who sees it, whose changes stand there."""

    page: str
    seen: Callable[[User, datetime.date], QuerySet]
    may_see: Callable[[User, Any, datetime.date], bool]
    parts: Callable[[Any], list[Any]] = lambda row: [row]
    refusal: str = OFFICE_ONLY


def _every(model: Any) -> Callable[[User, datetime.date], QuerySet]:
    return lambda user, day: model.objects.all()  # noqa: ARG005


def _office(user: User, row: Any, day: datetime.date) -> bool:  # noqa: ARG001
    return is_office(user)


def _keeps_accounts(user: User, row: Any, day: datetime.date) -> bool:  # noqa: ARG001
    return may_keep_accounts(user)


CARDS = {
    "center": Card(
        "centers:center-detail",
        lambda user, day: Center.objects.visible_to(user, day).select_related("organization"),
        lambda user, row, day: True,  # noqa: ARG005
        lambda row: [row, row.organization, row.grants.all()],
    ),
    "organization": Card("centers:organization-detail", _every(Organization), _office),
    "person": Card("centers:person-detail", lambda user, day: PEOPLE.seen(user, day), _office),
    "department": Card("centers:department-detail", _every(Department), _keeps_accounts, refusal=NOT_YOURS),
    "municipality": Card("centers:municipality-detail", _every(Municipality), _keeps_accounts, refusal=NOT_YOURS),
    "project": Card("projects:project-detail", _every(NetworkProject), _office),
    "cluster": Card("projects:cluster-detail", _every(Cluster), _office),
    "resource": Card("projects:resource-detail", _every(Resource), _office),
    "achievement": Card(
        "projects:achievement-detail",
        lambda user, day: Achievement.objects.visible_to(user, day),
        lambda user, row, day: True,  # noqa: ARG005
    ),
    "event": Card(
        "reports:event-page",
        lambda user, day: Event.objects.visible_to(user).select_related("department"),  # noqa: ARG005
        lambda user, row, day: may_see_audit_log(user, row.department, day),
        lambda row: [row, PrepSession.objects.filter(event=row)],
        DEPARTMENT_ONLY,
    ),
    "plan-item": Card(
        "events:plan-item-detail",
        _every(PlanItem),
        _office,
        lambda row: [row, PlanResponsible.objects.filter(item=row)],
    ),
    "paragraph": Card("events:paragraph-detail", lambda user, day: PARAGRAPHS.seen(user, day), _office),
    "schedule": Card("events:schedule-detail", _every(PlanSchedule), _office),
    "commitment": Card(
        "events:commitment-detail",
        lambda user, day: Commitment.objects.visible_to(user, day).select_related("organization"),
        lambda user, row, day: True,  # noqa: ARG005
        lambda row: [row, row.answers.all()],
    ),
    "data-request": Card(
        "events:request-detail",
        lambda user, day: REQUESTS.seen(user, day),
        _office,
        lambda row: [row, row.questions.all(), row.sheets.all()],
    ),
    "assignment-period": Card("events:assignment-period-detail", _every(AssignmentPeriod), _office),
    "assignment": Card(
        "events:assignment-detail",
        lambda user, day: TechnicalAssignment.objects.visible_to(user, day).select_related("center", "period"),
        lambda user, row, day: True,  # noqa: ARG005
    ),
    "letter": Card(
        "reports:letter-detail",
        lambda user, day: Letter.objects.visible_to(user, day).select_related("department", "entry"),
        lambda user, row, day: may_see_audit_log(user, row.department, day) or may_sign(user, day),
        refusal=DEPARTMENT_ONLY,
    ),
    "entry": Card("reports:entry-detail", _every(RegisterEntry), _office),
    "distribution-list": Card("reports:distribution-list-detail", _every(DistributionList), _office),
    "session": Card(
        "olympiad:session-detail",
        lambda user, day: PrepSession.objects.visible_to(user).select_related("event__department"),  # noqa: ARG005
        lambda user, row, day: may_see_audit_log(user, row.event.department, day),
        refusal=DEPARTMENT_ONLY,
    ),
    "programme": Card("olympiad:programme-detail", _every(PrepProgramme), _office),
    "season": Card("olympiad:season-detail", _every(Season), _office),
    "subject": Card("olympiad:subject-detail", _every(Subject), _office),
    "problem": Card("olympiad:problem-detail", _every(StageProblem), _office),
    "result-sheet": Card("olympiad:sheet-detail", _every(ResultSheet), _office),
    "incoming": Card("reports:incoming-detail", _every(IncomingLetter), _office),
}


def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The page; for htmx its list alone, in a card at first only the newest."""
    if kind not in CARDS:
        raise Http404
    card, day = CARDS[kind], timezone.localdate()
    user: Any = request.user
    row = get_object_or_404(card.seen(user, day), pk=pk)
    require(card.may_see(user, row, day), card.refusal)
    changes = RecordChange.objects.of_card(*card.parts(row))
    within, before = bool(request.headers.get("HX-Request")), whole_number(request.GET.get("before"))
    context = {
        "history": history.page(
            changes,
            before=before,
            reader=None if is_office(user) else user,
            most=history.AT_A_GLANCE if within and not before else history.PER_PAGE,
        ),
        "title": str(row),
        "kind": kind,
        "pk": pk,
        "page_url": reverse(card.page, args=[pk]),
    }
    return render(request, "components/history.html" if within else "record_history.html", context)
