"""Figures of what centres owe by decisions and what they did."""

import datetime
from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet

from centers.models import Center
from events.models import Commitment, CommitmentTransition
from events.models.commitment import CommitmentStatus
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query

ANSWERED = (CommitmentStatus.IN_REVIEW, CommitmentStatus.ACCEPTED)


def _due(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Commitment.objects.standing().filter(due_on__gte=since, due_on__lte=until)


def _done(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return _due(since=since, until=until).filter(status=CommitmentStatus.ACCEPTED)


def _on_time(*, since: datetime.date, until: datetime.date) -> QuerySet:
    in_time = CommitmentTransition.objects.filter(
        commitment=OuterRef("pk"),
        after__in=ANSWERED,
        at__date__lte=OuterRef("due_on"),
        # What was answered before a letter worded it anew answers something else.
        at__gte=OuterRef("opened_at"),
    )
    return _done(since=since, until=until).filter(Exists(in_time))


def _overdue(*, day: datetime.date) -> QuerySet:
    return Commitment.objects.overdue(day)


def _all_done(*, event: int) -> QuerySet:
    owed = Commitment.objects.standing().filter(outcome__event=event)
    owing = owed.exclude(status=CommitmentStatus.ACCEPTED)
    return Center.objects.filter(organization__in=owed.values("organization")).exclude(
        organization__in=owing.values("organization")
    )


QUERIES: Mapping[str, Query] = {
    "commitments_due": Query(
        title="Поручения",
        describes="поручения по решениям, срок которых приходится на период",
        over="period",
        noun=NOUNS["commitment"],
        rows=_due,
        listing=listings.COMMITMENTS,
    ),
    "commitments_done": Query(
        title="Исполненные поручения",
        describes="поручения со сроком в этом периоде, исполнение которых принято",
        over="period",
        noun=NOUNS["commitment"],
        rows=_done,
        listing=listings.COMMITMENTS,
        part_of="commitments_due",
    ),
    "commitments_on_time": Query(
        title="Поручения, исполненные в срок",
        describes="поручения со сроком в этом периоде: ответ пришёл не позже срока, исполнение принято",
        over="period",
        noun=NOUNS["commitment"],
        rows=_on_time,
        listing=listings.COMMITMENTS,
        part_of="commitments_done",
    ),
    "commitments_overdue": Query(
        title="Просроченные поручения на дату",
        describes="поручения, срок которых к этому дню прошёл, а ответа нет или замечания не исправлены",
        over="day",
        noun=NOUNS["commitment"],
        rows=_overdue,
        listing=listings.COMMITMENTS,
    ),
    "centers_done": Query(
        title="РВЦИ, исполнившие решения мероприятия",
        describes="РВЦИ, у которых принято исполнение всех решений этого мероприятия",
        over="event",
        noun=NOUNS["center"],
        rows=_all_done,
        listing=listings.CENTERS,
    ),
}
