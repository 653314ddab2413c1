"""Where the assignments of a period stand, centre by centre: who has not submitted, who waits for whom, since when."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from centers.models import Center, StatusGrant, User
from events.assignments import told
from events.models import AssignmentPeriod
from events.models.assignment import AssignmentStatus
from events.telling import assignments as telling
from rcro_portal.lib.refusals import Refusal

NONE = "none"
STATES = [(NONE, "Не начато"), *AssignmentStatus.choices]
# Nothing of the period was ever sent, or it came back.
NOT_SUBMITTED = (NONE, AssignmentStatus.DRAFT.value, AssignmentStatus.RETURNED.value)


class NobodySilent(Refusal):
    words = "Напоминать некому: все, у кого есть статус РВЦИ, направили задания. Ничего не отправлено."


def of_period(period: AssignmentPeriod, user: User, day: datetime.date) -> QuerySet[Center]:
    """Centres that this person sees and that owe an assignment, or have one.

    With ``state`` (``STATES``), ``assignment`` (its key), ``moved_at``, ``agreed_number`` (0: none), ``has_status``
    that day and ``urgency``: 0 waits for the coordinator, 1 for the methodist, 2 for nobody.
    """
    assert period.until
    reference = min(max(day, period.since), period.until)
    holding = StatusGrant.objects.in_force_on(reference).values("center")
    rows = Center.objects.visible_to(user, day).select_related("organization__municipality")
    own = FilteredRelation("assignments", condition=Q(assignments__period=period))
    rows = rows.annotate(own=own).filter(Q(own__isnull=False) | Q(pk__in=holding))
    return rows.annotate(
        state=Coalesce("own__status", Value(NONE)),
        assignment=F("own__pk"),
        # What nobody began waits since the period's first day; an order must be the same on both databases.
        moved_at=Coalesce("own__moved_at", Value(_first_moment(period))),
        agreed_number=Coalesce("own__agreed__number", Value(0)),
        has_status=models.Exists(StatusGrant.objects.in_force_on(reference).filter(center=models.OuterRef("pk"))),
        urgency=Case(
            When(state__in=(*NOT_SUBMITTED, AssignmentStatus.AMENDED), then=Value(0)),
            When(state=AssignmentStatus.SUBMITTED, then=Value(1)),
            default=Value(2),
        ),
    )


def _first_moment(period: AssignmentPeriod) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(period.since, datetime.time()))


def late(rows: Any, period: AssignmentPeriod, day: datetime.date) -> Any:
    """Those whose term has passed."""
    return silent(rows) if day > period.due_on else rows.none()


def silent(rows: Any) -> Any:
    """Who has not submitted and holds the status: whose status has ended owes nothing more."""
    return rows.filter(state__in=NOT_SUBMITTED, has_status=True)


@transaction.atomic
def remind(*, period: AssignmentPeriod, to: Collection[int], by: User, at: datetime.datetime) -> int:
    """Write to those of the chosen centres that are still silent: how many messages that is; once a day to each.

    Raises NobodySilent.
    """
    rows = list(silent(of_period(period, by, timezone.localdate(at))).filter(pk__in=to).order_by("pk"))
    if not rows:
        raise NobodySilent
    last, today = telling.last_reminded(rows, period), timezone.localdate(at)
    return told.reminded([row for row in rows if last.get(row.pk) != today], period, at=at)
